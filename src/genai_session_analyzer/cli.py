"""The `gsa` command: what a terminal user does with published builds."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from genai_session_analyzer import __version__
from genai_session_analyzer.errors import AnalyzerError

ROOT_OPTION = click.option(
    "--root",
    type=click.Path(path_type=Path),
    default=Path("data/published"),
    show_default=True,
    help="Folder of the published builds.",
)


def _plain_errors(command: Callable[..., None]) -> Callable[..., None]:
    """Shows our errors as one line, without a trace."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        try:
            command(*arguments, **options)
        except AnalyzerError as problem:
            raise click.ClickException(str(problem)) from problem

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, package_name="genai-session-analyzer")
def main() -> None:
    """GenAI Session Analyzer: where users struggle, what it costs, and why."""


@main.command()
@ROOT_OPTION
@_plain_errors
def summary(root: Path) -> None:
    """Totals and row counts of the build now served."""
    from rich.console import Console  # noqa: PLC0415

    from genai_session_analyzer.insights.build_summary import summarise_build  # noqa: PLC0415
    from genai_session_analyzer.insights.closing_table import print_closing_table  # noqa: PLC0415

    print_closing_table(summarise_build(root), {}, Console())


@main.command()
@ROOT_OPTION
@_plain_errors
def builds(root: Path) -> None:
    """The published builds, oldest first; the one served is marked."""
    from genai_session_analyzer.warehouse.builds import current_build, list_builds  # noqa: PLC0415

    served = current_build(root).id
    for build in list_builds(root):
        mark = "*" if build.id == served else " "
        generations = build.rows.get("fct_generations", 0)
        click.echo(f"{mark} {build.id}  {generations:>12,} generations  {build.path}")


@main.command()
@click.argument("build", required=False)
@ROOT_OPTION
@click.option(
    "--link",
    type=click.Path(path_type=Path),
    default=Path("data/warehouse.duckdb"),
    show_default=True,
    help="Link that follows the served build.",
)
@_plain_errors
def rollback(build: str | None, root: Path, link: Path) -> None:
    """Serve an earlier BUILD again (default: the newest one before the current)."""
    from genai_session_analyzer.warehouse.rollback import rollback as point_back  # noqa: PLC0415

    served = point_back(root, build, link=link)
    click.echo(
        f"Serving build {served.id} ({served.rows.get('fct_generations', 0):,} generations)."
    )


@main.command()
@click.option(
    "--warehouse",
    type=click.Path(path_type=Path),
    default=Path("data/03_primary/warehouse.duckdb"),
    show_default=True,
    help="What the last run wrote; the truth is never published.",
)
@click.option(
    "--parameters",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    default=Path("conf/base/parameters_simulation.yml"),
    show_default=True,
    help="Where the hours of the regions stand.",
)
@_plain_errors
def truth(warehouse: Path, parameters: Path) -> None:
    """What the simulation planted, and how large it looks in the tables."""
    import yaml  # noqa: PLC0415
    from rich.console import Console  # noqa: PLC0415

    from genai_session_analyzer.insights.planted_effects import grade_effects  # noqa: PLC0415
    from genai_session_analyzer.insights.truth_table import (  # noqa: PLC0415
        open_warehouse,
        truth_table,
    )

    users = yaml.safe_load(parameters.read_text(encoding="utf-8"))["simulation"]["users"]
    effects = grade_effects(open_warehouse(warehouse), users["region_utc_offset_hours"])
    if effects:
        Console().print(truth_table(effects))
    else:
        click.echo("Nothing was planted: outcomes were not simulated, or by the profile classic.")


cli = click.Group()
"""Kedro looks here for further `kedro` commands; ours are all under `gsa`."""


if __name__ == "__main__":
    main()
