"""What the words for a column of listed rows mean: "number of generations", "tier", "time"."""

import re
from collections.abc import Mapping
from functools import cache

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.planning.binding.naming import KEYS, column_name, field_name
from genai_session_analyzer.copilot.planning.drafts import Idea, IdeaKind
from genai_session_analyzer.copilot.planning.words.lexicon import entries

_COUNTED = re.compile(r"^(?:(?:total|overall|whole) )?(?:(?:number|count|amount) of |)")
_IDS = ("id", "ids", "identifier", "identifiers", "key")
_TIMES = ("time", "timestamp", "time stamp", "times", "timestamps", "date and time")
_DAYS = {"generations": "requested_at", "sessions": "session_date", "users": "signup_date"}
_LENGTHS = {"sessions": "duration_s", "prompts": "token_count", "generations": "latency_ms"}


def column_of(words: str, entity: str, catalogue: Catalogue) -> str | None:
    """Return the field of an entity, or `other.field`, that words name; None where none does.

    Args:
        words: In lower case, without articles.
        entity: What the listed rows are.
        catalogue: What plans may use.
    """
    terms = catalogue.entity(entity)
    meant = _meant_here(words, entity, terms.time_field)
    if meant is not None:
        return meant
    names = (name.replace(" ", "_") for name in _ways(words))
    named = next((name for name in names if name in terms.fields), None)
    return named or _number(words, entity) or _field(words, entity, catalogue)


def _meant_here(words: str, entity: str, time_field: str) -> str | None:
    """What words mean that stand for another column of each entity."""
    if words in _IDS:
        return "prompt_id" if entity == "prompts" else KEYS[entity]
    if words in ("prompt", "prompts", "prompt text") and entity == "generations":
        return "prompts.prompt_text"
    if words in _TIMES:
        return time_field
    if words in ("date", "day"):
        return _DAYS.get(entity, time_field)
    return _LENGTHS.get(entity) if words == "length" else None


def says_what_happened(words: str) -> bool:
    """Return whether words are no plain column: "timeouts" are events as well as their number."""
    return any(_numbers().get(way, ("", ""))[0] in ("event", "count") for way in _ways(words))


def _ways(words: str) -> tuple[str, ...]:
    return (words, words.removesuffix("s"), words.removesuffix("es"))


def _number(words: str, entity: str) -> str | None:
    counted = _COUNTED.sub("", words)
    for way in (*_ways(words), *_ways(counted)):
        kind, key = _numbers().get(way, (None, ""))
        found = column_name(Idea(kind=kind, key=key), entity) if kind else None
        if found:
            return found
    return None


@cache
def _numbers() -> Mapping[str, tuple[IdeaKind, str]]:
    """Words for amounts, events and rows, with what they are."""
    lexicon = entries("lexicon")
    found: dict[str, tuple[IdeaKind, str]] = {}
    for key, words in lexicon["entities"].items():
        found |= dict.fromkeys(words, ("count", key))
    for key, spec in lexicon["events"].items():
        found |= dict.fromkeys(spec["noun"], ("event", key))
    for key, spec in lexicon["quantities"].items():
        found |= dict.fromkeys(spec["words"], ("quantity", key))
    return found


def _field(words: str, entity: str, catalogue: Catalogue) -> str | None:
    if words in ("user", "session") and KEYS[f"{words}s"] in catalogue.entity(entity).fields:
        return KEYS[f"{words}s"]
    name = next((_fields()[way] for way in _ways(words) if way in _fields()), None)
    return field_name(name, entity, catalogue) if name else None


@cache
def _fields() -> Mapping[str, str]:
    fields: dict[str, list[str]] = entries("lexicon")["fields"]
    return {word: name for name, words in fields.items() for word in words}
