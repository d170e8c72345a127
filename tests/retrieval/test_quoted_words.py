"""Words in double quotes against a search letter by letter."""

import numpy as np
import pyarrow as pa
import pytest

from genai_session_analyzer.retrieval.quoted_words import (
    containing,
    quoted_phrases,
    without_quotes,
)

TEXTS = [
    "A cat in the rain",
    "concatenated words",
    "two CATS",
    "cat",
    "the rain, a cat.",
    "rain in the cat house",
    "a (cat) [rain]",
    "\u00c9t\u00e9 \u00e0 la plage",
    "cat_rain",
]


@pytest.mark.parametrize(
    ("text", "phrases", "meaning"),
    [
        ("a cat", (), "a cat"),
        ('a "cat" here', ("cat",), "a cat here"),
        ('"old  man" and "sea"', ("old man", "sea"), "old man and sea"),
        ('"" "  "', (), ""),
        ('5" screen', (), "5 screen"),
        ("\u201cblue sky\u201d above", ("blue sky",), "blue sky above"),
    ],
)
def test_quotes_are_read_and_taken_off(text, phrases, meaning):
    assert quoted_phrases(text) == phrases
    assert without_quotes(text) == meaning


def has_word(text, phrase):
    text, phrase = text.lower(), phrase.lower()
    starts = (at for at in range(len(text)) if text.startswith(phrase, at))
    return any(_is_edge(text, at - 1) and _is_edge(text, at + len(phrase)) for at in starts)


def _is_edge(text, at):
    return not 0 <= at < len(text) or not (text[at].isalnum() or text[at] == "_")


@pytest.mark.parametrize(
    "phrases",
    [
        ("cat",),
        ("rain", "cat"),
        ("the rain",),
        ("\u00e9t\u00e9",),
        ("(cat)",),
        ("[rain]",),
        ("dog",),
        ("in the",),
        (".",),
    ],
)
def test_every_phrase_stands_as_whole_words(phrases):
    passing = np.array([number != 3 for number in range(len(TEXTS))])
    found = containing(pa.chunked_array([TEXTS]), phrases, passing)
    expected = [
        passes and all(has_word(text, phrase) for phrase in phrases)
        for text, passes in zip(TEXTS, passing, strict=True)
    ]
    assert found.tolist() == expected
