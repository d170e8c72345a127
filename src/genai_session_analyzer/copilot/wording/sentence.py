"""A plan as one sentence, for a reader to see what was understood."""

from collections.abc import Iterator

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.catalogue.terms import FINER
from genai_session_analyzer.copilot.compiling import output_columns
from genai_session_analyzer.copilot.plan import MeasureUse, Order, QueryPlan
from genai_session_analyzer.copilot.wording.conditions import filter_words, having_words
from genai_session_analyzer.copilot.wording.names import (
    bucket_words,
    field_words,
    joined,
    measure_words,
    scaled_words,
)
from genai_session_analyzer.copilot.wording.times import range_words

_RATES = ("share_of_total", "share_where", "relative_change")
_GRAINS = {"hour_of_day": "hour of the day"}
_TRANSFORMS = {
    "value": "{}",
    "share_of_total": "{} as a share of the total",
    "running_total": "running total of the {}",
    "moving_average_7": "moving average over 7 periods of the {}",
    "change": "change of the {} from the period before",
    "relative_change": "relative change of the {} from the period before",
}
_COMPARED = {"change": "change of the {}", "relative_change": "relative change of the {}"}


def plan_sentence(plan: QueryPlan, catalogue: Catalogue) -> str:
    """Return a plan in one sentence, ending with a full stop.

    It names everything that changes the numbers: measures, groups, time, conditions, order and
    limit. The plan has to be valid.
    """
    parts = (_subject(plan, catalogue), *_parts(plan, catalogue))
    sentence = ", ".join(part for part in parts if part)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _subject(plan: QueryPlan, catalogue: Catalogue) -> str:
    entity = catalogue.entity(plan.entity)
    if plan.columns:
        names = tuple(field_words(catalogue.field(plan.entity, name)) for name in plan.columns)
        return f"list of {entity.row_word[1]}: {joined(names)}"
    groups = joined(_group_words(plan, catalogue))
    if not plan.measures:
        words = f"distinct values of {groups} of {entity.row_word[1]}"
        return _over_words(plan, catalogue, "") if plan.over_groups else words
    words = joined(tuple(_use_words(plan, use, catalogue) for use in plan.measures))
    if plan.over_groups:
        return _over_words(plan, catalogue, words)
    return f"{words} by {groups}" if groups else words


def _over_words(plan: QueryPlan, catalogue: Catalogue, words: str) -> str:
    """Groups put together, and what they are put together for: `mean per day of the cost`."""
    kept = plan.over_by
    inner = plan.model_copy(
        update={"dimensions": tuple(each for each in plan.dimensions if each not in kept)}
    )
    outer = plan.model_copy(update={"dimensions": kept, "grain": None})
    groups, by = joined(_group_words(inner, catalogue)), joined(_group_words(outer, catalogue))
    start = f"{plan.over_groups} per {groups} of the {words}"
    if plan.over_groups == "count":
        start = f"number of distinct {groups} of {catalogue.entity(plan.entity).row_word[1]}"
    if plan.over_groups == "share":
        start = f"share of {groups}s with {joined(tuple(_having(plan, catalogue)))}"
    return f"{start} by {by}" if by else start


def _use_words(plan: QueryPlan, use: MeasureUse, catalogue: Catalogue) -> str:
    entity = catalogue.entity(plan.entity)
    words = measure_words(catalogue.measure(plan.entity, use.name), entity)
    words = scaled_words(words, use, plan, catalogue)
    only = joined(tuple(filter_words(plan, each, catalogue) for each in use.only))
    if use.over_only:
        others = joined(tuple(filter_words(plan, each, catalogue) for each in use.over_only))
        upper, _, lower = words.partition(" per ")
        return f"{upper} with {only} per {lower} with {others}"
    if use.transform == "share_where":
        counted = words.removeprefix("number of ")
        return f"share of {counted} with {only}"
    if plan.comparison and use.transform in _COMPARED:
        return _COMPARED[use.transform].format(f"{words} with {only}" if only else words)
    said = _TRANSFORMS[use.transform].format(f"{words} with {only}" if only else words)
    within = str(use.within).rpartition(".")[2].replace("_", " ")
    return f"{said} of its {within}" if use.within else said


def _group_words(plan: QueryPlan, catalogue: Catalogue) -> tuple[str, ...]:
    grain = (_GRAINS.get(plan.grain, plan.grain),) if plan.grain else ()
    fields = tuple(
        f"{field_words(catalogue.field(plan.entity, name))}{bucket_words(plan, name)}"
        for name in plan.dimensions
    )
    return (*grain, *fields)


def _parts(plan: QueryPlan, catalogue: Catalogue) -> Iterator[str]:
    if plan.time:
        yield range_words(plan.time)
    if plan.comparison:
        yield f"compared with {range_words(plan.comparison)}"
    filters = tuple(filter_words(plan, each, catalogue) for each in plan.filters)
    if filters:
        yield f"only {joined(filters)}"
    if plan.over_groups != "share":
        yield from (f"only groups with {words}" for words in _having(plan, catalogue))
    yield from _repeated(plan, catalogue)
    if plan.over_groups and plan.grain:
        yield f"{plan.grain}s without {plan.entity} left out"
    yield from _ranked(plan, catalogue)


def _having(plan: QueryPlan, catalogue: Catalogue) -> Iterator[str]:
    """What groups have to meet, each as words: `error rate of generations above 10 %`."""
    for each in plan.having:
        term = catalogue.measure(plan.entity, each.measure.name)
        unit = "rate" if each.measure.transform in _RATES else term.unit
        yield having_words(each, _use_words(plan, each.measure, catalogue), unit)


def _repeated(plan: QueryPlan, catalogue: Catalogue) -> Iterator[str]:
    """Rows that stand in several groups."""
    for name in plan.dimensions:
        field = catalogue.field(plan.entity, name)
        if field.entity in FINER[plan.entity]:
            one = catalogue.entity(plan.entity).row_word[0]
            yield f"each {one} counted once for every {field_words(field)} it has"


def _ranked(plan: QueryPlan, catalogue: Catalogue) -> Iterator[str]:
    if plan.limit_within:
        within = plan.limit_within.rpartition(".")[2].replace("_", " ")
        first = "only the first" if plan.limit == 1 else f"first {plan.limit}"
        yield f"{first} within each {within}"
    elif plan.limit is not None and plan.skip:
        yield (
            f"only number {plan.skip + 1}"
            if plan.limit == 1
            else f"{plan.limit} from number {plan.skip + 1}"
        )
    elif plan.limit is not None:
        yield f"first {plan.limit}" if plan.limit > 1 else "only the first"
    if plan.order:
        yield joined(tuple(_order_words(plan, each, catalogue) for each in plan.order), "then")
    elif plan.measures and _is_ranked(plan):
        yield "highest first"
    elif plan.columns:
        yield "newest first"


def _is_ranked(plan: QueryPlan) -> bool:
    is_grouped = bool(plan.dimensions or (plan.grain and plan.limit is not None))
    return is_grouped and not plan.over_groups and (plan.grain is None or plan.limit is not None)


def _order_words(plan: QueryPlan, each: Order, catalogue: Catalogue) -> str:
    direction = "highest first" if each.descending else "lowest first"
    roles = {column.name: column.role for column in output_columns(plan, catalogue)}
    if plan.measures and each.by == plan.measures[0].name:
        return direction
    if each.by == plan.grain or roles.get(each.by) == "grain":
        return "newest first" if each.descending else "oldest first"
    named = each.by.rpartition(".")[2].replace("_", " ")
    if each.by in (*plan.columns, *plan.dimensions):
        is_time = catalogue.field(plan.entity, each.by).kind in ("date", "time")
        direction = (
            ("latest first" if each.descending else "earliest first") if is_time else direction
        )
    return f"{direction} by {named}"
