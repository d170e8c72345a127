"""Limits on a number: at least, at most, exactly, and amounts of time."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_LESS = r"(?:less|fewer|smaller|lower)"
_MORE = r"(?:more|greater|larger|higher|bigger)"
_SMALL = r"\d{1,3}|one|single|two|three|four|five|six|seven|eight|nine|ten"
_ROWS = r"(?:generations?|requests?|jobs?|runs?)"
_DIGITS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def _next_two(match: re.Match[str]) -> str:
    """`Two or three retries` are between 2 and 3 of them."""
    one, other = (_DIGITS.get(word) or int(word) for word in match.groups())
    return f"between {one} and {other}" if other == one + 1 else match[0]


_BEFORE = rules(
    # least and most
    (rf"\bno {_LESS} than\b|\bnot {_LESS} than\b", "at least"),
    (rf"\bno {_MORE} than\b|\bnot {_MORE} than\b", "at most"),
    (rf"\bequal(?: to)? or {_MORE}(?: than)?\b|\bas (?:many|much) as or more than\b",
     "at least"),
    (rf"\bequal(?: to)? or {_LESS}(?: than)?\b", "at most"),
    (r"\b(?:an? )?min(?:imum)?\.? (?:of )?(?=\d)", "at least "),
    (r"\b(?:an? )?max(?:imum)?\.? (?:of )?(?=\d)", "at most "),
    (r"(?<=\d) (?P<what>[a-z]+) (?P<how>or|and) (?P<more>more|above|higher|greater|over|up"
     r"|upwards|fewer|less|below|under)\b(?! than| \d)", r" \g<how> \g<more> \g<what>"),
    (r"\band (?=(?:more|less|fewer|higher|lower|greater|longer|better) th[ae]n\b"
     r"|(?:over|above|below|under|up to) \d)", ", "),
    (r"\b(?:that |which )?(?:cost|costs|costing) (?:nothing|(?:0|zero)(?: credits)?)"
     r"(?![\w.])", "with cost at most 0"),
    # exactly
    (r"\b(?:consist(?:s|ed|ing)? of|with|having|have|has|had|contain(?:s|ed|ing)?) "
     r"(?:only |just |exactly )*(?:a single|one single|a lone)(?= \w)", "with exactly 1"),
    (rf"\b(?P<n>{_SMALL})[- ]{_ROWS} (?P<who>sessions|visits)\b",
     r"\g<who> with exactly \g<n> generations"),
    (rf"\bmulti[- ]?{_ROWS} (?P<who>sessions|visits)\b",
     r"\g<who> with more than 1 generation"),
    (r"\bexactly single generations\b", "exactly 1 generation"),
    (r"\b(\d|one|two|three|four|five) or (\d|two|three|four|five|six)(?= \w)", _next_two),
    # amounts of time
    (r"\bhalf (?:an|a|1|one) hour\b|\ba half hour\b", "30 minutes"),
    (r"\b(?:1|one|an) hour and a half\b|\b(?:1|one) and a half hours\b", "90 minutes"),
    (r"\b(?:a )?quarter (?:of )?(?:an|a|1|one) hour\b", "15 minutes"),
    (r"\bhalf (?:a|1|one) minute\b", "30 seconds"),
    (r"\bhalf (?:a|1|one) second\b", "500 ms"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with its limits in the words the rules know.

    "No fewer than 3" is "at least 3", "half an hour" is 30 minutes, "one-generation sessions" are
    sessions with exactly 1 generation, "two or three" is between 2 and 3.
    """
    return rewritten(text, _BEFORE)
