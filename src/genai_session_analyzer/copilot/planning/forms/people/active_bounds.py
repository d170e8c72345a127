"""Plans of people by what each of them did in several times."""

from collections.abc import Iterable

from genai_session_analyzer.copilot.plan import Having, MeasureUse, PlanFilter, QueryPlan
from genai_session_analyzer.copilot.planning.forms.people.people_words import Asked

_OF_PEOPLE = ("user_tier", "region", "device_type")
Span = tuple[PlanFilter, ...]


def is_active_users(plan: QueryPlan) -> bool:
    """Return whether a plan is the number of people who made a generation, and nothing else."""
    names = [(use.name, use.only, use.transform, use.over) for use in plan.measures]
    return (
        plan.entity == "generations"
        and names == [("active_users", (), "value", None)]
        and not (plan.grain or plan.comparison or plan.having or plan.limit)
        and plan.over_groups is None
    )


def of_people(plan: QueryPlan) -> Span:
    """Return the filters that say who is meant, not what they did."""
    return tuple(each for each in plan.filters if _is_of_people(each))


def of_rows(plan: QueryPlan) -> Span:
    """Return the filters that say what they did."""
    return tuple(each for each in plan.filters if not _is_of_people(each))


def _is_of_people(kept: PlanFilter) -> bool:
    return kept.field in _OF_PEOPLE or kept.field.startswith("users.")


def spent_in(start: object, end: object) -> Span:
    """Return the filters of the generations of a time."""
    return (
        PlanFilter.model_validate({"field": "requested_at", "operator": "at_least",
                                   "values": (start,)}),
        PlanFilter.model_validate({"field": "requested_at", "operator": "below",
                                   "values": (end,)}),
    )  # fmt: skip


def did(only: Span, *, is_absent: bool = False) -> Having:
    """Return the bound that a person has generations, or none, that pass the filters."""
    use = MeasureUse(name="generation_count", only=only)
    return Having(measure=use, operator="in" if is_absent else "above", value=0)


def people_who(plan: QueryPlan, asked: Asked, bounds: Iterable[Having]) -> QueryPlan:
    """Return the number or the list of the people who meet all bounds."""
    return plan.model_copy(update={
        "measures": (), "dimensions": (*plan.dimensions, "user_id"), "having": tuple(bounds),
        "over_groups": None if asked == "list" else "count",
        "over_by": () if asked == "list" else plan.dimensions,
    })  # fmt: skip
