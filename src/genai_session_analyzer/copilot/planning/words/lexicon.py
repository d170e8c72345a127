"""Every phrase a question may use, with what it stands for."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.planning.times.calendar_words import MONTHS, WEEKDAYS
from genai_session_analyzer.copilot.planning.words.joined_nouns import joined_nouns
from genai_session_analyzer.copilot.planning.words.tokens import phrase_of, stem, tokens_of

Phrase = tuple[str, ...]
TIME_WORDS = (
    *MONTHS, *WEEKDAYS, *(f"{day}s" for day in WEEKDAYS), "today", "yesterday", "day", "days",
    "week", "weeks", "month", "months", "quarter", "quarters", "year", "years", "hour", "hours",
    "daily", "weekly", "monthly", "hourly", "quarterly", "yearly", "weekend", "weekends", "weekday",
    "weekdays", "last", "past", "previous", "this", "current", "since", "before", "after", "until",
    "between", "first", "second", "third", "fourth", "half", "morning", "night", "trend", "time",
    "over", "ago", "prior", "preceding", "evening", "afternoon", "newer", "older", "noon",
    "midday", "midnight", "date", "dates",
)  # fmt: skip


@dataclass(frozen=True)
class Sense:
    """What a phrase stands for: the kind of a piece and which one of it.

    Of nouns that are joined the first is a singular: "users churn" is no "user churn".
    """

    kind: str
    key: str
    is_joined: bool = False


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """Phrases by their stems, the words in them, those too vague, and those that mean nothing."""

    senses: Mapping[Phrase, Sense]
    words: frozenset[str]
    vague: frozenset[str]
    dropped: frozenset[str]
    longest: int = field(default=1)


@cache
def entries(name: str) -> Mapping[str, Any]:
    """Return one of the package's lists: lexicon, operators, superlatives or scope."""
    text = files("genai_session_analyzer.copilot.planning.words").joinpath(f"{name}.yml")
    found: Mapping[str, Any] = yaml.load(
        text.read_text(encoding="utf-8"),
        Loader=yaml.BaseLoader,  # noqa: S506 (strings only: "no" is a word here)
    )
    return found


def build_lexicon(catalogue: Catalogue) -> Lexicon:
    """Return the written lists and the catalogue's own names; the written ones win.

    A phrase written twice keeps its first meaning: operators, then what is not there, then terms.
    """
    senses: dict[Phrase, Sense] = {}
    words: set[str] = set(TIME_WORDS)
    for text, sense in (*_written(), *_joined(), *_catalogued(catalogue)):
        phrase = phrase_of(text)
        if phrase:
            senses.setdefault(phrase, sense)
            if sense.kind != "^":
                words.update(token.text for token in tokens_of(text))
    words |= {stem(word) for word in words}
    vague = {stem(word) for phrase, each in senses.items() if each.kind == "^" for word in phrase}
    return Lexicon(
        senses=senses,
        words=frozenset(words),
        vague=frozenset(vague),
        dropped=_dropped(senses),
        longest=max(map(len, senses)),
    )


_POLITE = frozenset(
    ("please", "would", "could", "show", "give", "tell", "there", "thanks", "thank", "have",
     "about", "calculate", "display", "know", "need", "want", "were", "that", "like", "overall")
)  # fmt: skip


def _dropped(senses: Mapping[Phrase, Sense]) -> frozenset[str]:
    """Words that mean nothing; unknown words are no slips for them, but for the politest."""
    dropped = {word for phrase, each in senses.items() if each.kind == "z" for word in phrase}
    others = {word for phrase, each in senses.items() if each.kind != "z" for word in phrase}
    return frozenset(dropped - others - _POLITE)


def term_words() -> tuple[str, ...]:
    """Return the first word or phrase of each amount, event, field and entity."""
    terms = entries("lexicon")
    lists = [
        *(each["words"] for each in terms["quantities"].values()),
        *(each["noun"] for each in terms["events"].values()),
        *terms["fields"].values(),
        *terms["entities"].values(),
    ]
    return tuple(texts[0] for texts in lists if texts)


def _written() -> Iterator[tuple[str, Sense]]:
    """The written phrases, those that rank and those of amounts before single words."""
    yield from _senses("S", entries("superlatives"))
    terms = entries("lexicon")
    yield from _senses("Q", {name: each["words"] for name, each in terms["quantities"].items()})
    for name, each in terms["events"].items():
        yield from _senses("V", {name: each["noun"]})
        yield from _senses("v", {name: each["verb"]})
    yield from _senses("F", terms["fields"])
    yield from _senses("E", terms["entities"])
    for field_name, values in terms["values"].items():
        yield from _senses("L", {f"{field_name}={value}": each for value, each in values.items()})
    for kind, keys in entries("operators").items():
        yield from _senses(kind, keys)
    yield from _senses("A", _percentiles())
    for kind, group in (("!", "out_of_scope"), ("~", "ambiguous"), ("^", "vague")):
        scope = entries("scope")[group]
        yield from _senses(kind, {name: each["words"] for name, each in scope.items()})


def _percentiles() -> Mapping[str, Iterable[str]]:
    """The percentiles that the operators do not list, such as p80."""
    return {f"p{number}": tuple(_percentile_words(number)) for number in range(1, 100)}


def _percentile_words(number: int) -> Iterator[str]:
    yield from (f"p{number}", f"p {number}", f"percentile {number}")
    for said in (f"{number}{_ordinal(number)}", str(number)):
        yield from (f"{said} {word}" for word in ("percentile", "pctl", "pct", "centile"))


def _ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    return "th" if number in (11, 12, 13) else endings.get(number % 10, "th")


def _joined() -> Iterator[tuple[str, Sense]]:
    for text, kind, key in joined_nouns(entries("joined_nouns"), entries("lexicon")):
        yield text, Sense(kind, key, is_joined=True)


def _senses(kind: str, phrases: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, Sense]]:
    for key, texts in phrases.items():
        yield from ((text, Sense(kind, key)) for text in texts)


def _amounts() -> Mapping[str, str]:
    """The quantity of each column that holds one, the first that names it."""
    found: dict[str, str] = {}
    for key, spec in entries("lexicon")["quantities"].items():
        for column in spec.get("columns", {}).values() if key not in _COUNTED else ():
            found.setdefault(column, key)
    return found


_COUNTED = ("generations_per_session",)
"""Quantities whose column is a count, which is read as what it counts."""


def _catalogued(catalogue: Catalogue) -> Iterator[tuple[str, Sense]]:
    """Names of fields and measures as they are in the tables; their words are written by hand.

    A column that holds an amount is that amount. "Mean retry count" is no column's name but a mean.
    """
    amounts = _amounts()
    for entity in catalogue.entities.values():
        for name, term in entity.fields.items():
            if term.part:
                continue
            sense = Sense("Q", amounts[name]) if name in amounts else Sense("F", name)
            yield name, sense
            if not name.startswith(("is_", "has_", "mean_", "max_")):
                yield name.replace("_", " "), sense
        for name in entity.measures:
            yield name, Sense("Q", f"measure {name}")
