"""Allow-lists over a statement's syntax tree: its tables, its functions, its forms."""

from collections.abc import Iterator
from typing import Any

from genai_session_analyzer.copilot.guard.allowed import Allowed, ascii_lower
from genai_session_analyzer.copilot.guard.function_rules import (
    check_function,
    check_table_function,
    named_table,
)
from genai_session_analyzer.copilot.guard.suggestions import did_you_mean
from genai_session_analyzer.copilot.guard.syntax import (
    EXPRESSIONS,
    KNOWN_TYPES,
    Node,
    Scope,
    children,
    names_a_form,
)
from genai_session_analyzer.errors import SqlRefusedError

_LISTS_TABLES = frozenset({'"tables"', "__show_tables_expanded"})
_SHOW_INSTEAD = "Use SHOW TABLES, DESCRIBE <table> or SUMMARIZE <table>."

_Step = tuple[Any, Scope]


class TreeRules:
    """Walks one tree, refuses what is not allowed, and keeps what is read."""

    def __init__(self, allowed: Allowed) -> None:
        """Visit nothing yet.

        Args:
            allowed: Tables and functions that may be read.
        """
        self._allowed = allowed
        self.tables: set[str] = set()
        self.functions: set[str] = set()

    def check(self, tree: Node) -> None:
        """Visit every node.

        Raises:
            SqlRefusedError: One of the rules `table`, `table_function`, `function`, `parameter`,
                `show`, `enum` and `syntax_form`.
        """
        waiting: list[_Step] = [(tree["node"], frozenset())]
        while waiting:
            part, scope = waiting.pop()
            if isinstance(part, list):
                waiting.extend((item, scope) for item in part)
            elif isinstance(part, dict):
                waiting.extend(self._visit(part, scope))

    def _visit(self, node: Node, scope: Scope) -> Iterator[_Step]:
        if "class" in node:
            self._check_expression(node)
        elif names_a_form(node):
            self._check_source(node, scope)
        if node.get("cte_map"):
            yield from _within(node, scope)
        elif node.get("type") == "TABLE_FUNCTION":
            beside = {key: part for key, part in node.items() if key != "function"}
            yield from ((part, scope) for part in (*children(node["function"]), *children(beside)))
        else:
            yield from ((child, scope) for child in children(node))

    def _check_expression(self, node: Node) -> None:
        kind = node["class"]
        if kind == "PARAMETER":
            problem = "There is no value for a parameter (? or $1)."
            raise SqlRefusedError("parameter", problem, "Write the value itself.")
        if kind not in EXPRESSIONS:
            raise _unknown_form(kind)
        if "function_name" in node:
            self.functions.add(check_function(node["function_name"]))

    def _check_source(self, node: Node, scope: Scope) -> None:
        kind = node["type"]
        if kind not in KNOWN_TYPES:
            raise _unknown_form(kind)
        if kind == "BASE_TABLE":
            self._check_table(node, scope)
        elif kind == "TABLE_FUNCTION":
            if "function_name" not in node["function"]:
                raise _unknown_form(node["function"]["class"])
            self.functions.add(check_table_function(node["function"]["function_name"]))
            for table in named_table(node["function"]):
                self._check_name(table)
        elif kind == "SHOW_REF":
            _check_show(node)
        elif kind == "PIVOT" and any(pivot.get("pivot_enum") for pivot in node["pivots"]):
            remedy = "Name the values: ON column IN ('a', 'b')."
            raise SqlRefusedError("enum", "There are no enum types to PIVOT by.", remedy)

    def _check_table(self, node: Node, scope: Scope) -> None:
        name = ascii_lower(node["table_name"])
        schema = ascii_lower(node.get("schema_name", ""))
        if node.get("catalog_name") or schema not in {"", "main"}:
            problem = (
                f"{node.get('catalog_name') or node['schema_name']} is not a schema of the data."
            )
            is_table = name in self._allowed.tables
            remedy = f"Write the table alone: {name}." if is_table else self._remedy(name)
            raise SqlRefusedError("table", problem, remedy)
        if node.get("at_clause"):
            problem = "The build keeps no earlier versions of its rows (AT)."
            raise SqlRefusedError("syntax_form", problem, "Leave AT out.")
        if schema or name not in scope:
            self._check_name(name)

    def _check_name(self, name: str) -> None:
        if name not in self._allowed.tables:
            problem = f"There is no table {name}."
            raise SqlRefusedError("table", problem, self._remedy(name))
        self.tables.add(name)

    def _remedy(self, name: str) -> str:
        known = self._allowed.tables
        return did_you_mean(name, known, f"There are: {', '.join(sorted(known)) or 'none'}.")


def _within(node: Node, scope: Scope) -> Iterator[_Step]:
    """Yield a query's parts, each with the CTEs it can see: an earlier one, itself if recursive."""
    for entry in node["cte_map"].get("map", []):
        name = ascii_lower(entry["key"])
        query = entry["value"].get("query", {}).get("node", {})
        if query.get("type") == "RECURSIVE_CTE_NODE":
            yield from _recursive(query, scope, name)
            yield {key: part for key, part in entry["value"].items() if key != "query"}, scope
        else:
            yield entry["value"], scope
        scope |= {name}
    yield {key: part for key, part in node.items() if key != "cte_map"}, scope


def _recursive(query: Node, scope: Scope, name: str) -> Iterator[_Step]:
    """Yield the parts of a recursive CTE; only the repeated one can see the CTE itself."""
    for part in children({key: value for key, value in query.items() if key != "right"}):
        yield part, scope
    yield query.get("right", {}), scope | {name}


def _check_show(node: Node) -> None:
    if node.get("query") and node.get("show_type") in {"DESCRIBE", "SUMMARY"}:
        return  # the query within is walked like any other
    if node.get("show_type") != "SHOW_UNQUALIFIED" or node.get("table_name") not in _LISTS_TABLES:
        raise SqlRefusedError("show", "That is not shown here.", _SHOW_INSTEAD)


def _unknown_form(kind: str) -> SqlRefusedError:
    problem = f"{kind.replace('_', ' ')} is not a form of SQL that is run here."
    return SqlRefusedError("syntax_form", problem, "Write it in another way.")
