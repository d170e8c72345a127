"""What was planted in simulated data, graded: its size as the tables show it, beside the truth."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import reduce
from typing import Any

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from genai_session_analyzer.errors import UnknownNameError
from genai_session_analyzer.insights.effect_estimates import (
    Estimate,
    UserSums,
    difference_of_means,
    ratio_of_means,
)
from genai_session_analyzer.schema.values import FAILURE_STATUSES

MEANT = ("domain", "art_style", "mood")
READ = (
    "user_id",
    "requested_at",
    "region",
    "user_tier",
    "device_type",
    "prompt_length_category",
    "model_version",
    "latency_ms",
    "is_success",
    *(f"is_{status}" for status in FAILURE_STATUSES),
)
RETRY_ID = ":retry"
"""Part of the id of a retry that is a row of its own; effects are graded by request."""


@dataclass(frozen=True)
class GradedEffect:
    """A row of `simulation_truth` and what was measured of it.

    Attributes:
        truth: The row, by column.
        within_count: Generations within segment and window, counted here.
        compared_count: Generations it is compared with.
        estimate: The measured counterpart of the multiplier or delta; None = not to be measured.
    """

    truth: Mapping[str, Any]
    within_count: int
    compared_count: int
    estimate: Estimate | None

    @property
    def planted(self) -> float | None:
        """The multiplier or delta; None for a rollout."""
        multiplier: float | None = self.truth["multiplier"]
        delta: float | None = self.truth["delta"]
        return delta if multiplier is None else multiplier


def grade_effects(
    warehouse: Backend, utc_offset_hours: Mapping[str, float]
) -> tuple[GradedEffect, ...]:
    """Measures every effect of `simulation_truth`, in its order; empty where none was planted.

    An effect's generations are compared with those that meet all its conditions (each column of
    the segment, the hours, the window) but one: the nearest that it does not apply to. Rates are
    over all requests, latencies over successes.

    Args:
        warehouse: With `fct_generations`, `simulation_truth` and `simulation_prompts`.
        utc_offset_hours: Of each region, for effects at certain hours.

    Raises:
        UnknownNameError: An effect has hours and the generations a region without an offset.
    """
    truth = warehouse.table("simulation_truth").to_pyarrow().to_pylist()
    generations = _generations(warehouse).cache()
    return tuple(_grade(generations, row, utc_offset_hours) for row in truth)


def _generations(warehouse: Backend) -> ir.Table:
    """One row per request, with what was meant by its prompt; many-to-one by `prompt_id`."""
    prompts = warehouse.table("simulation_prompts")
    meant = prompts.select("prompt_id", **{name: f"meant_{name}" for name in MEANT})
    requests = warehouse.table("fct_generations")
    requests = requests.filter(~requests.generation_id.contains(RETRY_ID))
    return requests.left_join(meant, "prompt_id").select(*READ, *MEANT)


def _grade(
    generations: ir.Table, truth: Mapping[str, Any], utc_offset_hours: Mapping[str, float]
) -> GradedEffect:
    conditions = _conditions(generations, truth, utc_offset_hours)
    met = reduce(lambda one, other: one + other, (held.cast("int8") for held in conditions))
    placed = generations.mutate(missed=len(conditions) - met, value=_value(generations, truth))
    counted = placed.filter(placed.missed <= 1, placed.value.notnull())
    users = counted.group_by("user_id").aggregate(
        within_count=(counted.missed == 0).sum(),
        within_total=counted.value.sum(where=counted.missed == 0).fill_null(0),
        without_count=(counted.missed == 1).sum(),
        without_total=counted.value.sum(where=counted.missed == 1).fill_null(0),
    )
    sums = users.to_pyarrow()
    within, without = (
        UserSums(sums[f"{group}_count"].to_numpy(), sums[f"{group}_total"].to_numpy())
        for group in ("within", "without")
    )
    within_count = int((placed.missed == 0).sum().fill_null(0).execute())
    return GradedEffect(
        truth, within_count, int(without.counts.sum()), _estimate(truth, within, without)
    )


def _estimate(truth: Mapping[str, Any], within: UserSums, without: UserSums) -> Estimate | None:
    if truth["multiplier"] is not None:
        return ratio_of_means(within, without)
    if truth["delta"] is not None:
        return difference_of_means(within, without)
    return None


def _value(generations: ir.Table, truth: Mapping[str, Any]) -> ir.FloatingValue:
    """What the effect acts on, per generation; null where it does not count."""
    measure = truth["measure"]
    if measure == "latency":
        value = ibis.ifelse(generations.is_success, generations.latency_ms, ibis.null("int64"))
    elif measure in {"failure", "model_share"}:
        value = ~generations.is_success
    else:
        value = generations[f"is_{measure}"]
    return value.cast("float64")


def _conditions(
    generations: ir.Table, truth: Mapping[str, Any], utc_offset_hours: Mapping[str, float]
) -> list[ir.BooleanValue]:
    """Each a yes or no, never null."""
    segment = json.loads(truth["segment"])
    hours = segment.pop("hour_from", None), segment.pop("hour_to", None)
    conditions = [generations[name].isin(values) for name, values in segment.items()]
    if hours[0] is not None:
        conditions.append(_within_hours(generations, hours, utc_offset_hours))
    starts, ends = truth["starts_at"], truth["ends_at"]
    at = generations.requested_at
    if starts is not None or ends is not None:
        begun = ibis.literal(True) if starts is None else at >= ibis.literal(starts)
        going = ibis.literal(True) if ends is None else at < ibis.literal(ends)
        conditions.append(begun & going)
    return [held.fill_null(False) for held in conditions] or [ibis.literal(True)]


def _within_hours(
    generations: ir.Table, hours: tuple[int, int], utc_offset_hours: Mapping[str, float]
) -> ir.BooleanValue:
    """Whether the hour of the day at the user's place lies between the two, midnight or not."""
    for region in generations.select("region").distinct().to_pyarrow()["region"].to_pylist():
        if region not in utc_offset_hours:
            raise UnknownNameError("region with an offset from UTC", str(region), utc_offset_hours)
    offset = generations.region.cases(*utc_offset_hours.items(), else_=0.0)
    at = generations.requested_at
    hour = at.hour() + at.minute() / 60 + offset
    local = hour - (hour / 24).floor() * 24
    first, last = hours
    after, before = local >= first, local < last
    return after & before if first < last else after | before
