"""Periods asked for in full sentences: one row per week, weekdays against each other, Monday first.

Here are plain questions about time; curves and launches are in `courses.py`.
"""

import re

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_ROW = r"(?:row|line|record|entry|value|number|figure|data point|result)"
_ASK = (
    r"(?:(?:please )?(?:return|report|show|give|list|produce|output|provide|deliver|compute"
    r"|calculate|i (?:want|need|expect))(?: me)? )?"
)
_HOLDS = (
    r"(?:with|holding|containing|giving|showing|stating|reporting|listing|of|for"
    r"|that (?:holds|has|shows|gives|contains|states))"
)
_DAYS = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_ON = r"(?:(?:on|of|for|from) )?(?:all |the )?"
_AGAINST = r"(?:vs\.?|versus|against|than|as opposed to|compared (?:to|with)|and|with|or|to)"
_PAIR = rf"{_ON}(?P<one>{_DAYS})s?,? {_AGAINST} {_ON}(?P<two>{_DAYS})s?"
_IS_PAIR = (
    r"(?:compar|differ|\bratio\b|\bvs\b|versus|against|as opposed|\bthan\b|separately|side by side)"
)
_MORE = r"(?:more|fewer|less|higher|lower|longer|shorter|larger|greater|better|worse)"
_PERIOD = r"(?:hour|day|week|month)"
_GROWTH = r"(?:growth(?: rate)?|relative change|percent(?:age)? (?:change|growth)|rate of change)"
_UNITS = {"hourly": "hour", "daily": "day", "weekly": "week", "monthly": "month"}


def before_spelling(text: str) -> str:
    """Return a lower-case question with its periods in the words that are read as times.

    "Return one row per week with the success rate" is "the success rate per week", "Saturdays
    versus Sundays" is "by weekday on Saturdays and Sundays".
    """
    return rewritten(text, _RULES)


def _growth(found: re.Match[str]) -> str:
    unit = _UNITS[found["grain"]]
    return f"{unit}-over-{unit} growth of {found['what']}"


def _pair(found: re.Match[str]) -> str:
    if not re.search(_IS_PAIR, found.string):
        return found[0]
    return f"by weekday on {found['one']}s and {found['two']}s"


_RULES = rules(
    # one row per week with the success rate
    (rf"^\W*{_ASK}(?:exactly )?(?:one|a single|1|a) {_ROW} (?:per|for each|for every|by|each)"
     rf" (?P<by>[\w ,-]+?)[\s,:;-]+{_HOLDS}:? (?:its |their |the )?(?P<what>.+)$",
     r"\g<what> per \g<by>"),
    (r"(?<=[a-z])\W*\b(?:from )?(?:0?0(?::00)?)\W{0,3}(?:-|\u2013|to|through|\.\.)\W{0,3}"
     r"23(?::\d\d)?(?: ?h)?\b\)?(?=\W*$|\W)", ""),
    (rf"^\W*(?:list|name|show|find|return|identify)(?: me)?(?: the)? (?P<rest>(?:\w+ )?{_PERIOD}s?"
     r" (?:with|on which|in which|that|where|when)\b)", r"the \g<rest>"),
    (r"\b(?P<to>up to|until|till|to|through) and including\b", r"\g<to>"),
    # weekdays against each other
    (rf"^\W*(?:is|are|was|were) there {_MORE} (?P<what>[\w -]+?) {_PAIR}\W*$",
     r"number of \g<what> by weekday on \g<one>s and \g<two>s"),
    (rf"^\W*(?:is|are|was|were) (?:the |our )?(?P<what>[\w -]+?) {_MORE} {_PAIR}\W*$",
     r"\g<what> by weekday on \g<one>s and \g<two>s"),
    (rf"(?<!weekday ){_PAIR}", _pair),
    (r"(?P<said>\b(?:week ?day|days? of (?:the )?week)\b.*?)[\s,(]*\b(?:starting (?:with|on|from)"
     r" monday|monday first|in (?:calendar|week|weekday) order|in the order of the week"
     r"|beginning (?:with|on) monday|from monday on(?:wards)?|monday to sunday|mon-sun)\)?",
     r"\g<said>"),
    # growth in percent from day to day
    (rf"\b(?P<grain>hourly|daily|weekly|monthly) {_GROWTH} (?:of|in) (?:the )?"
     r"(?P<what>[^,;?]+?)(?:,? (?:in|as an?) percent(?:age)?)?(?=\W*$)", _growth),
    (rf"\b(?P<unit>{_PERIOD})[ -](?:over|on|to|by|after)[ -](?P=unit) (?:absolute )?(?:difference"
     rf"|delta)s?"
     r"\b", r"\g<unit>-over-\g<unit> absolute change"),
    (r"\b(?P<kind>moving|rolling|running|trailing) (?:average|mean) (?:over|of|across) (?:the last"
     r" |a )?"
     r"(?:7|seven)[ -]days?(?: window)?(?: (?:of|for|in)\b)?", "7 day moving average of"),
    (r"\b(?P<kind>(?:rolling |trailing |moving )?(?:7|seven)[ -]day (?:rolling |trailing |moving"
     r" )?(?:average|mean)) of"
     r" (?:the )?(?P<what>[a-z][a-z -]*?) (?:per|a|each) day\b",
     r"7 day moving average of \g<what>"),
    # the longest session of each day
    (rf"\blongest (?P<row>session|visit)s? (?:of|in|on|for|per|from) (?:each |every )?(?P<unit>"
     rf"{_PERIOD})\b", r"maximum session duration per \g<unit>"),
    (rf"\b(?:slowest|longest running) (?:generation|request)s? (?:of|in|on|for|per|from) (?:each "
     rf"|every )?(?P<unit>"
     rf"{_PERIOD})\b", r"maximum latency per \g<unit>"),
    (rf"\b(?:most expensive|costliest|dearest) (?:generation|request)s? (?:of|in|on|for|per|from)"
     rf" (?:each |every )?"
     rf"(?P<unit>{_PERIOD})\b", r"maximum cost of a generation per \g<unit>"),
    # days that had enough
    (r"^\W*(?:on |in |during )?(?:which|what) (?P<unit>date|day|week|month)s (?:were there|was"
     r" there|did"
     r" (?:we|you) have|are there|do we have) ",
     lambda found: f"which {found['unit'].replace('date', 'day')}s had "),
    (r"^\W*on how many (?:distinct |different |separate )?(?P<unit>day|week|month)s (?:were|was"
     r"|are) "
     r"(?:any )?(?P<what>generations|requests|sessions|images) (?:made|requested|started|submitted"
     r"|there"
     r"|generated)\W*$", r"how many \g<unit>s had \g<what>"),
    (r"\b(?P<most>most|fewest|highest number of|largest number of|lowest number of|smallest number"
     r" of) "
     r"(?:distinct|different|unique) users\b", r"\g<most> active users"),
    (r"\b(?:over|across|through|throughout|during|around) the (?:24|twenty-four) hours(?: of"
     r" (?:the|a) day)?\b",
     "by hour of the day"),
    # periods ranked
    (r"^\W*(?:please )?(?:rank|order|sort)(?: me)? (?:all )?(?:the )?(?P<unit>month|week|day"
     r"|weekday"
     r"|hours? of (?:the )?day|hour)s? (?:by|on|according to) (?:the |their"
     r" )?(?P<what>[^,]+?)(?P<rest>,? (?:highest"
     r" first|lowest first|descending|ascending|from .+))?\W*$",
     lambda found: f"{found['what']} by {found['unit'].removesuffix('s')}"
                   f"{found['rest'] or ' highest first'}"),
    (r"[\s,]+(?:the )?(?:hours|days|weeks|months) in (?:chronological |calendar |their"
     r" )?order(?=\W*$)", ""),
    (r"^(?P<head>\W*(?:max|maximum|highest|most|peak|min|minimum|lowest|largest|fewest)\b.*) in an"
     r" hour\b",
     r"\g<head> in a single hour"),
    (r"\b(?:across|throughout) (?P<when>yesterday|today|last (?:week|month)|this (?:week|month))\b",
     r"in \g<when>"),
    (r"^\W*(?:build|construct|make|produce|create|generate|prepare)(?: me)? (?:a |an |the"
     r" )(?=.*\b(?:average|mean"
     r"|total|count|number|share|rate)\b)", ""),
    (r"^\W*(?:show |plot )?(?:me )?how (?:the )?(?P<what>[a-z][\w -]*?) (?:accumulate|add up|pile"
     r" up|build up"
     r"|grow cumulatively)s? (?P<rest>(?:day by day|week by week|per|by|over|each).*)$",
     r"running total of \g<what> \g<rest>"),
    # the change from one period to the next
    (rf"\b(?:the )?change (?:in|of) (?P<what>[a-z][\w -]*?) (?:versus|vs\.?|compared (?:to|with)"
     rf"|from|against"
     rf"|over|relative to) the (?:previous|prior|preceding) (?P<unit>{_PERIOD}),? (?:for|in|by"
     rf"|per) (?:each|every)"
     r" (?P=unit)\b", r"\g<unit>-over-\g<unit> absolute change in \g<what>"),
    (rf"^\W*(?:by )?how much (?:did|does|do|has|have) (?P<what>[a-z][\w -]*?) (?:increase|change"
     rf"|grow|rise|fall"
     rf"|drop|decrease|move|differ|vary)d? from (?:one|each|every) (?P<unit>{_PERIOD}) to the"
     r" (?:next|other|following)\W*$", r"\g<unit>-over-\g<unit> absolute change in \g<what>"),
    # each part of the day as a share
    (r"^\W*(?:the )?(?P<part>share|percentage|proportion|fraction) of each (?P<unit>hour of the"
     r" day|weekday|day of"
     r" the week|month|week|day) (?:in|of|among) (?:the )?(?:total|overall|all)"
     r" (?P<what>[\w ]+?)\W*$",
     r"\g<part> of \g<what> by \g<unit>"),
    (r"\b(?P<kind>moving|rolling) (?:average|mean) \((?:7|seven)[ -]days?\) of (?:the )?(?:daily"
     r" )?",
     "7 day moving average of "),
    (rf"\b(?:the )?change in (?:hourly|daily|weekly|monthly) (?P<what>[a-z][\w ]*?) from"
     rf" (?P<unit>{_PERIOD}) to (?P=unit)\b",
     r"\g<unit>-over-\g<unit> absolute change in \g<what>"),
    # dates by name, and ends of periods
    (r"\b(?:on )?(?:st\.? )?valentine'?s'?(?: day)?(?P<year>,? 20\d\d)?(?! )", r"on february"
                                                                               r" 14\g<year>"),
    (r"\b(?:on )?new year'?s'? day(?P<year>,? 20\d\d)?", r"on january 1\g<year>"),
    (r"\b(?:on )?leap day(?P<year>,? 20\d\d)?", r"on february 29\g<year>"),
    (r"\bfinal (?P<part>week|day|half|month|\d+ days|\w+ days) (?P<of>of|in) ", r"last \g<part>"
                                                                                r" \g<of> "),
    (r"^\W*(?:at|by) the end of (?P<month>[\w ]{3,20}),? how many (?P<who>[\w ]+?) had"
     r" (?P<done>signed up"
     r"|joined|registered|been created)\W*$", r"how many \g<who> \g<done> until the end of"
                                              r" \g<month>"),
    (r"(?P<one>\b20\d\d-\d\d-\d\d) ?(?:\.{2,3}|\u2026|\u2013|\u2014|/)"
     r" ?(?P<two>20\d\d-\d\d-\d\d)\b",
     r"from \g<one> to \g<two>"),
    (r"\b(?:between|from) (?P<day>20\d\d-\d\d-\d\d)[ t](?P<one>\d\d:\d\d) (?:and|to|until)"
     r" (?P=day)[ t]"
     r"(?P<two>\d\d:\d\d)\b", r"on \g<day> between \g<one> and \g<two>"),
    # prompts first seen
    (r"\b(?:new )?prompts? (?:that (?:were|was) |which (?:were|was) )?first (?:seen|used)"
     r" (?:in|on|during) (?:each|every) ", "new prompts per "),
    (r"\bnew prompts? first (?:seen|used)\b", "new prompts"),
    (r"\bmore reliable(?= than\b)", "higher success rate"),
    (r"\bless reliable(?= than\b)", "lower success rate"),
)  # fmt: skip
