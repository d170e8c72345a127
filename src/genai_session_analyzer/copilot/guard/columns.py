"""Columns that nothing in a statement can mean: said early, with the nearest name.

Only a name that is no column of a table in the statement, and that the statement itself gives to
nothing, is refused. All other mistakes with columns are the engine's to find.
"""

import re
from collections.abc import Collection, Iterator
from typing import Any

from genai_session_analyzer.copilot.guard.allowed import Allowed, ascii_lower
from genai_session_analyzer.copilot.guard.suggestions import did_you_mean
from genai_session_analyzer.copilot.guard.syntax import Node, names_a_form
from genai_session_analyzer.errors import SqlRefusedError

_PLAIN_NAME = re.compile(r"[A-Za-z_]\w*")
_VALUED_NAMES = frozenset({
    "current_catalog", "current_date", "current_role", "current_schema", "current_time",
    "current_timestamp", "current_user", "localtime", "localtimestamp", "session_user", "user",
})  # fmt: skip
_PSEUDO_COLUMNS = frozenset({"rowid", "ordinality", "null", "true", "false", "row"})
_MAKES_COLUMNS = frozenset({"PIVOT", "SHOW_REF", "TABLE_FUNCTION"})


def check_columns(tree: Node, tables: Collection[str], allowed: Allowed) -> None:
    """Refuse a column that cannot exist.

    Args:
        tree: The statement.
        tables: The build's tables that it reads.
        allowed: What the build has.

    Raises:
        SqlRefusedError: Rule `column`.
    """
    nodes = list(_nodes(tree))
    if any(_makes_columns(node) for node in nodes):
        return
    columns = {column for table in tables for column in allowed.tables[table]}
    known = columns | _given_names(nodes) | _VALUED_NAMES | _PSEUDO_COLUMNS
    for node in nodes:
        names = [ascii_lower(name) for name in _reference(node)]
        if len(names) != 1 or not _PLAIN_NAME.fullmatch(names[0]) or names[0] in known:
            continue
        otherwise = "DESCRIBE <table> lists a table's columns."
        problem = (
            f"There is no column {names[0]} in {', '.join(sorted(tables)) or 'this statement'}."
        )
        raise SqlRefusedError("column", problem, did_you_mean(names[0], columns, otherwise))


def _nodes(part: Any) -> Iterator[Node]:
    waiting = [part]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            yield item
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)


def _makes_columns(node: Node) -> bool:
    return "class" not in node and names_a_form(node) and node["type"] in _MAKES_COLUMNS


def _reference(node: Node) -> list[str]:
    if node.get("class") != "COLUMN_REF":
        return []
    names: list[str] = node["column_names"]
    return names


def _given_names(nodes: list[Node]) -> set[str]:
    """Return every name or text in the statement but plain references: aliases, CTEs, fields."""
    given: set[str] = set()
    for node in nodes:
        if node.get("class") == "LAMBDA":
            given.update(name for inner in _nodes(node["lhs"]) for name in _reference(inner))
        names = _reference(node)
        given.update(names if len(names) > 1 else ())
        given.update(_texts(value for key, value in node.items() if key != "column_names"))
    return {ascii_lower(name) for name in given}


def _texts(values: Any) -> Iterator[str]:
    for value in values:
        if isinstance(value, str):
            yield value
        elif isinstance(value, list):
            yield from (item for item in value if isinstance(item, str))
