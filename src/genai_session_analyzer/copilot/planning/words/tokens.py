"""Words of a question, cut the same way as the words of the lexicon."""

import re
from dataclasses import dataclass

_WORD = re.compile(r"[a-z0-9\x00]+(?:[._][a-z0-9]+)*|%|\+|[,;/=&<>]")
_WITH_UNIT = re.compile(r"(\d[\d\x00]*(?:\.\d+)?)(ms|s|secs?|mins?|x|h)")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_NOT_PLURAL = ("ss", "us", "is", "ous")


@dataclass(frozen=True)
class Token:
    """A word, lower-case, with its place in the text."""

    text: str
    start: int
    end: int

    @property
    def stem(self) -> str:
        """The word without the ending of a plural."""
        return stem(self.text)


def tokens_of(text: str) -> tuple[Token, ...]:
    """Return the words of a text; hyphens part them, points and underscores inside do not.

    "us-west" is two words, "v1.5" and "rate_limited" are one, "5s" is "5" and "s".
    """
    plain = _THOUSANDS.sub("\x00", text.lower())
    found: list[Token] = []
    for match in _WORD.finditer(plain):
        found.extend(_split(match[0], match.start()))
    return tuple(found)


def _split(word: str, start: int) -> list[Token]:
    number = _WITH_UNIT.fullmatch(word)
    if number:
        middle = start + len(number[1])
        return [Token(number[1].replace("\x00", ""), start, middle),
                Token(number[2], middle, start + len(word))]  # fmt: skip
    return [Token(word.replace("\x00", ""), start, start + len(word))]


def stem(word: str) -> str:
    """Return the word without the ending of a plural: "styles" and "style" are one."""
    if len(word) < 4 or not word.endswith("s") or word.endswith(_NOT_PLURAL):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1]


def phrase_of(words: str) -> tuple[str, ...]:
    """Return the stems of a phrase, as the lexicon holds it."""
    return tuple(token.stem for token in tokens_of(words))
