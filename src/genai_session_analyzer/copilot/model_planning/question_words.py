"""The words of a question that carry its meaning, in a form in which they can be compared."""

import re

_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)?")
_PERCENTILE = re.compile(r"\b(\d\d)(?:st|nd|rd|th)?[ -]?(?:percentile|pct)\b")
_NUMBER = re.compile(r"(?<![\w.])(\d[\d,]*(?:\.\d+)?)\s*(k|thousand|m|million|%|percent)?(?!\w)")
_TIMES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "million": 1e6, "%": 0.01, "percent": 0.01}
_SMALL = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "edly", "ed", "es", "s", "ly", "y", "e")

_EMPTY_WORDS = """
a about again all also am an and any are around as ask at be been being between both break
broken but by can compute could current data did display do does doing done down draw each
every everything far find for from get give given had happen has have here how i if in
into is it its just know let like list look made make many me more most much my need no
not now of off on one only or our out over overall per please plot provide pull quick
really report rows say see seem seen show so some something split such summarise summarize
table tell than thank thanks that the their them then there these they thing this those to
together total up us use using very want was we were what when where which while who whose
will with would you your
"""
EMPTY_WORDS = frozenset(_EMPTY_WORDS.split())
"""Words that say how one asks, not what for."""


def stem(word: str) -> str:
    """Return a word without its ending: `failures`, `failure` and `failing` become `failur`/`fail`.

    Crude on purpose: it only has to bring together most forms of a word.
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of all words of a text or of a name, in its order."""
    return tuple(stem(word) for word in _words(text))


def content_stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words that carry meaning, in their order, each once."""
    words = _words(text)
    return tuple(dict.fromkeys(stem(word) for word in words if word not in EMPTY_WORDS))


def _words(text: str) -> list[str]:
    plain = _PERCENTILE.sub(r"p\1", text.casefold().replace("_", " "))
    return _WORD.findall(plain)


def numbers_in(text: str) -> tuple[float, ...]:
    """Return the numbers of a question in their order: `5`, `1,000`, `2k`, `ten`, `20%` (0.2)."""
    found = [
        (match.start(), float(match[1].replace(",", "")) * _TIMES.get(match[2] or "", 1.0))
        for match in _NUMBER.finditer(_PERCENTILE.sub("", text.casefold()))
    ]
    for value, word in enumerate(_SMALL):
        found += [(at.start(), float(value)) for at in re.finditer(rf"\b{word}\b", text.casefold())]
    return tuple(number for _, number in sorted(found))
