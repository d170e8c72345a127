"""Amounts and moments as they are spoken: "half an hour", "how many does a user have"."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting import rewritten

_SMALL = r"\d{1,2}|two|three|four|five|six|seven|eight|nine|ten"
_MOST = (
    r"(?:(?:most|least)(?! recent)|fewest|highest|lowest|largest|biggest|smallest|longest|slowest"
    r"|busiest|(?:had|saw|with) (?:more|less|fewer|over|under|at least) )"
)
_AGGREGATED = re.compile(
    r"\b(?:average|avg|mean|median|typical\w*|usual\w*|highest|lowest|max\w*|min\w*|percentiles?"
    r"|p\d\d|quartiles?|total|sum|most|least|top|dearest|cheapest|largest|smallest|greatest"
    r"|distribution|spread|std|standard)\b"
)
_PER_WHAT = (
    r"session|generation|request|prompt|image|visit|error|failure|timeout|download|retry|retrie"
)
_PER_WHOM = r"user|customer|person|account|session|visit|member|subscriber"
_SOME = r"(?:free|pro|enterprise|mobile|desktop|tablet|europe\w*|asian?)(?: tier)?"
_RANKED = (
    r"busiest|quietest|slowest|fastest|cheapest|worst|best|peak|record|most \w+|least \w+|costliest"
    rf"|(?:top|bottom|worst|best) (?:{_SMALL})"
)
_POINT = r"(?: (?:point|value|level))?"
_REPLACED = (
    (re.compile(rf"\b(which|what) date(s?)(?=.*\b{_MOST})"), r"\1 day\2"),
    (re.compile(rf"\b({_RANKED}) date(s?)\b(?! of)"), r"\1 day\2"),
    (re.compile(rf"(?<!up )\bdate(s?)(?= (?:with|of|that had|which had) the {_MOST})"), r"day\1"),
    (re.compile(r"\b(which|what) date(s?) (?=did .* peak)"), r"\1 day\2 "),
    (re.compile(r"\bdid (?:the |our )?(?P<what>[a-z][a-z0-9 -]{2,40}?) "
                rf"(?:peak(?: out)?|reach (?:its|their|a|the) (?:peak|maximum|highest){_POINT}"
                r"|hit (?:its|their|a) (?:peak|maximum|high))\b"), r"was \g<what> highest"),
    (re.compile(r"\bdid (?:the |our )?(?P<what>[a-z][a-z0-9 -]{2,40}?) "
                rf"(?:bottom out|reach (?:its|their|a|the) (?:minimum|lowest|low){_POINT}"
                r"|hit (?:its|their|a|the) (?:minimum|low|bottom))\b"), r"was \g<what> lowest"),
    (re.compile(r"\b(in|from|of|for|across|within) (?:the us|the u\.s\.)(?![\w-]| (?:west|east))"),
     r"\1 us-west or us-east"),
    (re.compile(r"\bus[- ]based\b"), "us-west or us-east"),
    (re.compile(r"\bprompts? (?:(?:that|which) )?(?:(?:were|was|are|is|we) )?(?:first (?:seen|used"
                r"|appear\w*|submitted|asked|entered)|(?:seen|used) first|(?:seen|used|appear\w*)"
                r" for the first time|appear\w* first)\b"), "new prompts"),
    (re.compile(r"\b(?:consist(?:s|ed|ing)? of|with|having|have|has|had|contain(?:s|ed|ing)?) "
                r"(?:only |just |exactly )*(?:a single|one single|a lone)(?= \w)"),
     "with exactly 1"),
    (re.compile(r"\b(?:where|in which|with|when) (?:nothing|none of them) "
                r"(?:was |were |got |is )?"), "without any "),
    (re.compile(r"\b(?:that |which )?(?:cost|costs|costing) (?:nothing|(?:0|zero)(?: credits)?)"
                r"(?![\w.])"), "with cost at most 0"),
    (re.compile(r"\bhalf (?:an|a|1|one) hour\b|\ba half hour\b"), "30 minutes"),
    (re.compile(r"\b(?:1|one|an) hour and a half\b|\b(?:1|one) and a half hours\b"), "90 minutes"),
    (re.compile(r"\b(?:a )?quarter (?:of )?(?:an|a|1|one) hour\b"), "15 minutes"),
    (re.compile(r"\bhalf (?:a|1|one) minute\b"), "30 seconds"),
    (re.compile(r"\bhalf (?:a|1|one) second\b"), "500 ms"),
    (re.compile(r"\band (?=(?:more|less|fewer|higher|lower|greater|longer|better) th[ae]n\b"
                r"|(?:over|above|below|under|up to) \d)"), ", "),
    (re.compile(r"\bhow (?:often|many times|frequently) (?:is|was|does|do) (?:a|the|an) "
                r"(?:(?:average|typical|single) )?prompt (?:get |gets )?(?:re-?)?used"
                r"(?: on average| typically| usually| in the mean)?"), "average times used"),
    (re.compile(r"\bhow (?:often|many times|frequently) (?:are|were) (?:the )?prompts (?:re-?)?used"
                r"(?: on average| typically| usually| in the mean)"), "average times used"),
)  # fmt: skip
_PER_ONE = re.compile(
    rf"\bhow many (?P<what>{_PER_WHAT})s? (?:does|do|did|has|have) (?:a|an|the|1|one)"
    rf"(?: (?:average|typical|usual))? (?P<whose>(?:{_SOME} )?{_PER_WHOM})"
    r"(?: (?:usually|typically|normally|tend to|have|contain|hold|include|get|consist of|see))*\b"
)
_OF_ONE = re.compile(
    r"\b(?:the )?(?P<what>cost|price|spend)(?P<unit> in credits)? of (?:a|an|one|1)(?: single)? "
    r"(?=(?:generation|request|job|run|session|visit)\b)"
)
_ON_AVERAGE = re.compile(r"\W*\b(?:on|in the) (?:average|mean)\b(?:\s*,)?")


def say_amounts(text: str) -> str:
    """Return a lower-case text with its amounts and moments in the words of the lexicon.

    "Half an hour" is 30 minutes, "the busiest date" a day, "how many sessions does a user
    have" an average, as is "cost of a request" where no other way of putting together is said.
    """
    text = rewritten(text, _REPLACED)
    asked = _PER_ONE.search(text)
    if asked:
        head, tail = (_ON_AVERAGE.sub(" ", part) for part in text.split(asked[0], 1))
        return f"{head}average number of {asked['what']}s per {asked['whose']}{tail}"
    if _AGGREGATED.search(text):
        return text
    return _OF_ONE.sub(r"average \g<what>\g<unit> per ", text)
