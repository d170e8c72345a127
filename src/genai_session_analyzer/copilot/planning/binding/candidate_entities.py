"""Which entities a draft can be bound to, the most fitting first."""

from collections.abc import Iterator

from genai_session_analyzer.copilot.planning.binding.active_signups import is_of_signups
from genai_session_analyzer.copilot.planning.binding.naming import entities_of
from genai_session_analyzer.copilot.planning.drafts import ENTITIES, Draft, Idea
from genai_session_analyzer.copilot.planning.rules.bounds.counted_rows import entities_counted


def candidate_entities(draft: Draft) -> Iterator[str]:
    """Return the entities to try, the most fitting first, each once."""
    return iter(dict.fromkeys(entity for entity in _preferred(draft) if _may_be(draft, entity)))


def _preferred(draft: Draft) -> Iterator[str]:
    if draft.rows_of:
        yield from _of_rows(draft, draft.rows_of)
        return
    if _is_first_seen(draft):
        yield "prompts"
    if _is_of_users(draft):
        yield "users"
        return
    yield from entities_counted(draft)
    if draft.per == "users" and draft.is_active:
        yield "generations"
    of_rows = draft.per == "generations" and any(idea.how for idea in draft.ideas)
    if draft.per and (draft.per in ("sessions", "users", "prompts") or of_rows):
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
    yield from ENTITIES


def _is_of_churned_users(draft: Draft) -> bool:
    """`Cost of users who churned`: of all they did, not of the sessions they left after."""
    has_churned = any(keep.event == "churned" for keep in draft.keeps)
    return has_churned and _mentions(draft, "users") and not _mentions(draft, "sessions")


def _is_of_users(draft: Draft) -> bool:
    """Whether signups are counted, or a part of them, or numbers of a user's lifetime."""
    if is_of_signups(draft):
        return True
    signups = draft.is_signup and _asks_only_for(draft, "users")
    is_lifetime = "lifetime" in draft.tagged.text.split()
    return (signups or is_lifetime) and _may_be(draft, "users")


def _of_rows(draft: Draft, rows_of: str) -> Iterator[str]:
    """Rows of one entity; users by what each of them did in two times are found by that."""
    if draft.each_of or draft.tagged.times.other:
        yield "generations"
    yield rows_of


def _may_be(draft: Draft, entity: str) -> bool:
    """A time of users is when they signed up, of prompts when they were first seen."""
    times = draft.tagged.times
    has_time = bool(times.range or times.grain or times.comparison)
    is_signup = draft.is_signup and not (draft.signup or _is_grouped_by_signup(draft))
    if entity != "users" and (is_signup or _is_of_churned_users(draft)):
        return False
    if entity == "users" and (is_of_signups(draft) or (draft.has_share and times.other)):
        return True
    if entity == "users" and draft.signup and times.grain and not draft.is_active:
        return not (times.range or times.comparison)
    if entity == "users":
        return not has_time or (draft.is_signup and draft.signup is None)
    if entity == "prompts":
        return not has_time or draft.rows_of == "prompts" or _is_first_seen(draft)
    return True


def _is_first_seen(draft: Draft) -> bool:
    """`New prompts`: a time is when they were first seen."""
    named = [p.text for p in draft.sentence.pieces if p.kind == "E" and p.key == "prompts"]
    return any(text.startswith(("new", "brand", "first", "never")) for text in named)


def _is_grouped_by_signup(draft: Draft) -> bool:
    return any(name.startswith(("signup_", "cohort_")) for name in draft.groups)


def _asks_only_for(draft: Draft, counted: str) -> bool:
    ideas: list[Idea] = draft.ideas
    return all(idea.kind == "count" and idea.key == counted for idea in ideas)


def _mentions(draft: Draft, entity: str) -> bool:
    return draft.sentence.has("E", entity)
