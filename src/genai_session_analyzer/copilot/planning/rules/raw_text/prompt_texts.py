"""Words of the prompt's text: "prompts that mention a dragon", "starting with 'portrait of'"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from genai_session_analyzer.copilot.plan import Operator
from genai_session_analyzer.copilot.planning.words.tokens import stem

_NOUN = r"(?:words?|terms?|phrases?|texts?|strings?|keywords?|letters?)"
_THAT = r"\b(?:that |which |whose text |whose prompts? |have a prompt that |with a prompt that )?"
_NOT = r"(?P<no>(?:do|does|did) ?n[o'\u2019]t |not |never )?"
_NAMING = rf"(?:both )?(?:(?:the |an |a )?(?:{_NOUN} )?)"
_CUES: tuple[tuple[Operator, re.Pattern[str]], ...] = (
    ("starts_with", re.compile(rf"{_THAT}{_NOT}(?:start|begin)(?:s|n?ing|ed)?(?: out)? with "
                               rf"{_NAMING}")),
    ("ends_with", re.compile(rf"{_THAT}{_NOT}end(?:s|ing|ed)? (?:with|in|on) {_NAMING}")),
    ("contains", re.compile(rf"{_THAT}{_NOT}(?:mention(?:s|ed|ing)?|contain(?:s|ed|ing)?) "
                            rf"{_NAMING}")),
    ("contains", re.compile(rf"{_THAT}{_NOT}(?:use|uses|using|include|includes|including|have|has)"
                            rf" the {_NOUN} ")),
    ("contains", re.compile(rf"\b(?P<no>without )(?:the |any )?{_NOUN} ")),
    ("contains", re.compile(rf"\b(?:with|having|about) the {_NOUN} ")),
    ("contains", re.compile(r"\bwith (?=[\"\u201c'`][^\"\u201d'`]{1,60}[\"\u201d'`] in "
                            r"(?:them|it|the))")),
)  # fmt: skip
_IN_THEM = r"(?: in (?:them|it|(?:the|their) (?:text|prompt|prompt text)))?"
_QUOTED = re.compile(rf"[\"\u201c'`]([^\"\u201d'`]{{1,60}})[\"\u201d'`]{_IN_THEM}")
_NAMED = re.compile(rf"{_NOUN} $")
_WORD = re.compile(
    rf"([a-z][a-z-]{{2,30}}){_IN_THEM}(?=[ ,.?!]*$|[ ,]+(?:by|per|for|on|last|this|in|did|were|are"
    r"|have|do|was|is|each|since|failed|fail|and|or|used|made)\b)"
)
_ANY = re.compile(rf"([a-z][a-z-]{{0,30}}){_IN_THEM}")
_NEXT = re.compile(r",? (?P<join>and|or|nor) (?:the )?(?:(?:word|term|phrase)s? )?")


@dataclass(frozen=True, kw_only=True)
class TextTest:
    """What the text of a prompt has to be like: one of the texts, or of `not_contains` none."""

    operator: Operator
    texts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TextWords:
    """The tests of prompts' text, and the question with those words blanked out."""

    tests: tuple[TextTest, ...]
    rest: str


@dataclass(frozen=True)
class _Reader:
    """Finds the texts behind a cue; words of the questions' own only where quoted or named."""

    text: str
    is_known: Callable[[str], bool]

    def at(self, place: int, is_named: bool) -> tuple[str, int] | None:
        quoted = _QUOTED.match(self.text, place)
        word = quoted or (_ANY if is_named else _WORD).match(self.text, place)
        if word is None or (not quoted and not is_named and self.is_known(word[1])):
            return None
        return (word[1] if quoted else stem(word[1])), word.end()


def find_text_words(text: str, is_known: Callable[[str], bool]) -> TextWords:
    """Return the tests of prompts' text in a lower-case question.

    Args:
        text: The question.
        is_known: Whether a word is one of the questions' own; those are searched for only where
            they are quoted, or called a word.
    """
    reader = _Reader(text, is_known)
    for operator, pattern in _CUES:
        for cue in pattern.finditer(text):
            found = reader.at(cue.end(), bool(_NAMED.search(cue[0])))
            is_negated = bool(cue.groupdict().get("no"))
            if found is None or (is_negated and operator != "contains"):
                continue
            texts, end, join = _with_others(reader, *found)
            said: Operator = "not_contains" if is_negated else operator
            rest = text[: cue.start()] + " " * (end - cue.start()) + text[end:]
            return TextWords(tests=tuple(_tests(said, texts, join)), rest=rest)
    return TextWords(tests=(), rest=text)


def _with_others(reader: _Reader, first: str, end: int) -> tuple[tuple[str, ...], int, str]:
    """The texts that "and" or "or" joins to the first, where they end, and the word that joins."""
    texts, join = [first], ""
    while joint := _NEXT.match(reader.text, end):
        found = reader.at(joint.end(), bool(_NAMED.search(joint[0])))
        if found is None or (join and joint["join"] != join):
            break
        texts.append(found[0])
        end, join = found[1], joint["join"]
    return tuple(texts), end, join


def _tests(operator: Operator, texts: tuple[str, ...], join: str) -> Iterator[TextTest]:
    """`Dragon and castle` are two tests, "dragon or castle" is one."""
    if join == "and" and operator == "contains":
        yield from (TextTest(operator=operator, texts=(each,)) for each in texts)
    else:
        yield TextTest(operator=operator, texts=texts)
