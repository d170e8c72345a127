"""Making the lean tables of a build in the memory of the process that serves it."""

import logging

import duckdb
import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from genai_session_analyzer.schema.facts import FCT_GENERATIONS, FCT_SESSIONS
from genai_session_analyzer.schema.features import FTR_PROMPT_LABELS
from genai_session_analyzer.semantic.lean_tables import (
    MOST_CODED_VALUES,
    MOST_ROWS,
    coded_columns,
    lean_tables,
)
from genai_session_analyzer.warehouse.open_build import OpenBuild
from genai_session_analyzer.warehouse.sql_text import quoted_name, quoted_text

LOG = logging.getLogger(__name__)


def keep_lean_tables(opened: OpenBuild, most_rows: int = MOST_ROWS) -> None:
    """Make the lean tables of a build that has been opened, unless they are too large.

    Without them every answer is the same and takes longer.

    Args:
        opened: The build.
        most_rows: Generations up to which the tables are made.
    """
    if opened.build.rows.get(FCT_GENERATIONS.name, 0) > most_rows:
        return
    try:
        opened.keep(lean_selects(opened.backend()))
    except duckdb.OutOfMemoryException as problem:
        LOG.warning("Build %s is served without tables in memory: %s", opened.build.id, problem)


def lean_selects(backend: Backend) -> dict[str, str]:
    """Return the SELECT of each lean table; text columns of few values become enumerations.

    Args:
        backend: A connection to a build.
    """
    values: dict[str, list[str]] = {}
    for name in (FTR_PROMPT_LABELS.name, FCT_SESSIONS.name, FCT_GENERATIONS.name):
        values |= _values(backend.table(name), values)
    return {name: _coded(table, values) for name, table in lean_tables(backend).items()}


def _values(table: ir.Table, known: dict[str, list[str]]) -> dict[str, list[str]]:
    """The values of each text column that is no id, in their order."""
    names = [name for name in coded_columns(table) if not name.endswith(("_id", "_path"))]
    found = table.aggregate(**{name: table[name].collect(distinct=True) for name in names})
    row = found.to_pyarrow().to_pylist()[0]
    return {name: sorted({*(row[name] or ()), *known.get(name, ())}) for name in names}


def _coded(table: ir.Table, values: dict[str, list[str]]) -> str:
    """The table's SELECT with its columns of few values as enumerations."""
    replaced = [
        f"{quoted_name(name)}::ENUM({', '.join(map(quoted_text, values[name]))})"
        f" AS {quoted_name(name)}"
        for name in coded_columns(table)
        if 0 < len(values.get(name, ())) <= MOST_CODED_VALUES
    ]
    star = f"* REPLACE ({', '.join(replaced)})" if replaced else "*"
    rows = ibis.to_sql(table, dialect="duckdb")
    return f"SELECT {star} FROM ({rows})"  # noqa: S608  # names and values are quoted
