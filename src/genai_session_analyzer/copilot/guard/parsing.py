"""DuckDB's own parser, on a connection that can do nothing else."""

import json
import threading
from typing import Any

import duckdb

from genai_session_analyzer.errors import SqlRefusedError
from genai_session_analyzer.warehouse.hardening import harden
from genai_session_analyzer.warehouse.reader_settings import ReaderSettings

DEEPEST = 250
"""Expressions within expressions; DuckDB's own limit is 1000, Python's for JSON about as much."""

_SERIALIZE = "SELECT json_serialize_sql(?::VARCHAR)"
_ONE_SELECT = "Write one SELECT; the data can only be read."
_TOO_DEEP = "Write it with fewer levels, or with WITH."


class _OfThread(threading.local):
    connection: duckdb.DuckDBPyConnection | None = None


_PARSER = _OfThread()


def parse(sql: str) -> dict[str, Any]:
    """Return the syntax tree of the one SELECT in a statement, as `json_serialize_sql` writes it.

    Raises:
        SqlRefusedError: One of the rules `syntax`, `empty`, `several_statements`, `dynamic_pivot`,
            `not_a_select` and `too_deep`.
    """
    _check_kind(sql, _kinds(sql))
    row = _connection().execute(_SERIALIZE, [sql]).fetchone()
    try:
        answer: dict[str, Any] = json.loads(row[0]) if row else {}
    except RecursionError as problem:
        raise SqlRefusedError(
            "too_deep", "The statement is nested too deep.", _TOO_DEEP
        ) from problem
    statements = answer.get("statements", [])
    if answer.get("error") or len(statements) != 1:
        raise SqlRefusedError(
            "not_a_select", "This is no SELECT but of the kind PRAGMA.", _ONE_SELECT
        )
    only: dict[str, Any] = statements[0]
    return only


def _kinds(sql: str) -> list[str]:
    """Return the kind of each statement, such as SELECT or DROP."""
    try:
        return [statement.type.name for statement in _connection().extract_statements(sql)]
    except duckdb.PermissionException as problem:  # IMPORT DATABASE reads its file while parsing
        message = "The statement reaches for a file."
        raise SqlRefusedError("not_a_select", message, _ONE_SELECT) from problem
    except duckdb.Error as problem:
        reason = first_line(problem)
        if "depth limit" in reason or "memory exhausted" in reason:
            message = "The statement is nested too deep."
            raise SqlRefusedError("too_deep", message, _TOO_DEEP) from problem
        remedy = "Correct it there; names with other signs than a-z, 0-9 and _ need double quotes."
        raise SqlRefusedError("syntax", f"{reason}.", remedy) from problem


def _check_kind(sql: str, kinds: list[str]) -> None:
    if not kinds:
        raise SqlRefusedError("empty", "There is no statement, only a comment.", _ONE_SELECT)
    if kinds == ["CREATE", "SELECT"] and "pivot" in sql.lower():
        problem = "PIVOT without values first writes a type into the database."
        remedy = "Name the values: PIVOT ... ON column IN ('a', 'b') USING ..."
        raise SqlRefusedError("dynamic_pivot", problem, remedy)
    if len(kinds) > 1:
        problem = f"These are {len(kinds)} statements ({', '.join(kinds[:5])})."
        raise SqlRefusedError("several_statements", problem, "Run one SELECT at a time.")
    if kinds != ["SELECT"]:
        problem = f"This is no SELECT but of the kind {kinds[0].replace('_', ' ')}."
        raise SqlRefusedError("not_a_select", problem, _ONE_SELECT)


def first_line(problem: Exception) -> str:
    """Return an engine's message without its drawing of the place."""
    return str(problem).strip().split("\n", maxsplit=1)[0].rstrip(".")


def _connection() -> duckdb.DuckDBPyConnection:
    if _PARSER.connection is None:
        connection = duckdb.connect(":memory:")
        connection.execute(f"SET GLOBAL max_expression_depth = {DEEPEST}")
        harden(connection, ReaderSettings(memory_limit="256MB", threads=1))
        _PARSER.connection = connection
    return _PARSER.connection
