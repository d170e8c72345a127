"""Members that are wanted one by one: "January, February and March separately"."""

import re

from genai_session_analyzer.copilot.planning.times.calendar_words import MONTHS, WEEKDAYS

_APART = re.compile(
    r"[,;]?\s*\b(?:(?:each |all |but )?(?:taken |looked at |shown |listed "
    r"|counted )?separate(?:ly)?"
    r"|each (?:one )?(?:on its own|by itself|separately|alone|apart)|kept apart|one by one"
    r"|one at a time|one after (?:the other|another)|individually|on their own|by themselves"
    r"|one (?:figure|number|value|row|line) (?:each|apiece)|in turn|each in turn|singly"
    r"|apart from each other|broken out|(?:with )?(?:one|a|1)(?: (?:line|row|bar|figure|number"
    r"|value"
    r"|point|column))? (?:each|apiece))(?=\W*$|[,.;?])"
)
_EACH_OF = re.compile(r"\b(?P<by>for|in|of|on|by|from) (?:each|every one|each one) of (?=\w)")
_FAMILIES = (
    ("month", rf"(?:{'|'.join(MONTHS)})"),
    ("weekday", rf"(?:{'|'.join(WEEKDAYS)})s?"),
    ("device type", r"(?:desktops?|mobiles?|tablets?|phones?)"),
    ("user tier", r"(?:free|pro|enterprise)"),
    ("model version", r"v?\d\.\d"),
    ("region", r"(?:europe|asia|africa|north america|south america|oceania|latin america)"),
)
_LISTED = r"[,:;]\s*(?:for|on|in|across|by) @(?:,? (?:and )?@){2,}\W*$"
_ALL_DAYS = re.compile(
    r"\b(?:for|on|from|in|by) (?:each day )?(?:from )?mondays?(?: (?:all the way )?(?:through|thru"
    r"|to|until|till)(?: to)? |-)sundays?\b"
)
_MONTH = rf"(?:{'|'.join(MONTHS)})"
_MONTHS_AGAINST = re.compile(
    rf"^\W*{_MONTH}(?:,? (?:vs\.?|versus|against) {_MONTH}){{2,}}(?= *[:,])"
)
_GROUPED = re.compile(r"\b(?:by|per|for each|each) (?:the )?(?:month|weekday|day|week|user tier"
                      r"|tier|device|model|region)")  # fmt: skip


def one_by_one(text: str) -> str:
    """Return a lower-case question whose members are wanted separately with "by" their field.

    "Cost for January, February and March separately" is "cost by month for January, ...",
    "Monday through Sunday" is by weekday.
    """
    text = _ALL_DAYS.sub("by weekday", text)
    against = _MONTHS_AGAINST.search(text)
    if against:
        *others, last = re.split(r",? (?:vs\.?|versus|against) ", against[0].strip())
        text = f"{text[against.end() :].strip(' :,')} by month for {', '.join(others)} and {last}"
    apart = _APART.sub("", text)
    plain = _EACH_OF.sub(r"\g<by> ", apart)
    for name, member in _FAMILIES:
        listed = re.search(_LISTED.replace("@", member), plain)
        found = re.findall(rf"\b{member}\b", plain)
        if len(found) > 1 and (plain != text or listed):
            return plain if _GROUPED.search(plain) else f"{plain.rstrip(' .?!')} by {name}"
    return apart
