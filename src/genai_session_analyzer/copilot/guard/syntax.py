"""The kinds of syntax the guard knows; any other, from a later DuckDB, is refused."""

from collections.abc import Mapping, Sequence
from typing import Any

Node = Mapping[str, Any]
Scope = frozenset[str]
"""Names of the CTEs that can be seen, in lower case."""

EXPRESSIONS = frozenset({
    "BETWEEN", "CASE", "CAST", "COLLATE", "COLUMN_REF", "COMPARISON", "CONJUNCTION", "CONSTANT",
    "FUNCTION", "LAMBDA", "OPERATOR", "POSITIONAL_REFERENCE", "STAR", "SUBQUERY", "WINDOW",
})  # fmt: skip
QUERIES = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE"})
SOURCES = frozenset({
    "BASE_TABLE", "EMPTY", "EXPRESSION_LIST", "JOIN", "PIVOT", "SHOW_REF", "SUBQUERY",
    "TABLE_FUNCTION",
})  # fmt: skip
MODIFIERS = frozenset({
    "DISTINCT_MODIFIER", "LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER", "ORDER_MODIFIER",
})  # fmt: skip
ORDERS = frozenset({"ASCENDING", "DESCENDING", "ORDER_DEFAULT"})
KNOWN_TYPES = QUERIES | SOURCES | MODIFIERS | ORDERS


def names_a_form(node: Node) -> bool:
    """Return whether a node without a class is a query, a source or the like.

    The types of casts and constants have a `type` too: a node, or a name like `LIST_TYPE_INFO`.
    """
    kind = node.get("type")
    return isinstance(kind, str) and not kind.endswith("_TYPE_INFO")


def children(node: Node) -> Sequence[Any]:
    """Return what stands within a node, in no particular order."""
    return [value for value in node.values() if isinstance(value, dict | list)]
