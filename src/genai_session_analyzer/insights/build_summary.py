"""The handful of numbers that say what a build holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import ibis.expr.types as ir

from genai_session_analyzer.semantic.generations import GENERATIONS
from genai_session_analyzer.semantic.sessions import SESSIONS
from genai_session_analyzer.warehouse.builds import Build
from genai_session_analyzer.warehouse.reader import BuildReader


@dataclass(frozen=True)
class BuildSummary:
    """Totals of a build; None where the source does not tell.

    Attributes:
        build: The build they were read from.
        datasets: Names of the datasets in it.
        user_count: Users with a generation.
        session_count: Sessions.
        generation_count: Generations.
        success_rate: Successes of the generations whose status is known, 0-1.
        mean_friction_score: Mean over sessions, 0-100.
        total_cost_credits: Credits.
        simulated_shares: Share of generations with a simulated user, time, telemetry, profile, 0-1.
    """

    build: Build
    datasets: tuple[str, ...]
    user_count: int
    session_count: int
    generation_count: int
    success_rate: float | None
    mean_friction_score: float | None
    total_cost_credits: float | None
    simulated_shares: Mapping[str, float]


def summarise_build(root: Path, checked_sha256: str | None = None) -> BuildSummary:
    """The totals of the build now served under `root`.

    Args:
        root: The published root.
        checked_sha256: See `BuildReader`.

    Raises:
        NoBuildError: Nothing has been published.
    """
    with BuildReader(root, checked_sha256=checked_sha256) as reader:
        backend = reader.ibis()
        generations, sessions = backend.table("fct_generations"), backend.table("fct_sessions")
        of_generations = GENERATIONS.aggregate(
            generations,
            (),
            ("generation_count", "success_rate", "total_cost_credits"),
        )
        of_sessions = SESSIONS.aggregate(
            sessions, (), ("session_count", "active_users", "mean_friction_score")
        )
        totals = of_generations.to_pyarrow().to_pylist()[0]
        totals |= of_sessions.to_pyarrow().to_pylist()[0]
        datasets = generations.select("dataset").distinct().order_by("dataset").to_pyarrow()
        return BuildSummary(
            build=reader.build,
            datasets=tuple(datasets["dataset"].to_pylist()),
            user_count=totals.pop("active_users"),
            simulated_shares=_simulated_shares(generations),
            **totals,
        )


def _simulated_shares(generations: ir.Table) -> dict[str, float]:
    shares = generations.aggregate(
        **{
            kind: (generations[f"{kind}_origin"] == "simulated").cast("int64").mean()
            for kind in ("user", "time", "telemetry", "profile")
        }
    )
    return {kind: share or 0.0 for kind, share in shares.to_pyarrow().to_pylist()[0].items()}
