"""The first SELECT of a plan with measures: one row per group."""

from dataclasses import dataclass

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.compiling.buckets import bucket_sql
from genai_session_analyzer.copilot.compiling.columns import dimension_names, measure_names
from genai_session_analyzer.copilot.compiling.conditions import COMPARED, filter_sql, time_sql
from genai_session_analyzer.copilot.compiling.finer_rows import finer_conditions, is_finer
from genai_session_analyzer.copilot.compiling.measure_sql import measure_tree, measured
from genai_session_analyzer.copilot.compiling.periods import (
    WEEKDAY_NUMBER,
    period_sql,
    weekday_number_sql,
)
from genai_session_analyzer.copilot.compiling.rows import Rows, rows_of, uses_of
from genai_session_analyzer.copilot.compiling.scaling import per_sql, scaled_sql
from genai_session_analyzer.copilot.compiling.select_text import Item, Select, indented
from genai_session_analyzer.copilot.compiling.sources import Source
from genai_session_analyzer.copilot.plan import Having, MeasureUse, PlanFilter, QueryPlan, TimeRange

_LONGEST = 85
_COMPUTED = (")", "::DATE", " END")
_BREAK = "\n    "
ALONG = ("share_of_total", "running_total", "moving_average_7", "change", "relative_change")
"""Transforms that look at other groups."""


@dataclass(frozen=True)
class Groups:
    """A plan's groups: what they are grouped by, and what is measured of each."""

    plan: QueryPlan
    catalogue: Catalogue
    rows: Rows

    @property
    def source(self) -> Source:
        """Where the rows come from."""
        return self.rows.source

    @property
    def keys(self) -> tuple[Item, ...]:
        """What is grouped by: the period, then the dimensions."""
        names = dimension_names(self.plan)
        dimensions = zip(self.plan.dimensions, names, strict=True)
        items = [Item(self._key_sql(field), name) for field, name in dimensions]
        if self.plan.grain is None:
            return tuple(items)
        return (Item(period_sql(self.source, self.plan.grain), self.plan.grain), *items)

    def _key_sql(self, field: str) -> str:
        column = self.source.column(field)
        buckets = (each for each in self.plan.buckets if each.field == field)
        return next((bucket_sql(each, column) for each in buckets), column)

    @property
    def key_names(self) -> tuple[str, ...]:
        """What the keys are called."""
        return tuple(item.name for item in self.keys)

    @property
    def by_weekday(self) -> tuple[Item, ...]:
        """The number to sort weekdays by, where those are grouped by."""
        is_weekday = self.plan.grain == "weekday"
        return (Item(weekday_number_sql(self.source), WEEKDAY_NUMBER),) if is_weekday else ()

    @property
    def grouped_by(self) -> tuple[str, ...]:
        """The text of GROUP BY: columns, and the names of what is computed."""
        keys = (item.name if item.sql.endswith(_COMPUTED) else item.sql for item in self.keys)
        return (*keys, *(item.sql for item in self.by_weekday))

    @property
    def base_uses(self) -> tuple[MeasureUse, ...]:
        """Every number needed of a group by itself, each once; transforms along groups come later.

        Of measures that only sort or select the groups too.
        """
        sorted_by = [MeasureUse(name=name) for name in unshown_order(self.plan, self.catalogue)]
        uses = [base_use(use) for use in (*uses_of(self.plan), *sorted_by)]
        return tuple(dict.fromkeys(uses))

    def name_of(self, use: MeasureUse) -> str:
        """Return what the number of `base_uses` behind a measure is called."""
        return measure_names(self.base_uses)[self.base_uses.index(base_use(use))]

    def measure_sql(self, use: MeasureUse, time: TimeRange | None = None) -> str:
        """Return a measure of a group as SQL, over the rows of a time range if one is given."""
        conditions = [] if time is None else [time_sql(self.source, time)]
        within = [each for each in conditions if each is not None]
        only = self._passing(use.only)
        if use.transform != "share_where":
            return self._measured(use, [*within, *only])
        part, whole = self._measured(use, [*within, *only]), self._measured(use, within)
        is_long = len(part) + len(whole) > _LONGEST
        return f"{part}{_BREAK if is_long else ' '}/ NULLIF({whole}, 0)"

    def _passing(self, filters: tuple[PlanFilter, ...]) -> list[str]:
        words, entity = self.catalogue, self.plan.entity
        finer = [each for each in filters if is_finer(words, entity, each.field)]
        own = [filter_sql(self.source, each) for each in filters if each not in finer]
        return [*own, *finer_conditions(self.source, finer)]

    def _measured(self, use: MeasureUse, conditions: list[str]) -> str:
        condition = " AND ".join(conditions) or None
        term = self.catalogue.measure(self.plan.entity, use.name)
        sql = scaled_sql(self._plain(use.name, condition), term.unit, use.unit)
        if use.over_only:
            own = self._passing(use.only)
            others = [each for each in conditions if each not in own]
            condition = " AND ".join((*others, *self._passing(use.over_only)))
        if use.over is None:
            return sql
        return per_sql(sql, self._plain(use.over, condition), use.per_many)

    def _plain(self, name: str, condition: str | None) -> str:
        term = self.catalogue.measure(self.plan.entity, name)
        fields = tuple(self.source.field(field) for field in term.fields)
        columns = {field: self.source.column(field) for field in term.fields}
        return measured(measure_tree(term, fields), columns, condition)

    def select(self) -> Select:
        """Return the SELECT of keys and base measures: one row per group, unsorted."""
        return Select(
            items=(*self.keys, *self.by_weekday, *self._base_items()),
            source=self.source.text,
            where=self.rows.where,
            group_by=self.grouped_by,
        )

    def _base_items(self) -> tuple[Item, ...]:
        uses = [(self.name_of(use), use) for use in self.base_uses]
        if self.plan.comparison is None:
            return tuple(Item(self.measure_sql(use), name) for name, use in uses)
        times = (("", self.plan.time), ("_before", self.plan.comparison))
        return tuple(
            Item(self.measure_sql(use, time), f"{name}{end}")
            for name, use in uses
            for end, time in times
        )

    def having_sql(self, each: Having) -> str:
        """Return a condition on groups over the measure itself."""
        if each.than_overall:
            sign = COMPARED[each.operator]
            return f"{self.measure_sql(each.measure)} {sign} {self._overall_sql(each.measure)}"
        return compared(self.measure_sql(each.measure), each)

    def _overall_sql(self, use: MeasureUse) -> str:
        """The measure over all rows that are grouped."""
        plan = QueryPlan(
            entity=self.plan.entity, measures=(use,), filters=self.plan.filters, time=self.plan.time
        )
        whole = Groups(plan, self.catalogue, rows_of(plan, self.catalogue))
        select = Select(items=(Item(whole.measure_sql(use), use.name),), source=whole.source.text,
                        where=whole.rows.where)  # fmt: skip
        return f"(\n{indented(select.text)}\n)"


def base_use(use: MeasureUse) -> MeasureUse:
    """Return the measure without a transform that looks at other groups."""
    return use.model_copy(update={"transform": "value"}) if use.transform in ALONG else use


def compared(sql: str, each: Having) -> str:
    """Return the condition that a number meets."""
    if each.operator in COMPARED:
        value = int(each.value) if each.value.is_integer() else each.value
        return f"{sql} {COMPARED[each.operator]} {value}"
    return f"{sql} {'=' if each.operator == 'in' else '<>'} {each.value:g}"


def unshown_order(plan: QueryPlan, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the measures that the plan sorts by and does not show."""
    measures = catalogue.entity(plan.entity).measures
    shown = {*measure_names(plan.measures), *(use.name for use in plan.measures)}
    keys = {*plan.dimensions, *dimension_names(plan), *([plan.grain] if plan.grain else [])}
    return tuple(
        each.by for each in plan.order if each.by in measures and each.by not in shown | keys
    )
