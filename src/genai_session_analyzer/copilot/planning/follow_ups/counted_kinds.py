"""Counts of one kind that a follow-up turns to another kind: high friction, then low friction."""

from collections.abc import Mapping

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import MeasureUse, PlanFilter, QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError

_COUNTED_BY: Mapping[str, tuple[str, ...]] = {
    "status": ("success_count", "failure_count", "timeout_count", "safety_violation_count",
               "rate_limited_count", "model_error_count"),
    "feedback": ("thumbs_up_count", "thumbs_down_count", "feedback_count"),
    "is_downloaded": ("download_count",),
    "friction_band": ("low_friction_sessions", "medium_friction_sessions",
                      "high_friction_sessions"),
    "churned_after": ("churned_sessions", "churned_session_count"),
}  # fmt: skip
_WITHIN = ("failure_count",)
"""Counts of several values, of which one may be asked for: the timeouts of all failures."""


def counted_anew(
    plan: QueryPlan, added: tuple[PlanFilter, ...], catalogue: Catalogue
) -> tuple[MeasureUse, ...]:
    """Return the plan's measures, those of one kind as counts of rows where a kind is named.

    "Sessions with high friction", then "and with low friction", counts sessions.

    Raises:
        BindError: A rate of one kind among rows of another kind is asked for.
    """
    terms = catalogue.entity(plan.entity)
    fields = {each.field for each in added}
    uses = []
    for use in plan.measures:
        if use.name == "high_friction_share" and "friction_band" in fields:
            only = tuple(each for each in added if each.field == "friction_band")
            uses.append(MeasureUse(name=terms.count_measure, only=only, transform="share_where"))
            continue
        if use.name == "thumbs_up_share" and "feedback" in fields:
            raise BindError("a share of thumbs up among votes of one kind")
        field = next((name for name, all_ in _COUNTED_BY.items() if use.name in all_), None)
        rate_of = _rate_field(use.name)
        if rate_of and rate_of in fields:
            raise BindError(f"{use.name.replace('_', ' ')} among rows of one {rate_of}")
        is_other = field in fields and use.name not in _WITHIN
        uses.append(MeasureUse(name=terms.count_measure) if is_other else use)
    return tuple(uses)


def parts_anew(
    uses: tuple[MeasureUse, ...], added: tuple[PlanFilter, ...]
) -> tuple[tuple[MeasureUse, ...], tuple[PlanFilter, ...]]:
    """Return the measures with other parts, and the conditions that are left.

    "Share of mobile sessions", then "what about tablets?", is the share of tablets.
    """
    by_field = {each.field: each for each in added if each.operator == "in"}
    taken = {part.field for use in uses for part in use.only if part.field in by_field}
    changed = tuple(
        use.model_copy(update={"only": tuple(by_field.get(p.field, p) for p in use.only)})
        for use in uses
    )
    return changed, tuple(each for each in added if each.field not in taken)


def counts_kind(measure: str, field: str) -> bool:
    """Return whether a measure counts rows of one kind of a field, or is their rate."""
    return measure in _COUNTED_BY.get(field, ()) or _rate_field(measure) == field


def _rate_field(measure: str) -> str | None:
    rates = ("success_rate", "error_rate", "timeout_rate", "safety_violation_rate",
             "rate_limited_rate", "model_error_rate")  # fmt: skip
    return "status" if measure in rates else None
