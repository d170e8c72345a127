"""The whole statement of a plan."""

from dataclasses import replace

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.compiling.columns import measure_names
from genai_session_analyzer.copilot.compiling.groups import Groups, unshown_order
from genai_session_analyzer.copilot.compiling.listing import listed_rows
from genai_session_analyzer.copilot.compiling.ordering import order_of, order_sql
from genai_session_analyzer.copilot.compiling.rows import rows_of
from genai_session_analyzer.copilot.compiling.select_text import Item, Select
from genai_session_analyzer.copilot.compiling.stages import is_staged, staged
from genai_session_analyzer.copilot.compiling.validation import validate_plan
from genai_session_analyzer.copilot.plan import MeasureUse, QueryPlan


def plan_sql(plan: QueryPlan, catalogue: Catalogue) -> str:
    """Return a plan as one DuckDB SELECT over the documented tables, without a semicolon.

    Columns are those of `output_columns`. Rows come in a full order: the one asked for, else by
    time, else by the first measure, descending; then by the groups' names.

    Raises:
        PlanError: The plan names what does not exist, or asks for what has no meaning.
    """
    validate_plan(plan, catalogue)
    rows = rows_of(plan, catalogue)
    if plan.columns:
        return listed_rows(plan, catalogue, rows).text
    groups = Groups(plan, catalogue, rows)
    if _counts_one_field(plan):
        return _distinct_count(groups).text
    if is_staged(groups):
        return staged(groups).text
    return _grouped(groups).text


def _counts_one_field(plan: QueryPlan) -> bool:
    is_plain = not (plan.measures or plan.grain or plan.having or plan.limit)
    is_plain = is_plain and not plan.over_by
    return is_plain and plan.over_groups == "count" and len(plan.dimensions) == 1


def _distinct_count(groups: Groups) -> Select:
    known = tuple(each for each in groups.rows.where if each != f"{groups.keys[0].sql} IS NOT NULL")
    item = Item(f"COUNT(DISTINCT {groups.keys[0].sql})", "group_count")
    return Select(items=(item,), source=groups.source.text, where=known)


def _grouped(groups: Groups) -> Select:
    """One SELECT: keys, measures, conditions on the groups."""
    plan = groups.plan
    shown = zip(measure_names(plan.measures), plan.measures, strict=True)
    measures = tuple(Item(groups.measure_sql(use), name) for name, use in shown)
    weekday = groups.by_weekday[0].sql if groups.by_weekday else ""
    select = Select(
        items=(*groups.keys, *measures),
        source=groups.source.text,
        where=groups.rows.where,
        group_by=groups.grouped_by,
        having=tuple(map(groups.having_sql, plan.having)),
        limit=plan.limit,
        skip=plan.skip,
    )
    if not groups.keys:
        return replace(select, limit=None)
    unshown = _unshown(groups)
    keys = tuple((unshown.get(name, name), descending) for name, descending in order_of(groups))
    return replace(select, order_by=order_sql(keys, weekday))


def _unshown(groups: Groups) -> dict[str, str]:
    """The measures that only sort, by name."""
    names = unshown_order(groups.plan, groups.catalogue)
    return {name: groups.measure_sql(MeasureUse(name=name)) for name in names}
