"""Real data beside simulated data: row counts, rejected rows, sessions.

`make show` runs the project on each source in a throw-away folder and prints two tables. Real
sessions are those of observed users at observed times.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.table import Table

from genai_session_analyzer.warehouse.reader import BuildReader
from kedro_project import copy_project, run_kedro

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9, 0.99)
SHAPES = {
    "sessions per user": "SELECT count(*) AS n FROM shown GROUP BY user_id",
    "generations per session": "SELECT generation_count AS n FROM shown",
    "session minutes": "SELECT duration_s / 60 AS n FROM shown WHERE generation_count > 1",
}
SHOWN_SESSIONS = """
    WITH shown AS (
        SELECT * FROM fct_sessions
        WHERE (SELECT min(user_origin) FROM fct_generations) = 'simulated'
            OR user_id IN (SELECT user_id FROM dim_users WHERE user_origin = 'observed')
    )
"""


def sources(real: Path) -> dict[str, tuple[str, ...]]:
    """Arguments of `kedro run` per source."""
    prompts = real / "prompts"
    discord = f"source.path={prompts / 'discord_jobs.parquet'},source.mapping=discord_jobs"
    layout = f"source.path={prompts / 'diffusiondb_layout.parquet'}"
    return {
        "embedded, 1,000,000": ("--params", "corpus.generation_count=1000000"),
        "discord_jobs": ("--env", "logs", "--params", discord),
        "diffusiondb_layout": ("--env", "diffusiondb", "--params", layout),
    }


def read_build(root: Path) -> tuple[dict[str, int], dict[str, list[float]]]:
    """Rows per table, and mean and quantiles per shape."""
    with BuildReader(root) as reader:
        rows = dict(reader.build.rows)
        shapes = {
            name: list(
                reader.query(
                    f"{SHOWN_SESSIONS} SELECT avg(n), quantile_cont(n, {list(QUANTILES)}) "
                    f"FROM ({query})"
                )
                .to_pylist()[0]
                .values()
            )
            for name, query in SHAPES.items()
        }
    return rows, {name: [mean, *quantiles] for name, (mean, quantiles) in shapes.items()}


def rows_table(rows: dict[str, dict[str, int]]) -> Table:
    """Row counts, a column per source."""
    table = Table(title="Rows per published table")
    table.add_column("table")
    for source in rows:
        table.add_column(source, justify="right")
    for name in next(iter(rows.values())):
        table.add_row(name, *(f"{counts[name]:,}" for counts in rows.values()))
    return table


def shapes_table(shapes: dict[str, dict[str, list[float]]]) -> Table:
    """Sessions, a row per shape and source."""
    table = Table(title="Sessions: real and simulated")
    for heading in ("", "source", "mean", *(f"p{quantile * 100:.0f}" for quantile in QUANTILES)):
        table.add_column(heading, justify="left" if heading in {"", "source"} else "right")
    for shape in SHAPES:
        for source, measured in shapes.items():
            table.add_row(shape, source, *(f"{value:,.1f}" for value in measured[shape]))
        table.add_section()
    return table


def main() -> None:
    """Runs every source and prints both tables."""
    real = os.environ.get("GSA_REAL_DATA")
    if not real:
        sys.exit("Set GSA_REAL_DATA to the folder with prompts/discord_jobs.parquet.")
    rows, shapes = {}, {}
    for name, arguments in sources(Path(real).resolve()).items():
        folder = Path(tempfile.mkdtemp(prefix="gsa-show-"))
        try:
            project = copy_project(folder / "project")
            run_kedro(project, "--pipeline=core", *arguments)
            rows[name], shapes[name] = read_build(project / "data/published")
        finally:
            shutil.rmtree(folder)
    console = Console(width=120)
    console.print(rows_table(rows))
    console.print(shapes_table(shapes))


if __name__ == "__main__":
    main()
