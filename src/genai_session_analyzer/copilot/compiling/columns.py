"""The columns a plan's answer has, and what they are called."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.compiling.scaling import scaled_name
from genai_session_analyzer.copilot.plan import MeasureUse, PlanFilter, QueryPlan

Role = Literal["grain", "dimension", "measure", "column"]
_SUFFIXES = {"value": "", "share_of_total": "_share", "share_where": "_share"}
_LONGEST_CONDITION = 30


@dataclass(frozen=True)
class OutputColumn:
    """A column of an answer.

    Attributes:
        name: What it is called in the result.
        role: What the plan has it for.
        term: The measure, field or grain it shows.
        unit: What its values are measured in; `rate` for a share of 0-1, empty for none.
    """

    name: str
    role: Role
    term: str
    unit: str


def output_columns(plan: QueryPlan, catalogue: Catalogue) -> tuple[OutputColumn, ...]:
    """Return the columns of a plan's result, in order.

    The plan has to be valid.
    """
    dimensions = [
        OutputColumn(name, "dimension", field, catalogue.field(plan.entity, field).unit)
        for name, field in zip(dimension_names(plan), plan.dimensions, strict=True)
    ]
    kept = tuple(each for each in dimensions if each.term in plan.over_by)
    if plan.over_groups == "count":
        return (*kept, OutputColumn("group_count", "measure", "", "groups"))
    if plan.over_groups == "share":
        return (*kept, OutputColumn("group_share", "measure", "", "rate"))
    measures = [each for pair in _measures(plan, catalogue) for each in pair]
    if plan.over_groups:
        reduced = (
            OutputColumn(f"{plan.over_groups}_{each.name}", "measure", each.term, each.unit)
            for each in measures
        )
        return (*kept, *reduced)
    grain = [OutputColumn(plan.grain, "grain", plan.grain, "")] if plan.grain else []
    listed = [
        OutputColumn(name, "column", field, catalogue.field(plan.entity, field).unit)
        for name, field in zip(plain_names(plan.columns), plan.columns, strict=True)
    ]
    return (*grain, *dimensions, *measures, *listed)


def _measures(plan: QueryPlan, catalogue: Catalogue) -> Iterable[tuple[OutputColumn, ...]]:
    for name, use in zip(measure_names(plan.measures), plan.measures, strict=True):
        unit = unit_of_use(use, catalogue, plan)
        is_whole = plan.comparison is not None and use.transform in ("value", "share_where")
        ends = ("", "_before", "_change") if is_whole else ("",)
        yield tuple(OutputColumn(f"{name}{end}", "measure", use.name, unit) for end in ends)


def unit_of_use(use: MeasureUse, catalogue: Catalogue, plan: QueryPlan) -> str:
    """Return what a measure is measured in after its transform."""
    if use.transform in ("share_of_total", "share_where", "relative_change"):
        return "rate"
    unit = use.unit or catalogue.measure(plan.entity, use.name).unit
    if use.over is None:
        return unit
    other = catalogue.measure(plan.entity, use.over).unit
    return "" if unit == other else f"{unit} per {other.removesuffix('s')}"


def dimension_names(plan: QueryPlan) -> tuple[str, ...]:
    """Return what the dimensions are called in the result."""
    ranged = {each.field for each in plan.buckets}
    names = zip(plan.dimensions, plain_names(plan.dimensions), strict=True)
    return tuple(f"{name}_from" if field in ranged else name for field, name in names)


def plain_names(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields' names without their entity where that stays clear."""
    plain = [name.rpartition(".")[2] for name in fields]
    return tuple(
        full.replace(".", "_") if plain.count(name) > 1 else name
        for full, name in zip(fields, plain, strict=True)
    )


def measure_names(uses: tuple[MeasureUse, ...]) -> tuple[str, ...]:
    """Return what each use of a measure is called: the measure, its condition, its transform."""
    names: list[str] = []
    for use in uses:
        wanted = f"{base_name(use)}{_SUFFIXES.get(use.transform, f'_{use.transform}')}"
        count = sum(1 for name in names if name == wanted or name.startswith(f"{wanted}__"))
        names.append(f"{wanted}__{count + 1}" if count else wanted)
    return tuple(names)


def base_name(use: MeasureUse) -> str:
    """Return what a use is called before its transform: `generation_count_mobile`."""
    condition = "_".join(_condition_word(each) for each in use.only)[:_LONGEST_CONDITION]
    if use.over_only:
        condition = f"{condition}_to_{'_'.join(_condition_word(each) for each in use.over_only)}"
        return f"ratio_{condition}"
    return f"{scaled_name(use)}_{condition}".strip("_")


def _condition_word(each: PlanFilter) -> str:
    words = [str(value) for value in each.values if isinstance(value, str)]
    field = each.field.rpartition(".")[2]
    text = "_".join(words) if each.operator == "in" and words else f"{field}_{each.operator}"
    if each.operator == "in" and not words:
        text = field
    return re.sub(r"\W+", "_", text.lower()).strip("_")
