"""Means that are asked for by their unit: "how many seconds does a mobile user wait"."""

import re

_ROWS = r"(?:requests|generations|jobs|runs|images|pictures|renders|sessions|visits|prompts|calls)"
_UNIT = r"(?P<unit>seconds?|secs?|milliseconds?|ms|minutes?|hours?)"
_TYPICALLY = r"(?:,? ?(?:on average|in the mean|typically|usually|normally|in general))?"
_SHELL = rf"\bhow many {_UNIT}{_TYPICALLY} (?:do|does|did|must|should|will|has|have){_TYPICALLY} "
_WAITS = re.compile(
    rf"{_SHELL}(?:an? |the |our )?(?P<who>[\w][\w -]{{1,40}}?){_TYPICALLY}"
    rf"(?: (?:have to|has to|need to|needs to|had to))? (?:wait|spend waiting|to wait){_TYPICALLY}"
    r"(?: (?:for|until|till) (?:an?|the|one|their|his|its) (?:\w+ )?(?:image|picture|pic|answer"
    rf"|result|generation|response)s?(?: is ready)?)?{_TYPICALLY}(?=\W|$)"
)
_TAKES = re.compile(
    rf"{_SHELL}(?:an? |the |our |one )?(?P<who>(?:[\w.-]+ ){{0,2}}(?P<rows>sessions?|visits?"
    rf"|{_ROWS}|request|generation|job|run|image|render|call)"
    r"(?: (?:on|in|from|with|by|of) [\w. -]{2,30}?)?)"
    rf"{_TYPICALLY} (?:takes?|lasts?|needs?|runs?|go on){_TYPICALLY}"
    r"(?! (?:at least|at most|or))(?=\W|$)"
)
_ASKS_OTHER = re.compile(
    r"\b(?:total|altogether|median|p\d\d|percentile|at least|at most|longest|slowest|max\w*|min\b"
    r"|minimum|combined|overall|sum|together|change|more|less|longer|shorter)\b"
)
_COSTS = re.compile(
    r"\bhow many credits (?:does|did) (?:an?|one|the (?:average|typical)) (?P<who>(?:[\w.-]+ ){0,2}"
    rf"(?:generation|request|image|picture|job|run|session|visit)){_TYPICALLY} cost{_TYPICALLY}"
    r"(?=\W|$)"
)
_HAS = re.compile(
    r"\bhow many (?P<what>retries|steps|sampling steps|tokens|images|pictures|characters)"
    rf"{_TYPICALLY} (?:does|did|do|is|are) (?:an?|one|the (?:average|typical)) "
    r"(?P<who>(?:[\w.-]+ ){0,2}(?:generation|request|job|run|call|prompt))"
    rf"{_TYPICALLY} (?:needs?|uses?|has|have|takes?|contains?|requires?|produces?"
    rf"|yields?|returns?){_TYPICALLY}(?=\W|$)"
)
_LONG = re.compile(
    r"\bhow many (?P<what>tokens|characters|letters) long (?:is|are|was|were)"
    rf"{_TYPICALLY} (?:an? |the )?(?:average |typical |usual )?prompts?{_TYPICALLY}(?=\W|$)"
)


def means_by_unit(text: str) -> str:
    """Return a lower-case question for a number of seconds, tokens or credits as one for a mean.

    A question that says how else they are put together is returned as it is.
    """
    if _ASKS_OTHER.search(text):
        return text
    text = _WAITS.sub(r"mean latency in \g<unit> of \g<who>", text)
    text = _COSTS.sub(r"mean cost of \g<who>s", text)
    text = _LONG.sub(r"mean number of \g<what> of prompts", text)
    text = _HAS.sub(r"mean number of \g<what> of \g<who>s", text)
    return _TAKES.sub(_taken, text)


def _taken(match: re.Match[str]) -> str:
    of = "duration" if match["rows"].startswith(("session", "visit")) else "latency"
    return f"mean {of} in {match['unit']} of {match['who']}"
