"""Everyday verbs as the plain ones of the planner's rules: "soak up" credits is to spend them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from genai_session_analyzer.copilot.planning.words.lexicon import entries

_VOWELS = "aeiou"
_DOUBLED = re.compile(r"[^aeiou]*[aeiou][bdgklmnprt]")
"""A short verb whose last letter is doubled before an ending: "grab", "plan"."""


@dataclass(frozen=True)
class _Family:
    """The plain words of each everyday form, what finds these, and the words it must be near."""

    plain: Mapping[str, str]
    found: re.Pattern[str]
    near: re.Pattern[str]

    def read(self, text: str) -> str:
        """Return the text with this family's verbs as its plain one."""
        return self.found.sub(lambda match: self.plain[match[0]], text)


def plain_verbs(text: str) -> str:
    """Return a lower-case question with everyday verbs as plain ones, in the same form.

    "Europe soaked up 20 credits" is "europe spent 20 credits"; "soaked up" without credits stays,
    and so does a command: "pick the users".
    """
    for family in _families():
        if family.near.search(text):
            text = family.read(text)
    return text


def conjugated(verb: str, irregular: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Return a verb's forms: base, third person, past, participle, -ing.

    Args:
        verb: One verb or a verb with further words, which stay: "go through".
        irregular: Past and participle of verbs that no rule makes.
    """
    first, *rest = verb.split(" ")
    if first == "not":
        return (verb,) * 5
    past, participle = irregular.get(first) or (_with(first, "ed"), _with(first, "ed"))
    forms = (first, _third(first), past, participle, _with(first, "ing"))
    return tuple(" ".join((form, *rest)) for form in forms)


def _third(verb: str) -> str:
    if verb == "have":
        return "has"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "sh", "ch", "x", "o")) else "s")


def _with(verb: str, ending: str) -> str:
    if verb.endswith("ie") and ending == "ing":
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + ending
    if verb.endswith("y") and ending == "ed" and verb[-2] not in _VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if _DOUBLED.fullmatch(verb) else "") + ending


@cache
def _families() -> tuple[_Family, ...]:
    lists = entries("verbs")
    return tuple(_made(lists["families"], lists["irregular"]))


def _made(
    families: Mapping[str, Mapping[str, Sequence[str]]], irregular: Mapping[str, Sequence[str]]
) -> Iterator[_Family]:
    for name, spec in families.items():
        base = name.removesuffix(" it")
        plain: dict[str, str] = {}
        for verb in spec["verbs"]:
            for form, words in zip(
                conjugated(verb, irregular), (base, *spec["forms"]), strict=True
            ):
                plain.setdefault(form, words)
        near = "|".join(spec.get("near", ()))
        yield _Family(
            plain,
            re.compile(rf"(?<!^)\b(?:{_any_of(plain)})\b(?! (?:for me|me))"),
            re.compile(rf"\b(?:{near})\b"),
        )


def _any_of(phrases: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, phrases), key=len, reverse=True))
