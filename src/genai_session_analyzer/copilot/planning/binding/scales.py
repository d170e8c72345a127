"""The unit that numbers are asked for in, and what they are divided by."""

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.compiling.scaling import can_be_shown_in
from genai_session_analyzer.copilot.plan import MeasureUse, QueryPlan, TimeUnit
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.binder import Binder
from genai_session_analyzer.copilot.planning.binding.filters import keep_filter


def scaled(binder: Binder, plan: QueryPlan) -> QueryPlan:
    """Return the plan with its measures in the unit of time asked for, over another measure.

    Raises:
        BindError: A unit of time is asked for, and no number is a time.
    """
    draft = binder.draft
    if draft.ratio_of:
        plan = _of_two_values(binder, plan)
    if draft.unit is None and draft.divided_by is None:
        return plan
    uses = [_in_unit(binder, use) for use in plan.measures]
    if draft.unit and not any(_is_time(binder, use) for use in plan.measures):
        raise BindError(f"nothing in it is measured in {draft.unit}")
    if draft.divided_by:
        over = binder.measure(draft.divided_by)
        parts = {"over": over, "per_many": draft.per_many}
        uses = [MeasureUse.model_validate(use.model_dump() | parts) for use in uses]
    return plan.model_copy(update={"measures": tuple(uses)})


def _of_two_values(binder: Binder, plan: QueryPlan) -> QueryPlan:
    """One measure over rows with one value, divided by that over rows with another."""
    if len(plan.measures) != 1 or plan.measures[0].transform != "value":
        raise BindError("a ratio of what")
    upper, lower = (
        keep_filter(keep, binder.entity, binder.catalogue) for keep in binder.draft.ratio_of
    )
    name = plan.measures[0].name
    use = MeasureUse(name=name, only=(upper,), over=name, over_only=(lower,))
    return plan.model_copy(update={"measures": (use,)})


def check_listed_unit(binder: Binder, columns: tuple[str, ...]) -> None:
    """Rows are listed in the units of the data; raise BindError where another one is asked for."""
    unit = binder.draft.unit
    known = [binder.catalogue.field(binder.entity, name).unit for name in columns]
    if unit and unit not in known:
        raise BindError(f"rows are listed in the units of the data, not in {unit}")


def _is_time(binder: Binder, use: MeasureUse) -> bool:
    term = binder.catalogue.measure(binder.entity, use.name)
    return can_be_shown_in(term.unit, str(binder.draft.unit))


def _in_unit(binder: Binder, use: MeasureUse) -> MeasureUse:
    unit = binder.draft.unit
    if unit is None or not _is_time(binder, use):
        return use
    same = binder.catalogue.measure(binder.entity, use.name).unit == unit
    return use if same else MeasureUse.model_validate(use.model_dump() | {"unit": unit})


def in_unit(plan: QueryPlan, unit: TimeUnit | None, catalogue: Catalogue) -> QueryPlan:
    """Return a plan with its times in a unit; raise BindError where it has none."""
    if unit is None:
        return plan
    units = [catalogue.measure(plan.entity, use.name).unit for use in plan.measures]
    if not any(can_be_shown_in(each, unit) for each in units):
        raise BindError(f"nothing in it is measured in {unit}")
    uses = tuple(
        use.model_copy(update={"unit": None if each == unit else unit})
        if can_be_shown_in(each, unit) else use
        for use, each in zip(plan.measures, units, strict=True)
    )  # fmt: skip
    return plan.model_copy(update={"measures": uses})
