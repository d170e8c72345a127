"""Nouns that people join to others: "user churn rate", "image mood", "timeout cases"."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

_KINDS = {"quantities": "Q", "fields": "F", "events": "V"}
_LONGEST = 2
"""Words of a phrase that others are joined to."""
_NO_VERBS = ("friction", "duration", "retries", "complexity")
"""Amounts whose single words are no verbs; "churn" is one."""


def joined_nouns(
    lists: Mapping[str, Any], terms: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """Yield each joined phrase with the kind of its piece and what it stands for.

    Args:
        lists: What is joined before and behind which terms.
        terms: The words of the terms.
    """
    for section, kind in _KINDS.items():
        for entry in lists[section]:
            for key in entry["of"]:
                for text in _joined(entry, _phrases(section, key, entry, terms)):
                    yield text, kind, key


def _phrases(
    section: str, key: str, entry: Mapping[str, Any], terms: Mapping[str, Any]
) -> Sequence[str]:
    """The short phrases of a term."""
    words = terms[section][key]
    if section == "events":
        words = [each for each in words["noun"] if " " not in each or each == words["noun"][0]]
    elif section == "quantities":
        nouns = [each for each in words["words"] if key in _NO_VERBS or " " in each]
        words = entry.get("words") or nouns
    return [each for each in words if len(each.split()) <= _LONGEST]


def _joined(entry: Mapping[str, Any], phrases: Sequence[str]) -> Iterator[str]:
    for phrase in phrases:
        yield from (f"{before} {phrase}" for before in entry.get("before", ()))
        yield from (f"{phrase} {behind}" for behind in entry.get("behind", ()))
