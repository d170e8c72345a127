"""From a draft to a plan over the first entity that has all it speaks of."""

from pydantic import ValidationError

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.compiling import PlanError, validate_plan
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import (
    BindError,
    ContradictionError,
    in_words,
)
from genai_session_analyzer.copilot.planning.binding.candidate_entities import candidate_entities
from genai_session_analyzer.copilot.planning.binding.entity_plans import bind_to
from genai_session_analyzer.copilot.planning.binding.failures_by_status import only_failures
from genai_session_analyzer.copilot.planning.drafts import Draft


def bind(draft: Draft, catalogue: Catalogue) -> QueryPlan:
    """Return the plan a draft stands for.

    Raises:
        BindError: No entity has all of it; says what the most fitting one lacks.
    """
    problem: BindError | None = None
    for entity in candidate_entities(draft):
        try:
            plan = only_failures(bind_to(draft, entity, catalogue))
            if draft.skip != plan.skip:
                raise ContradictionError("what is to be ranked was not said")
            validate_plan(plan, catalogue)
        except ContradictionError:
            raise
        except BindError as found:
            problem = problem or found
        except (PlanError, ValidationError) as found:
            problem = problem or BindError(in_words(found))
        else:
            return plan
    if draft.is_signup and problem is None:
        raise BindError("when those users signed up was not said")
    raise problem or BindError("nothing in it can be counted or listed")
