"""What all parts of an explanation are written with."""

from collections.abc import Callable

from sqlglot import exp

Words = Callable[[exp.Expr], str]
"""Puts an expression into words."""

Writer = Callable[[exp.Expr, Words], str]
"""Puts one kind of expression into words, the expressions within it by the `Words` given."""


def sort_key(node: exp.Expr, say: Words) -> str:
    """Return a sort key in words: its expression and, where it is so, `descending`."""
    if not isinstance(node, exp.Ordered):
        return say(node)
    return f"{say(node.this)}{' descending' if node.args.get('desc') else ''}"


def short_query(node: exp.Expr) -> str:
    """Return in one phrase what a query within an expression does."""
    from genai_session_analyzer.copilot.explaining.clauses import query_in_short  # noqa: PLC0415

    return query_in_short(node.unnest())  # imported late: its clauses hold expressions again
