"""The same plan over another entity, where a follow-up asks for what the first does not have."""

from collections.abc import Iterator

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import PlanFilter, QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.naming import entities_of, field_name
from genai_session_analyzer.copilot.planning.drafts import Draft


def entities_for(draft: Draft, previous: QueryPlan, catalogue: Catalogue) -> Iterator[str]:
    """Yield the entities the changed plan may be over: the one before first, each once."""
    others = [entity for idea in draft.ideas for entity in entities_of(idea)]
    if previous.entity in ("users", "prompts") and (
        draft.tagged.times.range or draft.tagged.times.grain or draft.keeps
    ):
        others.append("generations")
    yield from dict.fromkeys((previous.entity, *others))


def moved(plan: QueryPlan, entity: str, catalogue: Catalogue) -> QueryPlan:
    """Return the plan over another entity, its measures under their names there.

    Raises:
        BindError: The other entity has no such field or measure.
    """
    if entity == plan.entity:
        return plan
    if plan.columns or plan.having or any(use.only for use in plan.measures):
        raise BindError(f"the question before is about {plan.entity}")
    terms = catalogue.entity(entity)
    known = {"user_count": "active_users", "prompt_count": "prompt_count"}
    measures = tuple(
        use.model_copy(update={"name": known.get(use.name, use.name)}) for use in plan.measures
    )
    kept = tuple(use for use in measures if use.name in terms.measures)
    return plan.model_copy(
        update={
            "entity": entity,
            "measures": kept,
            "dimensions": tuple(_field(name, entity, catalogue) for name in plan.dimensions),
            "filters": tuple(_filter(each, entity, catalogue) for each in plan.filters),
            "order": (),
        }
    )


def _filter(each: PlanFilter, entity: str, catalogue: Catalogue) -> PlanFilter:
    return each.model_copy(update={"field": _field(each.field, entity, catalogue)})


def _field(name: str, entity: str, catalogue: Catalogue) -> str:
    found = field_name(name.rpartition(".")[2], entity, catalogue)
    if found is None:
        raise BindError(f"{entity} have no {name.replace('_', ' ')}")
    return found
