"""Every function of the DuckDB that is installed has been looked at by somebody."""

import duckdb
import pytest

from genai_session_analyzer.copilot.guard.function_classes import (
    expression_functions,
    functions_of_a_table,
    table_functions,
)

IN_EXPRESSIONS = ("scalar", "aggregate", "macro")
IN_FROM = ("table", "table_macro", "pragma")
NOT_LISTED_BY_DUCKDB = {"->", "grouping", "try", "unnest", "getenv", "query", "query_table"}


def names_of(kinds):
    rows = duckdb.connect(":memory:").execute(
        "SELECT DISTINCT function_name FROM duckdb_functions()"
        " WHERE list_contains(?, function_type)",
        [list(kinds)],
    )
    return {name for (name,) in rows.fetchall()}


@pytest.mark.parametrize(
    ("kinds", "classes"),
    [(IN_EXPRESSIONS, expression_functions()), (IN_FROM, table_functions())],
)
def test_every_function_is_classified(kinds, classes):
    missing = {name for name in names_of(kinds) if not classes.is_classified(name)}
    assert missing == set(), "classify these in guard/functions.yml"


@pytest.mark.parametrize(
    ("kinds", "classes"),
    [(IN_EXPRESSIONS, expression_functions()), (IN_FROM, table_functions())],
)
def test_the_list_names_no_function_that_is_gone(kinds, classes):
    named = classes.allowed | set(classes.refused)
    assert named - names_of(kinds) <= NOT_LISTED_BY_DUCKDB


@pytest.mark.parametrize("classes", [expression_functions(), table_functions()])
def test_no_function_is_both_allowed_and_refused(classes):
    assert [name for name in classes.allowed if classes.refusal(name)] == []


def test_functions_that_read_or_change_are_not_allowed():
    telling = ("getenv", "current_setting", "nextval", "write_log", "json_structure", "sleep_ms")
    assert not expression_functions().allowed.intersection(telling)
    assert table_functions().allowed == {
        "range", "generate_series", "unnest", "json_each", "json_tree", "histogram",
        "histogram_values",
    }  # fmt: skip


def test_table_macros_that_read_a_named_table_are_known():
    """A macro over query_table reads whatever table its argument names."""
    rows = duckdb.connect(":memory:").execute(
        "SELECT function_name, macro_definition FROM duckdb_functions()"
        " WHERE function_type = 'table_macro'"
    )
    definitions = dict(rows.fetchall())
    direct = {name for name, text in definitions.items() if "query_table" in text}
    indirect = {
        name for name, text in definitions.items() if any(f"{other}(" in text for other in direct)
    }
    assert direct | indirect == functions_of_a_table()
