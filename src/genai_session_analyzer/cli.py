"""The `gsa` command: what a terminal user does with published builds."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from genai_session_analyzer import __version__
from genai_session_analyzer.cli_ask import ask
from genai_session_analyzer.cli_copilot import eval_copilot
from genai_session_analyzer.cli_options import ROOT_OPTION
from genai_session_analyzer.cli_options import plain_errors as _plain_errors
from genai_session_analyzer.cli_sql import sql


def _search_filters(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the filters of a search; one given several times accepts any of its values."""
    names = {
        "style": "art_style", "mood": "mood", "domain": "domain", "cluster": "cluster_id",
        "status": "status", "tier": "user_tier", "region": "region", "device": "device_type",
        "model": "model_version",
    }  # fmt: skip
    for option, field in reversed(names.items()):
        command = click.option(f"--{option}", field, multiple=True)(command)
    for option, field in (("to", "last_day"), ("from", "first_day")):
        command = click.option(f"--{option}", field, metavar="YYYY-MM-DD", help="UTC, included.")(
            command
        )
    return click.option("--include-nsfw", is_flag=True, help="Also what was found unsafe.")(command)


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


@main.command()
@ROOT_OPTION
@click.option("--host", default="127.0.0.1", show_default=True, envvar="GSA_HOST")
@click.option("--port", default=8050, show_default=True, envvar="GSA_PORT", type=int)
@click.option(
    "--allow-host",
    multiple=True,
    metavar="NAME",
    help="Also answer requests that name this host; needed where --host is no loopback address.",
)
@_plain_errors
def dashboard(root: Path, host: str, port: int, allow_host: tuple[str, ...]) -> None:
    """Serve the dashboard over the published builds; Ctrl-C ends it."""
    from genai_session_analyzer.warehouse.early_check import early_check  # noqa: PLC0415

    with early_check(root) as checked:  # importing takes as long as reading a large build
        from genai_session_analyzer.dashboard.__main__ import run_dashboard  # noqa: PLC0415
        from genai_session_analyzer.dashboard.config import settings_for  # noqa: PLC0415

    settings = settings_for(host, port, allow_host)
    click.echo(f"Dashboard on http://{settings.host}:{settings.port} over {root}; Ctrl-C ends it.")
    run_dashboard(root, settings, checked.result())


@main.command()
@click.argument("text")
@ROOT_OPTION
@click.option("-n", "--limit", default=12, show_default=True, type=click.IntRange(1, 1000))
@click.option("--json", "as_json", is_flag=True, help="Everything found, as JSON.")
@_search_filters
@_plain_errors
def search(root: Path, text: str, limit: int, as_json: bool, **filters: Any) -> None:
    """The prompts nearest in meaning to TEXT; words in double quotes must occur."""
    from rich.console import Console  # noqa: PLC0415

    from genai_session_analyzer.retrieval.search_command import result_table, search_once  # noqa: PLC0415

    result = search_once(root, text, limit, filters)
    if as_json:
        click.echo(result.model_dump_json(indent=2))
    else:
        Console().print(*result_table(result), sep="\n")


main.add_command(ask)
main.add_command(eval_copilot)
main.add_command(sql)

cli = click.Group()
"""Kedro looks here for further `kedro` commands; ours are all under `gsa`."""


if __name__ == "__main__":
    main()
