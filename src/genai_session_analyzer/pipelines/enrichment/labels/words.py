"""A prompt as words: lower case, unaccented, numbers and hyphens joined as people mean them."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from importlib.resources import files

import yaml

_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "\u2019": "'", "`": "'", "\u2018": "'"}
)
_ACCENT = re.compile("[\u0300-\u036f]")
_SPLIT_NUMBER = re.compile(r"(?<![\w.])(\d(?: \d)+)(?![\w.])")
_NUMBER_AND_UNIT = re.compile(r"\b(\d+) (k|d|mm|s|bit|px|mp)\b")
_POSSESSIVE = re.compile(r"'s?\b")
_PIECES = re.compile(r"[a-z0-9]+|[,.;:|!?()\[\]\n]")
FUNCTION_WORDS: dict[str, frozenset[str]] = {
    group: frozenset(words.split())
    for group, words in yaml.safe_load(
        (files(__package__) / "lexicons/function_words.yml").read_text("utf-8")
    ).items()
}
"""Words that say nothing of the subject, by what they do."""
_LONGEST_CREDIT = 4
"""Words in a clause that goes on with a list of makers."""
PLAIN_WORDS = frozenset().union(*FUNCTION_WORDS.values())
"""All of them; none is a surname."""


@dataclass(frozen=True)
class PromptWords:
    """A prompt's words in order.

    Attributes:
        words: Letters and digits only.
        clauses: Per word, the number of its clause; commas and full stops end one.
        head_end: Words before this position are the prompt's head: its first clause up to the
            first preposition or verb behind the subject.
        credited: Per word, whether it stands in a list of makers: behind "by", up to a word that
            cannot be part of a name, and in the short clauses behind it.
    """

    words: tuple[str, ...]
    clauses: tuple[int, ...]
    head_end: int
    credited: tuple[bool, ...]


def split_words(prompt: str) -> PromptWords:
    """Return the words of a prompt; `8 k`, `1 9 8 0 s` and `close - up` as 8k, 1980s, close up."""
    words: list[str] = []
    clauses: list[int] = []
    clause = 0
    for piece in _PIECES.findall(plain_text(prompt)):
        if piece.isalnum():
            words.append(piece)
            clauses.append(clause)
        elif clauses and clauses[-1] == clause:
            clause += 1
    return PromptWords(
        tuple(words), tuple(clauses), _head_end(words, clauses), _credited(words, clauses)
    )


def plain_text(text: str) -> str:
    """Return a text in lower case, without accents and possessives, split numbers joined."""
    bare = _ACCENT.sub("", unicodedata.normalize("NFKD", text))
    lower = bare.lower().translate(_LETTERS)
    joined = _SPLIT_NUMBER.sub(lambda match: match[1].replace(" ", ""), lower)
    return _POSSESSIVE.sub("", _NUMBER_AND_UNIT.sub(r"\1\2", joined))


def phrase_key(phrase: str) -> str:
    """Return a phrase as the words it is matched by, one space between them."""
    return " ".join(split_words(phrase).words)


def _head_end(words: list[str], clauses: list[int]) -> int:
    """The head ends with its clause, or where a stop word follows something said."""
    ends, openers = FUNCTION_WORDS["head_ends"], FUNCTION_WORDS["openers"]
    said = False
    for position, (word, clause) in enumerate(zip(words, clauses, strict=True)):
        if (clause > clauses[0] or word in ends) and said:
            return position
        said = said or (word not in openers and word not in ends)
    return len(words)


def _credited(words: list[str], clauses: list[int]) -> tuple[bool, ...]:
    """A list of makers starts at "by" and ends at a word of no name or with a longer clause."""
    ends = FUNCTION_WORDS["head_ends"] | FUNCTION_WORDS["credit_ends"]
    lengths = Counter(clauses)
    credited: list[bool] = []
    open_ = False
    for position, (word, clause) in enumerate(zip(words, clauses, strict=True)):
        is_new = position > 0 and clause != clauses[position - 1]
        if word == "by":
            open_ = position == 0 or not _is_done_by(words[position - 1])
        elif word in ends or (is_new and lengths[clause] > _LONGEST_CREDIT):
            open_ = False
        credited.append(open_)
    return tuple(credited)


def _is_done_by(word: str) -> bool:
    """Whether a word before "by" tells what is done to the subject, not who made the picture."""
    return word.endswith(("ed", "en")) and word not in FUNCTION_WORDS["makings"]
