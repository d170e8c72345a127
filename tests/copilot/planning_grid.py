"""Questions put together from parts, each with the plans that are right for it by construction."""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from planning_grid_forms import all_forms
from planning_grid_groups import (
    best_period,
    one_number,
    over_time,
    per_group,
    top_groups,
    top_within,
    two_groups,
    which_most,
)
from planning_grid_parts import WORDS, NothingToGroupByError, Parts, Structure, moment
from planning_grid_shares import (
    average_per_period,
    groups_above,
    running_total,
    share_of_total,
    share_where,
    two_periods,
    two_values,
    users_having,
)

from genai_session_analyzer.copilot.plan import PlanFilter, QueryPlan, TimeRange

STRUCTURES: tuple[Structure, ...] = (
    one_number, per_group, two_groups, top_groups, which_most, top_within, over_time, best_period,
    two_periods, two_values, share_of_total, share_where, groups_above, running_total,
    average_per_period, users_having,
)  # fmt: skip


@dataclass(frozen=True)
class GridQuestion:
    """A question, the plans that are right for it, and the cell of the grid it stands in."""

    text: str
    accepts: tuple[QueryPlan, ...]
    structure: str
    kind: str
    conditions: str
    frame: str


def grid(count: int, seed: int) -> list[GridQuestion]:
    """Return that many different questions, drawn evenly over the structures."""
    dice = Random(seed)  # noqa: S311 - questions, no secrets
    found: dict[str, GridQuestion] = {}
    structures = list(STRUCTURES)
    while len(found) < count:
        structure = structures[len(found) % len(structures)]
        try:
            built = list(structure(parts := _draw(dice)))
        except NothingToGroupByError:
            continue
        if not built:
            continue
        text, accepts, frame = dice.choice(built)
        text = text.strip()
        text = text[0].upper() + text[1:] if frame != "fragment" else text
        found.setdefault(text, GridQuestion(
            text, all_forms(accepts), structure.__name__, parts.measure["kind"],
            "+".join(parts.named) or "none", frame,
        ))  # fmt: skip
    return list(found.values())


def _draw(dice: Random) -> Parts:
    measure = dice.choice(WORDS["measures"])
    parts = Parts(dice, measure)
    for _ in range(dice.choice((0, 0, 1, 1, 2))):
        parts = _with_filter(parts)
    if measure["of"] in ("generations", "sessions") and dice.random() < 0.35:
        time = dice.choice(WORDS["times"])
        span = TimeRange(start=moment(time.get("start")), end=moment(time.get("end")))
        parts = replace(parts, time=span, when=dice.choice(time["said"]))
    return parts


_ALONE = {"bound", "success", "failure", "downloaded", "feedback", "band"}
"""Conditions that read badly behind another one."""


def _fits(parts: Parts, condition: dict[str, Any]) -> bool:
    """Whether a condition makes sense for a measure, and reads well behind those before it."""
    measure, name = parts.measure, condition["name"]
    about_status = measure["kind"] in ("outcome", "rate") or "wasted" in measure["name"]
    about_feedback = "thumbs" in measure["name"] or measure["name"] == "feedback_rate"
    of_status = name in ("success", "failure", "downloaded")
    field = condition["of"].get(measure["of"])
    repeats = (
        ("friction" in measure["name"] and name == "band")
        or ("duration" in measure["name"] and name == "bound")
        or ("latency" in measure["name"] and field == "latency_ms")
        or (about_feedback and (name == "feedback" or of_status))
        or (of_status and (about_status or measure["kind"] == "distinct"))
    )
    reads_badly = parts.named and (name in _ALONE or "failure" in parts.named)
    return field is not None and field not in parts.used and not repeats and not reads_badly


def _with_filter(parts: Parts) -> Parts:
    measure = parts.measure
    able = [each for each in WORDS["filters"] if _fits(parts, each)]
    if not able:
        return parts
    chosen = parts.dice.choice(able)
    name = chosen["of"][measure["of"]]
    made = PlanFilter(field=name, operator=chosen.get("op", "in"), values=tuple(chosen["values"]))
    said = parts.dice.choice(chosen["said"])
    count_said = parts.dice.choice(chosen.get("count", chosen["said"]))
    return replace(
        parts,
        filters=(*parts.filters, made),
        named=(*parts.named, chosen["name"]),
        tails=(*parts.tails, said),
        count_tails=(*parts.count_tails, count_said),
        used=parts.used | {name},
    )
