"""The rows a plan counts: its source and the conditions on them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.compiling.conditions import filter_sql, time_sql
from genai_session_analyzer.copilot.compiling.finer_rows import (
    finer_conditions,
    finer_join,
    is_finer,
)
from genai_session_analyzer.copilot.compiling.periods import day_fields
from genai_session_analyzer.copilot.compiling.sources import LINKS, Source
from genai_session_analyzer.copilot.plan import MeasureUse, PlanFilter, QueryPlan


@dataclass(frozen=True)
class Rows:
    """A source, and which of its rows are kept."""

    source: Source
    where: tuple[str, ...]


def rows_of(plan: QueryPlan, catalogue: Catalogue) -> Rows:
    """Return the rows that pass the plan's filters and lie in its time, or in either of two."""
    source = Source(catalogue, plan.entity, frozenset(_fields(plan, catalogue)))
    finer = [name for name in plan.dimensions if is_finer(catalogue, plan.entity, name)]
    filters = plan.filters
    if finer:
        join, filters = finer_join(source, tuple(finer), filters)
        source = replace(source, finer_join=join)
    own = [each for each in filters if not is_finer(catalogue, plan.entity, each.field)]
    others = [each for each in filters if each not in own]
    conditions = (
        *_times(plan, source),
        *(filter_sql(source, each) for each in own),
        *finer_conditions(source, others),
        *_known_groups(plan, source),
    )
    return Rows(source, conditions)


def _times(plan: QueryPlan, source: Source) -> tuple[str, ...]:
    first, second = time_sql(source, plan.time), time_sql(source, plan.comparison)
    if plan.comparison is None:
        return () if first is None else (first,)
    return () if first is None or second is None else (f"({first} OR {second})",)


def _known_groups(plan: QueryPlan, source: Source) -> tuple[str, ...]:
    """Where groups are put together into one number, unknown is no group."""
    if plan.over_groups is None:
        return ()
    return tuple(
        f"{source.column(name)} IS NOT NULL"
        for name in plan.dimensions
        if source.field(name).is_nullable and name not in plan.over_by
    )


def uses_of(plan: QueryPlan) -> tuple[MeasureUse, ...]:
    """Return every measure of the plan, shown first, then those of conditions on groups."""
    return (*plan.measures, *(each.measure for each in plan.having))


def _fields(plan: QueryPlan, catalogue: Catalogue) -> Iterator[str]:
    terms = catalogue.entity(plan.entity)
    yield from (*plan.dimensions, *plan.columns)
    if plan.columns and plan.limit_within:
        yield plan.limit_within
    if plan.time or plan.comparison or plan.grain:
        yield from day_fields(terms.time_field)
    measured = (name for use in uses_of(plan) for name in (use.name, use.over) if name)
    for name in (*measured, *(each.by for each in plan.order)):
        if name in terms.measures:
            yield from terms.measures[name].fields
        elif plan.columns:
            yield name
    yield from _filtered(plan, catalogue)


def _filtered(plan: QueryPlan, catalogue: Catalogue) -> Iterator[str]:
    """The fields filtered by; of a finer entity, the key by which its rows belong."""
    only: tuple[PlanFilter, ...] = tuple(each for use in uses_of(plan)
                                          for each in (*use.only, *use.over_only))  # fmt: skip
    for each in (*plan.filters, *only):
        finer = is_finer(catalogue, plan.entity, each.field)
        yield LINKS[plan.entity] if finer else each.field
