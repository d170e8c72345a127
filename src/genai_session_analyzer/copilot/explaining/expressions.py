"""Expressions of a statement in words."""

from collections.abc import Callable

from sqlglot import exp

Words = Callable[[exp.Expr], str]

_COMPARISONS: dict[type[exp.Expr], str] = {
    exp.EQ: "is",
    exp.NEQ: "is not",
    exp.GT: "is above",
    exp.GTE: "is at least",
    exp.LT: "is below",
    exp.LTE: "is at most",
    exp.Like: "looks like",
    exp.ILike: "looks like (in any case)",
    exp.NullSafeEQ: "is (unknown counts as a value)",
    exp.NullSafeNEQ: "is not (unknown counts as a value)",
}
_NEGATED = {
    "is": "is not",
    "is not": "is",
    "looks like": "does not look like",
    "looks like (in any case)": "does not look like (in any case)",
}
_ARITHMETIC: dict[type[exp.Expr], str] = {
    exp.Add: "plus",
    exp.Sub: "minus",
    exp.Mul: "times",
    exp.Div: "divided by",
    exp.IntDiv: "divided (whole) by",
    exp.Mod: "modulo",
    exp.DPipe: "followed by",
}
_AGGREGATES: dict[type[exp.Expr], str] = {
    exp.Avg: "mean of",
    exp.Sum: "sum of",
    exp.Min: "smallest",
    exp.Max: "largest",
    exp.Median: "median of",
    exp.Stddev: "standard deviation of",
    exp.StddevSamp: "standard deviation of",
    exp.StddevPop: "standard deviation (of all) of",
    exp.Lag: "value in the row before of",
    exp.Lead: "value in the next row of",
    exp.First: "first",
    exp.FirstValue: "first",
    exp.LastValue: "last",
}
_RANKS: dict[type[exp.Expr], str] = {
    exp.RowNumber: "number of the row",
    exp.Rank: "rank",
    exp.DenseRank: "rank without gaps",
}


def in_words(node: exp.Expr) -> str:
    """Return an expression in words; what there are no words for stays SQL.

    Args:
        node: A syntax tree of sqlglot.
    """
    for kind in type(node).__mro__:
        writer = _WRITERS.get(kind)
        if writer is not None:
            return writer(node)
    return node.sql(dialect="duckdb")


def listed(parts: list[str], last: str = "and") -> str:
    """Return `a, b and c`."""
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {last} {parts[-1]}"


def _column(node: exp.Expr) -> str:
    if isinstance(node.this, exp.Star):
        return "every column"
    return f"{node.text('table')}.{node.name}" if node.text("table") else node.name


def _literal(node: exp.Expr) -> str:
    return f"'{node.this}'" if node.args["is_string"] else str(node.this)


def _comparison(node: exp.Expr) -> str:
    return f"{in_words(node.this)} {_COMPARISONS[type(node)]} {in_words(node.expression)}"


def _arithmetic(node: exp.Expr) -> str:
    return f"{in_words(node.this)} {_ARITHMETIC[type(node)]} {in_words(node.expression)}"


def _joined(word: str) -> Words:
    def write(node: exp.Expr) -> str:
        parts = [_bracketed(each) for each in node.flatten()]
        return f" {word} ".join(parts)

    return write


def _bracketed(node: exp.Expr) -> str:
    words = in_words(node.unnest())
    return f"({words})" if isinstance(node.unnest(), exp.And | exp.Or) else words


def _not(node: exp.Expr) -> str:
    inner = node.this.unnest()
    if isinstance(inner, exp.Exists):
        return f"there is no row of: {_query(inner.this)}"
    if isinstance(inner, exp.Is):
        return f"{in_words(inner.this)} is known" if _is_null(inner) else _is(inner, "is not")
    if isinstance(inner, exp.In):
        return _in(inner, "is none of")
    word = _NEGATED.get(_COMPARISONS.get(type(inner), ""))
    if word:
        return f"{in_words(inner.this)} {word} {in_words(inner.expression)}"
    return f"it is not so that {_bracketed(inner)}"


def _is_null(node: exp.Expr) -> bool:
    return isinstance(node.expression, exp.Null)


def _is(node: exp.Expr, word: str = "is") -> str:
    if _is_null(node):
        return f"{in_words(node.this)} is unknown"
    return f"{in_words(node.this)} {word} {in_words(node.expression)}"


def _in(node: exp.Expr, word: str = "is one of") -> str:
    if node.args.get("query") is not None:
        return f"{in_words(node.this)} {word} what this gives: {_query(node.args['query'])}"
    values = [in_words(each) for each in node.expressions]
    return f"{in_words(node.this)} {word} {listed(values, 'or')}"


def _between(node: exp.Expr) -> str:
    low, high = in_words(node.args["low"]), in_words(node.args["high"])
    return f"{in_words(node.this)} is from {low} to {high}"


def _count(node: exp.Expr) -> str:
    counted = node.this
    if isinstance(counted, exp.Distinct):
        return f"the number of different {listed([in_words(e) for e in counted.expressions])}"
    if counted is None or isinstance(counted, exp.Star | exp.Literal):
        return "the number of rows"
    return f"the number of rows with a known {in_words(counted)}"


def _count_if(node: exp.Expr) -> str:
    return f"the number of rows where {in_words(node.this)}"


def _aggregate(node: exp.Expr) -> str:
    inner = node.this
    if isinstance(inner, exp.Distinct):
        return f"the {_AGGREGATES[type(node)]} of the different {in_words(inner.expressions[0])}"
    return f"the {_AGGREGATES[type(node)]} {'' if inner is None else in_words(inner)}".strip()


def _rank(node: exp.Expr) -> str:
    return f"the {_RANKS[type(node)]}"


def _percentile(node: exp.Expr) -> str:
    share = node.args.get("expression") or node.args.get("quantile")
    if isinstance(share, exp.Literal) and not share.is_string:
        return f"the {float(share.this) * 100:g}th percentile of {in_words(node.this)}"
    return f"the percentile {in_words(share) if share else ''} of {in_words(node.this)}"


def _filter(node: exp.Expr) -> str:
    return f"{in_words(node.this)} (only where {in_words(node.expression.this)})"


def _window(node: exp.Expr) -> str:
    text = in_words(node.this)
    groups = node.args.get("partition_by") or []
    order = node.args.get("order")
    if groups:
        text += f" within each {listed([in_words(each) for each in groups])}"
    if order:
        text += f" along {listed([ordered(each) for each in order.expressions])}"
    return text if groups or order else f"{text} over all rows"


def ordered(node: exp.Expr) -> str:
    """Return a sort key in words: its expression and, where it is so, `descending`."""
    if not isinstance(node, exp.Ordered):
        return in_words(node)
    return f"{in_words(node.this)}{' descending' if node.args.get('desc') else ''}"


def _case(node: exp.Expr) -> str:
    start = f"{in_words(node.this)} is " if node.this else ""
    parts = [
        f"{in_words(each.args['true'])} where {start}{in_words(each.this)}"
        for each in node.args["ifs"]
    ]
    default = node.args.get("default")
    parts.append(f"else {in_words(default) if default else 'unknown'}")
    return ", ".join(parts)


def _if(node: exp.Expr) -> str:
    other = node.args.get("false")
    otherwise = in_words(other) if other else "unknown"
    return f"{in_words(node.args['true'])} where {in_words(node.this)}, else {otherwise}"


def _truncated(node: exp.Expr) -> str:
    return f"the {node.text('unit').lower()} of {in_words(node.this)}"


def _extract(node: exp.Expr) -> str:
    return f"the {in_words(node.this).lower()} of {in_words(node.expression)}"


def _interval(node: exp.Expr) -> str:
    unit = node.text("unit").lower()
    return f"{node.this.name if node.this else ''} {unit}{'s' if node.this.name != '1' else ''}"


def _coalesce(node: exp.Expr) -> str:
    parts = [in_words(each) for each in (node.this, *node.expressions)]
    return f"{parts[0]} (where unknown: {listed(parts[1:], 'or')})"


def _null_if(node: exp.Expr) -> str:
    return f"{in_words(node.this)} (unknown where it is {in_words(node.expression)})"


def _exists(node: exp.Expr) -> str:
    return f"there is a row of: {_query(node.this)}"


def _query(node: exp.Expr) -> str:
    from genai_session_analyzer.copilot.explaining.clauses import query_in_short  # noqa: PLC0415

    return query_in_short(node.unnest())


def _inner(node: exp.Expr) -> str:
    return in_words(node.this)


_WRITERS: dict[type, Words] = {
    exp.Column: _column,
    exp.Identifier: lambda node: node.name,
    exp.Var: lambda node: node.name,
    exp.Star: lambda _: "every column",
    exp.Literal: _literal,
    exp.Boolean: lambda node: "true" if node.this else "false",
    exp.Null: lambda _: "unknown",
    exp.Paren: lambda node: f"({in_words(node.this)})",
    exp.Alias: _inner,
    exp.Cast: _inner,
    exp.TryCast: _inner,
    exp.TsOrDsToDate: _inner,
    exp.Date: _inner,
    exp.Round: _inner,
    exp.Neg: lambda node: f"minus {in_words(node.this)}",
    exp.And: _joined("and"),
    exp.Or: _joined("or"),
    exp.Not: _not,
    exp.Is: _is,
    exp.In: _in,
    exp.Between: _between,
    exp.Count: _count,
    exp.CountIf: _count_if,
    exp.PercentileCont: _percentile,
    exp.PercentileDisc: _percentile,
    exp.Quantile: _percentile,
    exp.Filter: _filter,
    exp.Window: _window,
    exp.Case: _case,
    exp.If: _if,
    exp.TimestampTrunc: _truncated,
    exp.DateTrunc: _truncated,
    exp.Extract: _extract,
    exp.Interval: _interval,
    exp.Coalesce: _coalesce,
    exp.Nullif: _null_if,
    exp.Exists: _exists,
    exp.Subquery: lambda node: f"the result of ({_query(node)})",
    exp.Select: lambda node: f"the result of ({_query(node)})",
    **dict.fromkeys(_COMPARISONS, _comparison),
    **dict.fromkeys(_ARITHMETIC, _arithmetic),
    **dict.fromkeys(_AGGREGATES, _aggregate),
    **dict.fromkeys(_RANKS, _rank),
}
