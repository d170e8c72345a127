"""The clauses of a SELECT in words, in the order in which they take effect."""

from sqlglot import exp

from genai_session_analyzer.copilot.explaining.expressions import in_words, ordered
from genai_session_analyzer.copilot.wording.names import joined
from genai_session_analyzer.schema import TABLES

_SET_WORDS: dict[type[exp.Expr], str] = {
    exp.Union: "puts together",
    exp.Intersect: "keeps what is in both of",
    exp.Except: "takes from the first what is in the second of",
}
_SIDES = {"LEFT": "where there is one", "FULL": "of either side", "RIGHT": "all of it"}


def query_in_words(query: exp.Expr) -> list[str]:
    """Return what a query does, a clause each, in the order in which they take effect.

    Args:
        query: A SELECT, or several put together by UNION and the like.
    """
    if isinstance(query, exp.SetOperation):
        return _set_operation(query)
    if not isinstance(query, exp.Select):
        return [f"runs {query.sql(dialect='duckdb')}"]
    steps = [_sources(query), _kept(query, "where", "keeps rows where"), _grouped(query)]
    steps += [_kept(query, "having", "keeps groups where"), _shown(query)]
    steps += [_kept(query, "qualify", "keeps of these the rows where"), *_ending(query)]
    return [each for each in steps if each]


def query_in_short(query: exp.Expr) -> str:
    """Return what a query does in one phrase."""
    return "; ".join(query_in_words(query))


def _set_operation(query: exp.SetOperation) -> list[str]:
    word = next(word for kind, word in _SET_WORDS.items() if isinstance(query, kind))
    once = " (equal rows once)" if query.args.get("distinct") else ""
    parts = [query_in_short(each.unnest()) for each in (query.left, query.right)]
    return [f"{word}{once}: ({parts[0]}) and ({parts[1]})", *_ending(query)]


def _sources(query: exp.Select) -> str:
    start = query.args.get("from_")
    if start is None:
        return ""
    joins = [_join(each) for each in query.args.get("joins") or []]
    return f"takes {_source(start.this)}{''.join(joins)}"


def _source(node: exp.Expr) -> str:
    if isinstance(node, exp.Subquery):
        return f"the result of ({query_in_short(node.unnest())})"
    if not isinstance(node, exp.Table) or not node.name:
        return node.sql(dialect="duckdb")
    known = TABLES.get(node.name)
    called = f" (called {node.alias})" if node.alias and node.alias != node.name else ""
    grain = known.grain.split(":", 1)[0] if known else ""
    return f"{node.name}{called}, {grain}" if known else f"{node.name}{called}"


def _join(node: exp.Join) -> str:
    source = _source(node.this).split(", ", 1)[0]
    if node.args.get("using"):
        match = f"of the same {joined([in_words(each) for each in node.args['using']])}"
    elif node.args.get("on"):
        match = f"where {in_words(node.args['on'])}"
    else:
        match = "in every combination"
    side = _SIDES.get(node.side, "")
    kind = {"SEMI": "kept where there is", "ANTI": "kept where there is no"}.get(node.kind)
    return f", {kind or 'joined with'} {source} {match}{f', {side}' if side else ''}"


def _kept(query: exp.Select, clause: str, word: str) -> str:
    node = query.args.get(clause)
    return f"{word} {in_words(node.this)}" if node else ""


def _grouped(query: exp.Select) -> str:
    group = query.args.get("group")
    if group is None:
        return ""
    keys = [_position(query, each) for each in group.expressions]
    if group.args.get("all"):
        keys = [_name(each) for each in query.expressions if not each.find(exp.AggFunc)]
    return f"makes a group for each {joined(keys)}" if keys else ""


def _position(query: exp.Select, node: exp.Expr) -> str:
    """`1` in GROUP BY and ORDER BY is the first column."""
    inner = node.this if isinstance(node, exp.Ordered) else node
    if not (isinstance(inner, exp.Literal) and inner.is_int):
        return ordered(node)
    place = int(inner.this) - 1
    columns = query.selects
    name = _name(columns[place]) if place < len(columns) else str(inner.this)
    return f"{name}{' descending' if node.args.get('desc') else ''}"


def _name(node: exp.Expr) -> str:
    return node.alias or in_words(node)


def _shown(query: exp.Select) -> str:
    if [type(each) for each in query.expressions] == [exp.Star]:
        return "shows every column"
    parts = [_column(each) for each in query.expressions]
    once = "each different " if query.args.get("distinct") else ""
    return f"shows {once}{joined(parts)}" if parts else "shows every column"


def _column(node: exp.Expr) -> str:
    words = in_words(node)
    return f"{words} as {node.alias}" if node.alias and node.alias != words else words


def _ending(query: exp.Query) -> list[str]:
    steps = []
    order = query.args.get("order")
    if order:
        keys = [_position(query, each) if isinstance(query, exp.Select) else ordered(each)
                for each in order.expressions]  # fmt: skip
        steps.append(f"sorts by {joined(keys)}")
    offset, limit = query.args.get("offset"), query.args.get("limit")
    if offset:
        steps.append(f"leaves out the first {in_words(offset.expression)} rows")
    if isinstance(limit, exp.Limit):
        steps.append(f"shows at most {in_words(limit.expression)} rows")
    return steps
