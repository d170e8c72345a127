"""Whether a function may be used, and what to do where it may not."""

from collections.abc import Iterator

from genai_session_analyzer.copilot.guard.allowed import ascii_lower
from genai_session_analyzer.copilot.guard.function_classes import (
    FunctionClasses,
    expression_functions,
    functions_of_a_table,
    table_functions,
)
from genai_session_analyzer.copilot.guard.suggestions import did_you_mean
from genai_session_analyzer.copilot.guard.syntax import Node
from genai_session_analyzer.errors import SqlRefusedError


def check_function(name: str) -> str:
    """Return a function's name in lower case.

    Raises:
        SqlRefusedError: Rule `function`.
    """
    return _check("function", name, expression_functions())


def check_table_function(name: str) -> str:
    """Return the name of a function in FROM in lower case.

    Raises:
        SqlRefusedError: Rule `table_function`.
    """
    return _check("table_function", name, table_functions())


def named_table(function: Node) -> Iterator[str]:
    """Yield the table that a function in FROM reads by its name: `histogram(dim_users, region)`.

    Raises:
        SqlRefusedError: Rule `table_function`: the name is computed.
    """
    name = ascii_lower(function["function_name"])
    if name not in functions_of_a_table():
        return
    first = (function.get("children") or [{}])[0]
    if (
        first.get("class") == "COLUMN_REF"
        and len(first["column_names"]) == 1
        and not first["alias"]
    ):
        yield ascii_lower(first["column_names"][0])
        return
    problem = f"The first argument of {name} is not the name of a table."
    raise SqlRefusedError("table_function", problem, f"Write {name}(table, column).")


def _check(rule: str, name: str, classes: FunctionClasses) -> str:
    lower = ascii_lower(name)
    if lower in classes.allowed or name in classes.allowed:
        return lower
    refusal = classes.refusal(lower)
    if refusal is not None:
        raise SqlRefusedError(rule, f"The function {lower} {refusal.why}.", refusal.instead)
    remedy = did_you_mean(lower, classes.allowed, "Use a function of DuckDB that only computes.")
    raise SqlRefusedError(rule, f"There is no function {lower}.", remedy)
