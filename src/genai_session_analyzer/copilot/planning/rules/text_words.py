"""Words that a prompt has to contain: "prompts that mention a dragon"."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from genai_session_analyzer.copilot.planning.words.tokens import stem

_CUE = re.compile(
    r"\b(?:that |which |whose text |whose prompts? |have a prompt that |with a prompt that )?"
    r"(?:(?:mention(?:s|ed|ing)?|contain(?:s|ed|ing)?) (?:the |a |an )?"
    r"(?:(?:word|term|phrase|text|string|keyword)s? )?"
    r"|(?:with|having|about) the (?:word|term|phrase|text|string|keyword)s? )"
)
_IN_THEM = r"(?: in (?:them|it|(?:the|their) text))?"
_QUOTED = re.compile(rf"[\"\u201c'`]([^\"\u201d'`]{{1,60}})[\"\u201d'`]{_IN_THEM}")
_NAMED = re.compile(r"(?:word|term|phrase|text|string|keyword)s? $")
_WORD = re.compile(
    rf"([a-z][a-z-]{{2,30}}){_IN_THEM}(?=[ ,.?!]*$|[ ,]+(?:by|per|for|on|last|this|in|did|were|are"
    r"|have|do|was|is|each|since|failed|fail|and)\b)"
)


@dataclass(frozen=True, kw_only=True)
class TextWords:
    """Text that prompts have to contain, and the question with those words blanked out."""

    contained: str | None
    rest: str


def find_text_words(text: str, is_known: Callable[[str], bool]) -> TextWords:
    """Return the text that prompts have to contain, in a lower-case question; None for none.

    Args:
        text: The question.
        is_known: Whether a word is one of the questions' own; those are searched for only where
            they are quoted, or called a word.
    """
    for cue in _CUE.finditer(text):
        quoted = _QUOTED.match(text, cue.end())
        word = quoted or _WORD.match(text, cue.end())
        if word is None or (not quoted and not _NAMED.search(cue[0]) and is_known(word[1])):
            continue
        blank = " " * (word.end() - cue.start())
        wanted = word[1] if quoted else stem(word[1])
        return TextWords(contained=wanted, rest=text[: cue.start()] + blank + text[word.end() :])
    return TextWords(contained=None, rest=text)
