"""Words that ask for something other than a measure or a field."""

import re
from typing import Literal

Cue = Literal[
    "share", "running", "moving", "change", "rank", "threshold", "reduce", "period", "list",
    "unknown", "negation", "within", "group", "several",
]  # fmt: skip

_PATTERNS: dict[Cue, str] = {
    "share": r"shares?|percent\w*|proportions?|fractions?|parts?|portion|ratio|out of|%",
    "running": r"cumulat\w*|running|accumulat\w*|so far|adds? up",
    "moving": r"moving|rolling|smooth\w*",
    "change": r"chang\w*|gr[eo]w\w*|growth|increas\w*|decreas\w*|r[io]se|rising|dropp?\w*|"
    r"declin\w*",
    "rank": r"top|bottom|most|least|best|worst|(?:high|low|larg|bigg|small|slow|fast|busi|quick|"
    r"cheap|long|short|great|happi|new|old)est|fewest|rank\w*|sort\w*|order\w*|popular|common|"
    r"leading|leaders?|first|heaviest|priciest|more expensive|outliers?",
    "threshold": r"more than|over|at least|fewer|less than|above|below|under|between|exceed\w*|"
    r"minimum|maximum|or more|or less|beyond|within|longer than|slower than|up to|at most|"
    r"only once|once|twice|exactly|several|multiple|higher than|lower than|greater than",
    "reduce": r"average|mean|median|typical\w*|on average|normal\w*|how many|number of|count",
    "period": r"per|by|each|every|over time|trend\w*|develop\w*|evol\w*|hourly|daily|weekly|"
    r"monthly|history|timeline|course|hours?|days?|weeks?|months?|weekdays?|quarters?|years?|when",
    "list": r"list|show|which|who|details?|rows|examples?|what are|give",
    "unknown": r"unknown|missing|known|recorded|null|without|no|never|lack\w*|empty|any|rated",
    "negation": r"not|no|except|excluding|without|other than|never|non|but|besides|outside|apart",
    "group": r"by|per|each|every|across|split|break\w*|which|what|who|between|compare\w*|versus|vs|"
    r"among\w*|differ\w*|most|least|popular|distribution|group\w*|for all|all the|list|show|top|"
    r"segment\w*|depend\w*|vary|varies|over|against|common|worst|best|where|do|does|grouped|\w+est",
    "several": r"and|as well as|along with|plus|together with|with|,|alongside|besides|both",
    "within": r"within|in each|for each|of each|per|by each",
}

CUE_TEXT = {cue: re.compile(rf"(?<!\w)(?:{text})(?!\w)") for cue, text in _PATTERNS.items()}
"""Where the words of each cue stand in a text of lower case."""


def cues_in(question: str) -> frozenset[Cue]:
    """Return what the question's words ask for beside measures and fields."""
    text = question.casefold()
    return frozenset(cue for cue, pattern in CUE_TEXT.items() if pattern.search(text))
