"""Expressions of a statement in words."""

from sqlglot import exp

from genai_session_analyzer.copilot.explaining.aggregates import AGGREGATES
from genai_session_analyzer.copilot.explaining.conditions import CONDITIONS
from genai_session_analyzer.copilot.explaining.phrases import Words, Writer, short_query, sort_key
from genai_session_analyzer.copilot.explaining.values import VALUES


def in_words(node: exp.Expr) -> str:
    """Return an expression in words; what there are no words for stays SQL.

    Args:
        node: A syntax tree of sqlglot.
    """
    for kind in type(node).__mro__:
        writer = _WRITERS.get(kind)
        if writer is not None:
            return writer(node, in_words)
    return node.sql(dialect="duckdb")


def ordered(node: exp.Expr) -> str:
    """Return a sort key in words: its expression and, where it is so, `descending`."""
    return sort_key(node, in_words)


def _subquery(node: exp.Expr, _: Words) -> str:
    return f"the result of ({short_query(node)})"


_WRITERS: dict[type, Writer] = {
    **VALUES,
    **CONDITIONS,
    **AGGREGATES,
    exp.Subquery: _subquery,
    exp.Select: _subquery,
}
