"""From ideas and words to the names of one entity's measures and fields."""

from collections.abc import Mapping
from typing import Any

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.catalogue.terms import COARSER, FINER
from genai_session_analyzer.copilot.planning.drafts import ENTITIES, Idea
from genai_session_analyzer.copilot.planning.words.lexicon import entries

COUNTS: Mapping[str, Mapping[str, str]] = {
    "generations": {"generations": "generation_count", "sessions": "generation_count",
                    "users": "total_generations", "prompts": "total_times_used"},
    "sessions": {"sessions": "session_count", "generations": "session_count",
                 "users": "total_sessions"},
    "users": {"users": "user_count", "generations": "active_users", "sessions": "active_users"},
    "prompts": {"prompts": "prompt_count", "generations": "prompt_count"},
}  # fmt: skip
"""By what is counted, then the entity of the plan: the measure."""

COUNT_COLUMNS: Mapping[str, Mapping[str, str]] = {
    "generations": {"users": "total_generations", "sessions": "generation_count",
                    "prompts": "times_used"},
    "sessions": {"users": "total_sessions"},
    "users": {"prompts": "user_count"},
}  # fmt: skip
"""By what is counted, then the entity of the plan: the column of a row that holds the number."""

KEYS: Mapping[str, str] = {
    "users": "user_id", "sessions": "session_id", "prompts": "prompt_text",
    "generations": "generation_id",
}  # fmt: skip


def measure_name(idea: Idea, entity: str, catalogue: Catalogue) -> str | None:
    """Return the measure of an entity that an idea means; None where it has none."""
    found = _wanted(idea, entity)
    is_known = found is not None and found in catalogue.entity(entity).measures
    return found if is_known else None


def _wanted(idea: Idea, entity: str) -> str | None:
    if idea.kind == "distinct":
        return f"distinct_{idea.key}"
    if idea.kind == "count":
        return COUNTS[idea.key].get(entity) if idea.how in (None, "total") else None
    if idea.kind == "quantity":
        return _of_quantity(idea, entity)
    spec = entries("lexicon")["events"][idea.key]
    name: str | None = spec.get("rate" if idea.kind == "rate" else "count")
    if idea.how in (None, "total"):
        return name
    column = column_name(idea, entity)  # "the maximum number of timeouts in a session"
    return f"{idea.how}_{column}" if column else None


def _of_quantity(idea: Idea, entity: str) -> str | None:
    if idea.key.startswith("measure "):
        named = idea.key.removeprefix("measure ")
        return named if idea.how in (None, "total") else f"{idea.how}_{named}"
    spec = entries("lexicon")["quantities"][idea.key]
    fixed: dict[str, str] = spec.get("fixed", {})
    if fixed:
        is_rate = idea.key.endswith(("_rate", "_share", "_session", "_image", "mean_cost"))
        accepted = (None, "mean", "total") if is_rate else (None, "total")
        if idea.how in accepted:
            return fixed.get(entity)
        column = spec.get("columns", {}).get(entity)
        return f"{idea.how}_{column}" if column else None
    how = idea.how or spec["how"]
    whole: str | None = spec.get("measures", {}).get(entity, {}).get(how)
    column = spec["columns"].get(entity)
    return whole or (f"{how}_{column}" if column else None)


def column_name(idea: Idea, entity: str) -> str | None:
    """Return the column in which each row of an entity has the number; None where it has none."""
    if idea.kind == "count":
        return COUNT_COLUMNS.get(idea.key, {}).get(entity)
    if idea.kind == "event":
        named = f"{idea.key}_count"
        columns = {"users": {"success": "successful_generations"},
                   "sessions": {idea.key: named} if idea.key != "failure" else {}}  # fmt: skip
        return columns.get(entity, {}).get(idea.key)
    if idea.kind == "quantity" and not idea.key.startswith("measure "):
        column: str | None = _quantity(idea.key).get("columns", {}).get(entity)
        return column
    return None


def _quantity(key: str) -> dict[str, Any]:
    found: dict[str, Any] = entries("lexicon")["quantities"][key]
    return found


def entities_of(idea: Idea) -> tuple[str, ...]:
    """Return the entities that may have the idea's measure, the preferred first."""
    if idea.kind == "count":
        return tuple(COUNTS[idea.key])
    if idea.kind == "quantity" and not idea.key.startswith("measure "):
        spec = _quantity(idea.key)
        known = (spec.get("fixed", ()), spec.get("columns", ()))
        first, last = known if idea.how in (None, "mean", "total") else known[::-1]
        return tuple(dict.fromkeys((*first, *last)))  # each user's success rate has a minimum
    return ENTITIES


def field_name(name: str, entity: str, catalogue: Catalogue) -> str | None:
    """Return what a plan of an entity calls a field: its own, else `users.signup_date`."""
    terms = catalogue.entity(entity)
    if name in terms.fields:
        return name
    for other in (*COARSER[terms.name], *FINER[terms.name]):
        if name in catalogue.entity(other).fields:
            return f"{other}.{name}"
    return None


def is_missing(name: str, catalogue: Catalogue) -> str | None:
    """Return why this build has no data for a field, with the remedy; None where it has."""
    return next((each.missing[name] for each in catalogue.entities.values()
                 if name in each.missing), None)  # fmt: skip
