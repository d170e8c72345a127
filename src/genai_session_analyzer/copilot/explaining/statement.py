"""A whole statement in words."""

from dataclasses import dataclass

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from genai_session_analyzer.copilot.explaining.clauses import query_in_words
from genai_session_analyzer.errors import AnalyzerError
from genai_session_analyzer.schema import TABLES


@dataclass(frozen=True)
class Explanation:
    """What a statement does.

    Attributes:
        steps: Sentences, in the order in which they take effect.
        columns: What the documented columns that it reads mean: name, meaning.
    """

    steps: tuple[str, ...]
    columns: tuple[tuple[str, str], ...]

    @property
    def text(self) -> str:
        """The steps, one after the other."""
        return " ".join(self.steps)


def explain_sql(sql: str) -> Explanation:
    """Return what one statement does, in words, from its syntax tree.

    It is an explanation, not a check: whether a statement may run is the guard's to say.

    Args:
        sql: A statement in DuckDB's dialect.

    Raises:
        AnalyzerError: It cannot be read as one statement.
    """
    tree = _parsed(sql)
    return Explanation(tuple(_sentence(each) for each in _steps(tree)), _columns(tree))


def _parsed(sql: str) -> exp.Expr:
    try:
        found = [each for each in sqlglot.parse(sql, dialect="duckdb") if each is not None]
    except (SqlglotError, RecursionError) as problem:
        message = "This statement cannot be put into words. Run it to see what DuckDB says."
        raise AnalyzerError(message) from problem
    if len(found) != 1:
        raise AnalyzerError(f"One statement can be explained, here are {len(found)}.")
    return found[0]


def _steps(tree: exp.Expr) -> list[str]:
    if isinstance(tree, exp.Summarize):
        return [f"shows for each column of {_table(tree)} its type, range, mean and share unknown"]
    if isinstance(tree, exp.Describe):
        return [f"lists the columns of {_table(tree)} with their types"]
    if isinstance(tree, exp.Pivot):
        keys = ", ".join(each.sql(dialect="duckdb") for each in tree.expressions)
        return [f"turns {tree.this.sql(dialect='duckdb')} so that each {keys} becomes a column"]
    if not isinstance(tree, exp.Query):
        return [f"is no query: {tree.key.upper()}"]
    with_ = tree.args.get("with_")
    named = with_.expressions if with_ else []
    first = [f"first makes {each.alias}: {'; '.join(query_in_words(each.this))}" for each in named]
    return [*first, *query_in_words(tree)]


def _table(tree: exp.Expr) -> str:
    return str(tree.this.sql(dialect="duckdb"))


def _sentence(step: str) -> str:
    return f"{step[:1].upper()}{step[1:]}."


def _columns(tree: exp.Expr) -> tuple[tuple[str, str], ...]:
    tables = [TABLES[each.name] for each in tree.find_all(exp.Table) if each.name in TABLES]
    known = {column.name: column.description for table in tables for column in table.columns}
    names = dict.fromkeys(each.name for each in tree.find_all(exp.Column))
    return tuple((name, known[name]) for name in names if name in known)
