"""Amounts by their words, with the column that holds them in each entity."""

from collections.abc import Mapping

from genai_session_analyzer.copilot.planning.binding.naming import COUNT_COLUMNS
from genai_session_analyzer.copilot.planning.words.lexicon import entries
from genai_session_analyzer.copilot.planning.words.tokens import phrase_of

_COUNTS = {"generations": "generations", "requests": "generations", "jobs": "generations",
           "images": "generations", "sessions": "sessions", "visits": "sessions", "uses": "prompts",
           "users": "users"}  # fmt: skip


def amount_of(words: str) -> str | None:
    """Return the amount or `count of <rows>` that words name: "latency", "number of sessions"."""
    plain = words.removeprefix("number of ").removeprefix("count of ").removeprefix("how many ")
    if plain in _COUNTS:
        return f"count of {_COUNTS[plain]}"
    phrase = phrase_of(words)
    quantities = entries("lexicon")["quantities"]
    for name, spec in quantities.items():
        is_one = any(phrase_of(each) == phrase for each in spec["words"])
        if is_one and spec.get("columns"):
            return str(name)
    return None


def amount_columns(amount: str) -> Mapping[str, str]:
    """Return the column by entity in which each row has that amount."""
    if not amount.startswith("count of "):
        columns: dict[str, str] = entries("lexicon")["quantities"][amount]["columns"]
        return columns
    counted = amount.removeprefix("count of ")
    if counted == "prompts":
        return {"prompts": "times_used"}
    return {"users": _of("users", counted), "sessions": _of("sessions", counted),
            "prompts": _of("prompts", counted)}  # fmt: skip


def _of(entity: str, counted: str) -> str:
    return COUNT_COLUMNS.get(counted, {}).get(entity, "")
