"""Whether a plan can be answered from the catalogue."""

from collections.abc import Iterator

from genai_session_analyzer.copilot.catalogue import Catalogue, FieldTerm
from genai_session_analyzer.copilot.catalogue.terms import FINER, FieldMissingError
from genai_session_analyzer.copilot.compiling.buckets import bucket_problems
from genai_session_analyzer.copilot.compiling.columns import output_columns
from genai_session_analyzer.copilot.compiling.finer_rows import is_finer
from genai_session_analyzer.copilot.compiling.group_problems import ADDABLE, group_problems
from genai_session_analyzer.copilot.compiling.literals import literal, text_literal
from genai_session_analyzer.copilot.compiling.periods import CYCLIC, WITHIN_A_DAY
from genai_session_analyzer.copilot.compiling.plan_error import PlanError
from genai_session_analyzer.copilot.compiling.rows import uses_of
from genai_session_analyzer.copilot.compiling.scaling import can_be_shown_in
from genai_session_analyzer.copilot.plan import (
    TEXT_OPERATORS,
    MeasureUse,
    PlanFilter,
    QueryPlan,
)
from genai_session_analyzer.errors import UnknownNameError

_IN_TIME = ("running_total", "moving_average_7", "change", "relative_change")
_ADDED_UP = ("share_of_total", "share_where", "running_total")
_ORDERED_KINDS = ("number", "date", "time")


def validate_plan(plan: QueryPlan, catalogue: Catalogue) -> None:
    """Check a plan against the catalogue.

    Raises:
        PlanError: A name or value does not exist (with the closest one that does), the build lacks
            a feature, or what is asked for has no meaning.
    """
    try:
        problem = next(_problems(plan, catalogue), None)
    except (UnknownNameError, FieldMissingError) as unknown:
        raise PlanError(str(unknown)) from unknown
    if problem:
        raise PlanError(problem)


def _problems(plan: QueryPlan, catalogue: Catalogue) -> Iterator[str]:
    for name in (*plan.dimensions, *plan.columns):
        catalogue.field(plan.entity, name)
    yield from _finer_problems(plan, catalogue)
    for use in uses_of(plan):
        yield from _use_problems(plan, use, catalogue)
    only = (each for use in uses_of(plan) for each in (*use.only, *use.over_only))
    for each in (*plan.filters, *only):
        yield from _filter_problems(plan, each, catalogue)
    yield from _shape_problems(plan, catalogue)
    yield from _order_problems(plan, catalogue)


def _finer_problems(plan: QueryPlan, catalogue: Catalogue) -> Iterator[str]:
    within = (plan.limit_within,) if plan.columns and plan.limit_within else ()
    for name in (*plan.columns, *within):
        if is_finer(catalogue, plan.entity, name):
            yield f"{name} has many values for one of the {plan.entity}; list {name} itself."
    fields = [catalogue.field(plan.entity, name) for name in plan.dimensions]
    if len({each.entity for each in fields} & set(FINER[plan.entity])) > 1:
        yield "Group by fields of one finer entity only."


def _use_problems(plan: QueryPlan, use: MeasureUse, catalogue: Catalogue) -> Iterator[str]:
    term = catalogue.measure(plan.entity, use.name)
    yield from _scale_problems(plan, use, catalogue)
    is_compared = plan.comparison is not None and use.transform in ("change", "relative_change")
    if use.transform in _IN_TIME and plan.grain is None and not is_compared:
        yield f"{use.transform} of {use.name} goes along time: add a grain such as day."
    if use.transform in _ADDED_UP and term.kind not in ADDABLE:
        yield f"{use.name} does not add up, so it has no {use.transform}; use a count or a total."
    if use.transform == "running_total" and not term.additive:
        yield f"{use.name} of several periods is not their sum, so it has no running total."
    if use.within and (
        use.transform != "share_of_total" or use.within not in (plan.grain, *plan.dimensions)
    ):
        yield f"within {use.within} is for a share_of_total, of a grain or dimension of the plan."
    if use.transform == "share_where" and not use.only:
        yield f"share_where of {use.name} needs a condition in `only`."
    if use.transform not in ("value", "share_where") and plan.comparison and not is_compared:
        yield f"{use.transform} of {use.name} cannot be combined with a comparison."


def _scale_problems(plan: QueryPlan, use: MeasureUse, catalogue: Catalogue) -> Iterator[str]:
    unit = catalogue.measure(plan.entity, use.name).unit
    if use.unit and not can_be_shown_in(unit, use.unit):
        yield f"{use.name} is no time, so it cannot be shown in {use.unit}."
    if use.over_only and not use.over:
        yield f"over_only of {use.name} needs a measure to divide by."
    if use.per_many > 1 and not use.over:
        yield f"per_many of {use.name} needs a measure to divide by."
    if use.over:
        catalogue.measure(plan.entity, use.over)
        if use.transform != "value":
            yield f"{use.name} over {use.over} has no {use.transform}."


def _filter_problems(plan: QueryPlan, each: PlanFilter, catalogue: Catalogue) -> Iterator[str]:
    field = catalogue.field(plan.entity, each.field)
    if each.negated and not is_finer(catalogue, plan.entity, each.field):
        yield f"Only rows of a finer entity can be absent: use not_in for {each.field}."
    if each.other_field or each.than_mean:
        yield from _relative_problems(plan, each, catalogue)
        return
    if each.operator in ("at_least", "above", "at_most", "below", "within"):
        if field.kind not in _ORDERED_KINDS:
            yield f"{each.field} has no order; use in."
    elif each.operator in TEXT_OPERATORS:
        if field.kind not in ("text", "category"):
            yield f"{each.field} is no text; use in."
        for value in each.values:
            text_literal(field, str(value))
        return
    for value in each.values:
        literal(field, value)
        _check_value(field, value)


def _relative_problems(plan: QueryPlan, each: PlanFilter, catalogue: Catalogue) -> Iterator[str]:
    field = catalogue.field(plan.entity, each.field)
    other = catalogue.field(plan.entity, each.other_field or each.field)
    if {field.kind, other.kind} != {"number"} or field.is_computed or other.is_computed:
        yield f"{each.field} and {other.name} are not both numbers, so they are not compared."
    if field.table_name != other.table_name:
        yield f"{each.field} and {other.name} are not of the same row."


def _check_value(field: FieldTerm, value: object) -> None:
    if field.kind == "category" and field.values and value not in field.values:
        raise UnknownNameError(f"value of {field.name}", str(value), field.values)


def _shape_problems(plan: QueryPlan, catalogue: Catalogue) -> Iterator[str]:
    time_field = catalogue.field(plan.entity, catalogue.entity(plan.entity).time_field)
    if plan.grain in WITHIN_A_DAY and time_field.kind == "date":
        yield f"{time_field.name} is a day: {plan.entity} have no {plan.grain}."
    if plan.comparison and plan.grain and plan.grain not in CYCLIC:
        yield f"Two times cannot be compared {plan.grain} by {plan.grain}: leave out one of both."
    if plan.comparison and (plan.over_groups or not plan.measures):
        yield "A comparison needs measures, and shows them by group."
    if plan.comparison and any(each.measure.transform in _IN_TIME for each in plan.having):
        yield "Of two times, groups are kept by what a measure is in the later one."
    yield from group_problems(plan, catalogue)
    yield from bucket_problems(plan, catalogue)


def _order_problems(plan: QueryPlan, catalogue: Catalogue) -> Iterator[str]:
    if plan.columns:
        for each in plan.order:
            if is_finer(catalogue, plan.entity, each.by):
                yield f"{each.by} has many values for one of the {plan.entity}."
        return
    shown = {
        each.name
        for each in output_columns(plan.model_copy(update={"over_groups": None}), catalogue)
    }
    measures = catalogue.entity(plan.entity).measures if plan.measures else {}
    known = {*shown, *plan.dimensions, *measures}
    for each in plan.order:
        if each.by not in known:
            raise UnknownNameError("sort key", each.by, {*shown, *plan.dimensions})
        hidden = each.by in measures and each.by not in shown
        if hidden and plan.comparison and each.by not in {use.name for use in plan.measures}:
            yield f"Show {each.by} to sort by it."
