"""Where the data of a build comes from: its moment, and what of it is simulated."""

from dataclasses import dataclass
from datetime import UTC, datetime

import ibis.expr.types as ir

from genai_session_analyzer.semantic.generations import GENERATIONS
from genai_session_analyzer.warehouse.builds import Build
from genai_session_analyzer.warehouse.reader import BuildReader

ORIGINS = ("user", "time", "telemetry", "profile")


@dataclass(frozen=True)
class Provenance:
    """A build's origin.

    Attributes:
        build: The build.
        published_at: When it was published, UTC.
        datasets: Names of the datasets in it.
        simulated_share: Share of generations of which any part is simulated, 0-1; None of none.
        simulated_by_part: The same for users, times, telemetry (status, latency, cost ...) and
            profiles (tier, region, device).
    """

    build: Build
    published_at: datetime
    datasets: tuple[str, ...]
    simulated_share: float | None
    simulated_by_part: dict[str, float]


def provenance(reader: BuildReader) -> Provenance:
    """Return where the current build's data comes from.

    Raises:
        NoBuildError: Nothing has been published.
    """
    build = reader.build
    generations = reader.ibis().table("fct_generations")
    names = generations.select("dataset").distinct().order_by("dataset").to_pyarrow()
    shares = _shares(generations)
    return Provenance(
        build=build,
        published_at=datetime.strptime(build.id, "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC),
        datasets=tuple(names["dataset"].to_pylist()),
        simulated_share=shares.pop("simulated_share"),
        simulated_by_part={part: share or 0.0 for part, share in shares.items()},
    )


def _shares(generations: ir.Table) -> dict[str, float | None]:
    parts = {
        part: (generations[f"{part}_origin"] == "simulated").cast("int64").mean()
        for part in ORIGINS
    }
    whole = GENERATIONS.values(generations, ("simulated_share",))
    row: dict[str, float | None] = (
        generations.aggregate(**whole, **parts).to_pyarrow().to_pylist()[0]
    )
    return row
