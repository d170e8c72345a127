"""Numbers next to each other, one by one, and of both of two."""

import re

from genai_session_analyzer.copilot.planning.times.calendar_words import MONTHS
from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_BESIDE = (
    r"(?:next to (?:each other|one another)|side by side|beside (?:each other|one another)"
    r"|alongside (?:each other|one another)|in one (?:row|line|table|go)|together in one \w+"
    r"|together(?=\W*$))"
)
_PUT = r"(?:put|lay|set|place|line up|hold|show|give|list|display|arrange|report|lay out|bring)"
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_MONTHS = rf"{_MONTH}(?:,? (?:and |& )?{_MONTH})+"
_APART = (
    r"(?:separately|individually|one by one|one at a time|each on (?:its|their) own|each"
    r"(?: (?:month|one))?|apart|singly|in turn|month by month|each separately|each by itself"
    r"|each one(?: separately)?|a month at a time|respectively|each alone|on their own)"
)
_WHO = r"(?:users|members|people|customers|clients|accounts|subscribers|devices|prompts|ones)"
_BOTH = re.compile(
    rf"^\W*(?:do|does|did|is|are|was|were) (?P<one>[\w.-]+)(?: {_WHO})? [^?.]*\bthan (?:the )?"
    rf"(?P<other>[\w.-]+)(?: {_WHO})?[^?.]*[?.] *(?P<what>[^?.]+?)"
    r" (?:for|of|in|on|with) (?:both|each|the two|either|them both|the pair)\W*$"
)


_BEFORE = rules(
    (r"^\W*(?P<one>weekends?|weekdays?) or (?P<other>weekends?|weekdays?) *[,:;] ",
     r"\g<one> vs \g<other> , "),
    (r"(?<=\w)\s+[-\u2013]+\s+(?=(?:the )?ids?\b)", " with "),
    (r"^\W*which (?P<rows>requests|generations|images|pictures|sessions|jobs|runs|users"
     r"|prompts)\b[^?]*"
     r"\? *(?:(?:give|show|list|name) (?:me )?)?(?:the )?(?P<first>\w+ (?:\w+est|most \w+))"
     r"(?P<with> with .+)$", r"the \g<first> \g<rows>\g<with>"),
    (r"(?:,? *\b|^)(?P<unit>tier|region|device|model|sampler|domain|mood|style|art style|user"
     r"|day|week"
     r"|month|hour|session|cluster|status|status|plan) by (?P=unit)\b", r" by \g<unit>"),
    (r"\b(?P<what>(?:(?:on|in|for|of|from|with) )?[\w.]+) alone(?=\W*$|[,;])", r"\g<what> only"),
    (rf"^\W*{_PUT}(?: me)? (?P<what>[^,;?]*?(?:, [^,;?]*?)*?),? {_BESIDE}\b", r"\g<what>"),
    (rf"\b(?P<times>{_MONTHS}),? {_APART}(?=\W*$)", r"\g<times> per month"),
    (rf"\b(?P<what>each of|separately for|individually for) (?={_MONTHS})", "per month for "),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question for several numbers as one for all of them.

    "Put p50 and p99 next to each other" asks for "p50 and p99", "January and February separately"
    for them "per month", "do pro users wait longer than free ones? Latency for both" for the
    "latency for pro and free".
    """
    both = _BOTH.match(text)
    if both:
        text = f"{both['what']} for {both['one']} and for {both['other']}"
    return rewritten(text, _BEFORE)
