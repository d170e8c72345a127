"""A plan as a language model writes it: few keys, in an order that helps a small model.

The period comes before the dimensions, so that "per day" does not become a dimension too. Times are
not in it: dates are worked out from the question's words, never by the model.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from genai_session_analyzer.copilot.plan import (
    Entity,
    Grain,
    Having,
    MeasureUse,
    Operator,
    Order,
    PlanFilter,
    QueryPlan,
    Reduction,
    TimeRange,
    Transform,
)

Rank = Literal["highest", "lowest"]


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SaidFilter(_Said):
    """A field with the values to keep; `negated`: no row of the finer entity has them."""

    field: str
    op: Operator = "in"
    values: tuple[bool | int | float | str, ...] = ()
    negated: bool = False


class SaidLimit(_Said):
    """Groups to keep by a measure."""

    measure: str
    op: Operator
    value: float


class SaidPlan(_Said):
    """What a model says a question asks for.

    Attributes:
        answerable: Whether the words on offer can answer it.
        missing: What the data has not, where they cannot.
        about: What is counted.
        per: Period to group by.
        by: Fields to group by.
        show: Measures.
        transform: Of the measures.
        where: Rows to keep.
        part: For `share_where`: the rows whose share it is.
        groups: Groups to keep.
        over_groups: What the groups are put together by.
        rank: Whether the highest or the lowest come first.
        top: Most rows.
        within: Field within which `top` holds.
        columns: Fields to list instead of measures.
    """

    answerable: bool = True
    missing: str = ""
    about: Entity = "generations"
    per: Grain | None = None
    by: tuple[str, ...] = ()
    show: tuple[str, ...] = ()
    transform: Transform = "value"
    where: tuple[SaidFilter, ...] = ()
    part: tuple[SaidFilter, ...] = ()
    groups: tuple[SaidLimit, ...] = ()
    over_groups: Reduction | None = None
    rank: Rank | None = None
    top: int | None = None
    within: str | None = None
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanTimes:
    """What the words of a question say about time; None where they say nothing."""

    time: TimeRange | None = None
    comparison: TimeRange | None = None
    grain: Grain | None = None


def query_plan(said: SaidPlan, times: PlanTimes) -> QueryPlan:
    """Return the plan that was said, with its times.

    A dimension that one value is asked of is left out: it would be the same in every row. Repeated
    words count once.

    Raises:
        pydantic.ValidationError: Its parts do not go together, or nothing is asked for.
    """
    columns = _once(said.columns)
    shown = () if columns else _once(said.show)
    measures = tuple(_measure(name, said) for name in shown)
    return QueryPlan(
        entity=said.about,
        measures=measures,
        dimensions=() if columns else _dimensions(said),
        grain=None if columns else times.grain or said.per,
        filters=tuple(_filter(each) for each in _once(said.where)),
        time=times.time,
        comparison=times.comparison,
        having=tuple(_having(each) for each in said.groups),
        over_groups=said.over_groups if measures else None,
        order=_order(said, shown or columns),
        limit=said.top,
        limit_within=said.within,
        columns=columns,
    )


def said_json(plan: QueryPlan) -> dict[str, Any]:
    """Return a plan as a model would have said it, for examples; its times are left out."""
    first = plan.measures[0] if plan.measures else None
    order = plan.order[0] if plan.order else None
    said = SaidPlan(
        about=plan.entity,
        per=plan.grain,
        by=plan.dimensions,
        show=_once(each.name for each in plan.measures),
        transform=plan.measures[-1].transform if first else "value",
        where=tuple(_said_filter(each) for each in plan.filters),
        part=tuple(_said_filter(each) for each in first.only) if first else (),
        groups=tuple(_said_limit(each) for each in plan.having),
        over_groups=plan.over_groups,
        rank=None if order is None else "highest" if order.descending else "lowest",
        top=plan.limit,
        within=plan.limit_within,
        columns=plan.columns,
    )
    always = {"about"} if said.columns else {"about", "by", "show"}
    whole = said.model_dump(mode="json")
    used = said.model_dump(mode="json", exclude_defaults=True)
    return {key: value for key, value in whole.items() if key in used or key in always}


def _measure(name: str, said: SaidPlan) -> MeasureUse:
    if said.transform == "share_where" and not said.part:
        return MeasureUse(name=name)
    only = tuple(_filter(each) for each in said.part)
    return MeasureUse(name=name, only=only, transform=said.transform)


def _dimensions(said: SaidPlan) -> tuple[str, ...]:
    pinned = {each.field for each in said.where if each.op == "in" and len(each.values) == 1}
    return tuple(name for name in _once(said.by) if name not in pinned)


def _order(said: SaidPlan, keys: Sequence[str]) -> tuple[Order, ...]:
    if said.rank is None or not keys:
        return ()
    by = keys[-1] if said.columns else keys[0]
    return (Order(by=by, descending=said.rank == "highest"),)


def _filter(said: SaidFilter) -> PlanFilter:
    return PlanFilter(
        field=said.field, operator=said.op, values=_once(said.values), negated=said.negated
    )


def _having(said: SaidLimit) -> Having:
    return Having(measure=MeasureUse(name=said.measure), operator=said.op, value=said.value)


def _said_filter(given: PlanFilter) -> SaidFilter:
    values = tuple(
        each if isinstance(each, bool | int | float | str) else each.isoformat()
        for each in given.values
    )
    return SaidFilter(field=given.field, op=given.operator, values=values, negated=given.negated)


def _said_limit(given: Having) -> SaidLimit:
    return SaidLimit(measure=given.measure.name, op=given.operator, value=given.value)


def _once(items: Any) -> Any:
    return tuple(dict.fromkeys(items))
