"""What the measures of a plan mean."""

from collections.abc import Iterator
from dataclasses import dataclass

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.compiling import output_columns
from genai_session_analyzer.copilot.plan import MeasureUse, QueryPlan

_TRANSFORMS = {
    "value": "",
    "share_of_total": "as a share of the sum over all groups",
    "share_where": "over the rows of the condition, as a share of the same over all rows",
    "running_total": "added up along time",
    "moving_average_7": "mean of this period and the 6 before it that have rows",
    "change": "less the period before",
    "relative_change": "relative to the period before, 0.1 = 10 % more",
}


@dataclass(frozen=True)
class Definition:
    """What a measure of an answer means, how it is computed and in which unit."""

    name: str
    description: str
    formula: str
    unit: str


def plan_definitions(plan: QueryPlan, catalogue: Catalogue) -> tuple[Definition, ...]:
    """Return the definition of each measure of a plan, shown or only a condition, each once."""
    units = {each.term: each.unit for each in output_columns(plan, catalogue)}
    uses = (*plan.measures, *(each.measure for each in plan.having))
    found = {(use.name, use.transform): _definition(plan, use, catalogue, units) for use in uses}
    return tuple(found.values())


def _definition(
    plan: QueryPlan, use: MeasureUse, catalogue: Catalogue, units: dict[str, str]
) -> Definition:
    term = catalogue.measure(plan.entity, use.name)
    return Definition(
        name=use.name,
        description=", ".join(_parts(term.description, use)),
        formula=term.formula,
        unit=units.get(use.name, term.unit),
    )


def _parts(description: str, use: MeasureUse) -> Iterator[str]:
    yield description
    if _TRANSFORMS[use.transform]:
        yield _TRANSFORMS[use.transform]
