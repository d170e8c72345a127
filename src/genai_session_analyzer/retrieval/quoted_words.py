"""Words in double quotes: they must occur in a prompt as they stand."""

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from genai_session_analyzer.semantic.coded_column import Mask

_QUOTED = re.compile(
    r'"([^"]*)"|\N{LEFT DOUBLE QUOTATION MARK}([^"]*?)\N{RIGHT DOUBLE QUOTATION MARK}'
)


def quoted_phrases(text: str) -> tuple[str, ...]:
    """Return the phrases in double quotes, straight or curly; a lone quote opens none."""
    phrases = (" ".join((straight or curly).split()) for straight, curly in _QUOTED.findall(text))
    return tuple(phrase for phrase in phrases if phrase)


def without_quotes(text: str) -> str:
    """Return the text whose meaning is looked for: the quoted words belong to it."""
    return " ".join(
        re.sub(
            '["\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}]', " ", text
        ).split()
    )


def containing(texts: pa.ChunkedArray, phrases: tuple[str, ...], passing: Mask) -> Mask:
    """Return which of the passing texts have every phrase, as whole words, whatever the case.

    Args:
        texts: Shape (texts,).
        phrases: From `quoted_phrases`.
        passing: Which texts are looked at, shape (texts,).
    """
    numbers = np.flatnonzero(passing)
    for phrase in phrases:
        numbers = numbers[_has_phrase(texts.take(pa.array(numbers)), phrase)]
    found = np.zeros_like(passing)
    found[numbers] = True
    return found


def _has_phrase(texts: pa.ChunkedArray, phrase: str) -> NDArray[np.bool_]:
    """A plain search first: it is several times as fast as the pattern, and leaves little to it."""
    occurs = pc.match_substring(texts, phrase, ignore_case=True).to_numpy()
    numbers = np.flatnonzero(occurs)
    pattern = rf"(^|[^\pL\pN_]){re.escape(phrase)}([^\pL\pN_]|$)"
    whole = pc.match_substring_regex(texts.take(pa.array(numbers)), pattern, ignore_case=True)
    occurs[numbers] = whole.to_numpy()
    return np.asarray(occurs)
