"""Rows named by what they hold, and what is said about the answer behind the question."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting import rewritten

_ROWS = r"(?:generations?|requests?|jobs?|runs?)"
_IMAGE = r"(?:images?|pictures?|pics?)"
_SMALL = r"\d{1,3}|one|single|two|three|four|five|six|seven|eight|nine|ten"
_RATE = r"(?:rate|share|percentage|percent|fraction|proportion|ratio)"
_ASKS_RATE = re.compile(rf"\bhow (?:often|frequently|likely)\b|\b(?:{_RATE}|probability)\b")
_COUNTED = re.compile(r"^\W*(?:how many|number of|count|total number)\b")
_COUNT_LAST = re.compile(
    r"^(?P<what>[^?]+?)\s*(?:[-\u2013\u2014:,;?]+\s*(?:(?:just|only) )?(?:(?:the|their|a) )?"
    r"(?:count|number|how many(?: are there)?|total count)(?: only)?)\W*$"
)
_AS_RATE = re.compile(rf"\s*[?,;.-]*\s*(?:as|in) an? {_RATE}\W*$")
_REPLACED = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        # "one-generation sessions", "sessions of a single request"
        (rf"\b(?P<n>{_SMALL})[- ]{_ROWS} (?P<who>sessions|visits)\b",
         r"\g<who> with exactly \g<n> generations"),
        (rf"\bmulti[- ]?{_ROWS} (?P<who>sessions|visits)\b",
         r"\g<who> with more than 1 generation"),
        (r"\bexactly single generations\b", "exactly 1 generation"),
        # "generations that requested an image that is wider than tall"
        (rf"\b(?P<row>{_ROWS}) (?:(?:that|which) )?(?:request(?:ed)?|ask(?:ed)? for|made|produced?"
         rf"|created?|returned?|delivered|yielded|gave) (?:an? |the )?{_IMAGE} "
         r"(?=(?:that|which|with|of width|of height|wider|taller|larger|at least|in landscape"
         r"|in portrait)\b)(?!with (?:no|a) )", r"\g<row> "),
        # "how often does the safety filter refuse"
        (r"\b(?:does|did|do) (?:the |our )?(?:safety|content|moderation|nsfw) (?:filter|check"
         r"|system|policy) (?:refuse|block|reject|trigger|kick in|strike|step in|intervene|fire"
         r"|catch|stop|deny)(?: (?:something|anything|an?|any))?"
         r"(?! \w+ (?:request|generation|image))",
         "are requests blocked by the safety filter"),
        # times are those of UTC anyway
        (r"\W*\b(?:in |by |at )?(?:utc|coordinated universal time)(?: time)?\b", ""),
    )
)  # fmt: skip


def rows_plainly(text: str) -> str:
    """Return a lower-case question with its rows and the form of its answer in plain words.

    "One-generation sessions" are sessions with exactly 1 generation, "sessions from Asia - count"
    asks how many there are, "how often ...? as a rate" needs no second rate.
    """
    text = rewritten(text, _REPLACED)
    bare = _AS_RATE.sub("", text)
    if bare != text and _ASKS_RATE.search(bare):
        text = bare
    counted = _COUNT_LAST.match(text)
    if counted and not _COUNTED.match(text):
        return f"how many {counted['what']}"
    return text
