"""From a draft to a plan over the first entity that has all it speaks of."""

from collections.abc import Iterator

from pydantic import ValidationError

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.compiling import PlanError, validate_plan
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.binding.bound_filters import (
    BindError,
    ContradictionError,
)
from genai_session_analyzer.copilot.planning.binding.bound_plan import bind_to
from genai_session_analyzer.copilot.planning.binding.naming import entities_of
from genai_session_analyzer.copilot.planning.drafts import Draft, Idea

ALL = ("generations", "sessions", "users", "prompts")


def bind(draft: Draft, catalogue: Catalogue) -> QueryPlan:
    """Return the plan a draft stands for.

    Raises:
        BindError: No entity has all of it; says what the most fitting one lacks.
    """
    problem: BindError | None = None
    for entity in _candidates(draft):
        try:
            plan = bind_to(draft, entity, catalogue)
            if draft.skip != plan.skip:
                raise ContradictionError("what is to be ranked was not said")
            validate_plan(plan, catalogue)
        except ContradictionError:
            raise
        except BindError as found:
            problem = problem or found
        except (PlanError, ValidationError) as found:
            problem = problem or BindError(str(found).splitlines()[0])
        else:
            return plan
    if draft.is_signup and problem is None:
        raise BindError("when those users signed up was not said")
    raise problem or BindError("nothing in it can be counted or listed")


def _candidates(draft: Draft) -> Iterator[str]:
    """Entities to try, the most fitting first, each once."""
    return iter(dict.fromkeys(entity for entity in _preferred(draft) if _may_be(draft, entity)))


def _preferred(draft: Draft) -> Iterator[str]:
    if draft.rows_of:
        yield draft.rows_of
        return
    if draft.is_signup and _asks_only_for(draft, "users") and _may_be(draft, "users"):
        yield "users"
        return
    if "lifetime" in draft.tagged.text.split() and _may_be(draft, "users"):
        yield "users"
        return
    if draft.per == "users" and draft.is_active:
        yield "generations"
    if draft.per in ("sessions", "users", "prompts"):
        yield draft.per
    if draft.of_entity:
        yield draft.of_entity
    if _mentions(draft, "sessions") and any(idea.how for idea in draft.ideas):
        yield "sessions"
    ideas = [*draft.ideas, *([draft.rank.idea] if draft.rank and draft.rank.idea else [])]
    if _asks_only_for(draft, "users") and draft.is_active:
        yield "generations"
    for idea in ideas:
        yield from entities_of(idea)
    yield from ALL


def _may_be(draft: Draft, entity: str) -> bool:
    """A time of users is when they signed up, of prompts when they were first seen."""
    times = draft.tagged.times
    has_time = bool(times.range or times.grain or times.comparison)
    if entity != "users" and draft.is_signup and not (draft.signup or _is_grouped_by_signup(draft)):
        return False
    if entity == "users" and draft.signup and times.grain and not draft.is_active:
        return not (times.range or times.comparison)
    if entity == "users":
        return not has_time or (draft.is_signup and draft.signup is None)
    if entity == "prompts":
        return not has_time or draft.rows_of == "prompts"
    return True


def _is_grouped_by_signup(draft: Draft) -> bool:
    return any(name.startswith(("signup_", "cohort_")) for name in draft.groups)


def _asks_only_for(draft: Draft, counted: str) -> bool:
    ideas: list[Idea] = draft.ideas
    return all(idea.kind == "count" and idea.key == counted for idea in ideas)


def _mentions(draft: Draft, entity: str) -> bool:
    return draft.sentence.has("E", entity)
