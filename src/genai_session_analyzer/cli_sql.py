"""`gsa sql`: one statement through guard and worker."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from genai_session_analyzer.cli_options import ROOT_OPTION, plain_errors
from genai_session_analyzer.errors import SqlRefusedError

if TYPE_CHECKING:
    from genai_session_analyzer.warehouse.query_worker.result import QueryResult

REFUSED = 2
"""Exit code where the guard refuses the statement."""


@click.command()
@click.argument("statement")
@click.option(
    "--database",
    type=click.Path(path_type=Path),
    help="Any DuckDB file with our tables, instead of the published build.",
)
@ROOT_OPTION
@click.option("--json", "as_json", is_flag=True, help="All rows, as JSON.")
@plain_errors
def sql(statement: str, database: Path | None, root: Path, as_json: bool) -> None:
    """Run one SELECT over the data, checked and in a process of its own.

    Exit code 0: it ran. 2: refused, with the rule and what to do instead. 1: an error.
    """
    from genai_session_analyzer.cli_sql_rows import rows_as_json, rows_as_text  # noqa: PLC0415

    try:
        result = run_statement(statement, root, database)
    except SqlRefusedError as refusal:
        click.echo(f"Refused: {refusal}", err=True)
        sys.exit(REFUSED)
    click.echo(rows_as_json(result) if as_json else rows_as_text(result))


def run_statement(statement: str, root: Path, database: Path | None = None) -> "QueryResult":
    """Return the rows of one statement over the served build, or over a file.

    Raises:
        SqlRefusedError: The guard refuses it.
        QueryError: It was not run to its end.
        NoBuildError: There is nothing to read.
    """
    from genai_session_analyzer.copilot.answering.file_source import FileSource  # noqa: PLC0415
    from genai_session_analyzer.copilot.guard import allowed_in, check_sql  # noqa: PLC0415
    from genai_session_analyzer.warehouse.query_worker.pool import QueryWorkers  # noqa: PLC0415
    from genai_session_analyzer.warehouse.query_worker.settings import (  # noqa: PLC0415
        WorkerSettings,
    )
    from genai_session_analyzer.warehouse.reader import BuildReader  # noqa: PLC0415

    source = BuildReader(root) if database is None else FileSource(database)
    build = source.build
    checked = check_sql(statement, allowed_in(source.connection()))
    with QueryWorkers(lambda: build, WorkerSettings(pool_size=1)) as workers:
        return workers.run(checked.sql, asker="terminal")
