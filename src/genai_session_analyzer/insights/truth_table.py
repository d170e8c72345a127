"""The truth of a run as a table to print: what was planted, where, and how large it looks."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

import duckdb
import ibis
from ibis.backends.duckdb import Backend
from rich import box
from rich.table import Table

from genai_session_analyzer.errors import NoBuildError
from genai_session_analyzer.insights.effect_estimates import MIN_USERS
from genai_session_analyzer.insights.planted_effects import GradedEffect

NOTES = (
    "measured: failures, or mean latency of successes, against the generations that meet all",
    f"conditions but one; a 95 % interval by users, from {MIN_USERS} users on either side on",
)


def open_warehouse(path: Path) -> Backend:
    """Opens what pipelines write, to read; nothing can be built there until it is dropped.

    Raises:
        NoBuildError: There is none, or a run is writing it.
    """
    if not path.exists():
        raise NoBuildError(f"There is no warehouse at {path}. `make run` makes one.")
    try:
        backend = ibis.duckdb.connect(path, read_only=True)
    except duckdb.IOException as problem:
        raise NoBuildError(
            f"{path} cannot be opened: a run is writing it, or it is no DuckDB file."
        ) from problem
    missing = {"simulation_truth", "simulation_prompts", "fct_generations"} - set(
        backend.list_tables()
    )
    if missing:
        raise NoBuildError(f"{path} lacks {', '.join(sorted(missing))}. `make run` makes them all.")
    return backend


def truth_table(effects: Sequence[GradedEffect]) -> Table:
    """A row per effect, incident and rollout.

    Args:
        effects: As `grade_effects` gives them.
    """
    table = Table(title="What was planted, and what the tables show of it", box=box.SIMPLE_HEAD)
    table.pad_edge = False
    for column in ("effect", "where", "measure"):
        table.add_column(column, no_wrap=column == "effect")
    for column in ("planted", "measured", "generations"):
        table.add_column(column, justify="right", no_wrap=True)
    for effect in effects:
        truth = effect.truth
        table.add_row(
            truth["effect_id"],
            _where(truth),
            truth["measure"],
            _planted(effect),
            _measured(effect),
            _count(effect),
        )
    table.caption = "\n".join(NOTES)
    return table


def _where(truth: Mapping[str, Any]) -> str:
    segment = json.loads(truth["segment"])
    hours = segment.pop("hour_from", None), segment.pop("hour_to", None)
    parts = [" or ".join(values) for values in segment.values()]
    if hours[0] is not None:
        parts.append(f"{hours[0]} to {hours[1]} h local")
    parts += _window(truth["starts_at"], truth["ends_at"])
    return ", ".join(parts) or "everywhere"


def _window(starts_at: datetime | None, ends_at: datetime | None) -> list[str]:
    start, end = _moment(starts_at), _moment(ends_at)
    if starts_at and ends_at and starts_at.date() == ends_at.date():
        return [f"{start} to {ends_at:%H:%M}"]
    return [f"{word} {moment}" for word, moment in (("from", start), ("to", end)) if moment]


def _moment(at: datetime | None) -> str:
    if at is None:
        return ""
    return f"{at:%Y-%m-%d}" if at.time() == time() else f"{at:%Y-%m-%d %H:%M}"


def _planted(effect: GradedEffect) -> str:
    return "-" if effect.planted is None else f"{_sign(effect)}{effect.planted:g}"


def _measured(effect: GradedEffect) -> str:
    if effect.planted is None:
        return "-"
    if effect.estimate is None:
        return "nothing to measure"
    found, interval = effect.estimate.value, effect.estimate.interval
    reach = "few users" if interval is None else f"{interval[0]:.2f} to {interval[1]:.2f}"
    return f"{_sign(effect)}{found:.2f} ({reach})"


def _sign(effect: GradedEffect) -> str:
    return "+" if effect.truth["multiplier"] is None else "x"


def _count(effect: GradedEffect) -> str:
    """The number written down; with the number found where that differs."""
    written = effect.truth["affected_generations"]
    found = "" if written == effect.within_count else f" (found {effect.within_count:,})"
    return f"{written:,}{found}"
