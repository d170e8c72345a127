"""Days and periods said in words that the time words do not have."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_MOST = (
    r"(?:(?:most|least)(?! recent)|fewest|highest|lowest|largest|biggest|smallest|longest|slowest"
    r"|busiest|(?:had|saw|with) (?:more|less|fewer|over|under|at least) )"
)
_SMALL = r"\d{1,2}|two|three|four|five|six|seven|eight|nine|ten"
_RANKED = (
    r"busiest|quietest|slowest|fastest|cheapest|worst|best|peak|record|most \w+|least \w+|costliest"
    rf"|(?:top|bottom|worst|best) (?:{_SMALL})"
)
_POINT = r"(?: (?:point|value|level))?"
_DONE = r"(?:generated|active|created|appeared|seen|used (?:it|the (?:service|app|product)))"


_BEFORE = rules(
    # who signed up or was active then
    (r"\b(?:who |that |which )?(?:with|have|has|had|having|whose) (?:a |an |the |their )?"
     r"(?:sign-?up|registration) date (?:is |was |of |that (?:is|was|falls) |falls |lies "
     r"|lying "
     r"|falling )?(?=after|before|between|in|on|from|since|until|later|earlier|prior)",
     "who signed up "),
    (r"\bwhose (?:last|latest|most recent) (?:generation|request|activity) (?:took place"
     r"|occurred"
     r"|happened|was made|was|dates from) (?=after|before|between|in|on|since|until)",
     "who were last active "),
    (r"\bregistered users\b(?=.*\b(?:per|by|each|every) (?:day|week|month|quarter|year))",
     "users who signed up"),
    (r"\bfrom (?:each|one|every) (day|week|month|quarter|year) to the (?:next|following)"
     r"(?: (?:one|day|week|month|quarter|year))?\b", r"from \1 to \1"),
    (r"\b(cohort weeks?|signup (?:weeks?|months?)|weekly cohorts?|cohorts?) "
     r"(since|from|after|between|in|of|before) (?=(?:the )?(?:beginning|start|end|year|january"
     r"|february|march|april|may|june|july|august|september|october|november|december|\d))",
     r"\1 of users who signed up \2 "),
    (r"\bprompts? (?:(?:that|which) )?(?:(?:were|was|are|is|we) )?(?:first (?:seen|used"
     r"|appear\w*|submitted|asked|entered)|(?:seen|used) first|(?:seen|used|appear\w*)"
     r" for the first time|appear\w* first)\b", "new prompts"),
    (r"\bsign-?ups (?:from|of|in) (?=.*\b(?:were|was|are|generated|made|had|still)\b)",
     "users who signed up in "),
    (r"^(?P<head>.*\b(?:signed up|joined|registered|sign-?ups?|cohort|new users)\b.*?)"
     r"\b(?:in|during|for) each (?:of the )?(?:following |subsequent |later |next )?"
     r"(?P<period>week|month|day)s?(?: (?:that followed|after(?:wards| that)?|since(?: then)?"
     r"|thereafter|following|later))?(?=\W|$)", r"\g<head>per \g<period>"),
    (r"(?P<who>(?:users|people|customers) (?:who|that) (?:signed up|joined|registered) in"
     r" [\w ]+?) (?:came back|returned|were back|showed up again|were still around)"
     r" (?=in|during|on|last|this)", r"\g<who> were active "),
    # bounds
    (r"\b(?:in|during|for) the (?:week|period|days|interval|time span|range)"
     r" (?=from|between)", ""),
    (r"\bon or before\b|\b(?:no|not) later than\b", "until"),
    (r"\bon or after\b|\b(?:no|not) earlier than\b", "since"),
    (r"\bearlier than (?=\d|january|february|march|april|may|june|july|august|september"
     r"|october|november|december|the )", "before "),
    (r"\bprior to\b", "before"),
    (r"\blater than (?=\d|january|february|march|april|may|june|july|august|september"
     r"|october|november|december|the )", "after "),
    (r"[\s,]*\b(?:both (?:(?:days?|dates?|ends?|values?|limits?|bounds?|months?) )?"
     r"(?:are |being )?(?:included|inclusive(?:ly)?)|inclusive(?:ly)?)\b", ""),
    (r"\b(?:over|since) (?P<day>[\w ]+?) (?:and (?:after|later))\b", r"since \g<day>"),
    (r"\bon (?:and|or) after\b", "since"),
    (r"(?<=from )(?P<day>[\w ]{3,20}?) (?:to|until|till|up to) (?:now|date|the present)\b",
     r"\g<day> until today"),
    # days
    (r"\bon (?:a|any) (mon|tues|wednes|thurs|fri|satur|sun)day\b", r"on \1days"),
    (r"\b(?:on|in) how many (days|weeks|months) (?:was|were|did|is|has|had)\b",
     r"how many \1 had"),
    (rf"\b(which|what) date(s?)(?=.*\b{_MOST})", r"\1 day\2"),
    (rf"\b({_RANKED}) date(s?)\b(?! of)", r"\1 day\2"),
    (rf"(?<!up )\bdate(s?)(?= (?:with|of|that had|which had) the {_MOST})", r"day\1"),
    (r"\b(which|what) date(s?) (?=did .* peak)", r"\1 day\2 "),
    (r"\bdid (?:the |our )?(?P<what>[a-z][a-z0-9 -]{2,40}?) "
     rf"(?:peak(?: out)?|reach (?:its|their|a|the) (?:peak|maximum|highest){_POINT}"
     r"|hit (?:its|their|a) (?:peak|maximum|high))\b", r"was \g<what> highest"),
    (r"\bdid (?:the |our )?(?P<what>[a-z][a-z0-9 -]{2,40}?) "
     rf"(?:bottom out|reach (?:its|their|a|the) (?:minimum|lowest|low){_POINT}"
     r"|hit (?:its|their|a|the) (?:minimum|low|bottom))\b", r"was \g<what> lowest"),
    # parts of a period; all times are UTC
    (r"\b((?:first|second|1st|2nd|last) (?:half|week|third)) of ([\w ]{3,20}?)"
     r" (against|vs\.?|versus|and|or|to|with|compared (?:to|with)|than)"
     r"((?: in)? the (?:first|second|third|1st|2nd|last) (?:half|week|third))\b(?! of)",
     r"\1 of \2 \3\4 of \2"),
    (r"\W*\b(?:in |by |at )?(?:utc|coordinated universal time)(?: time)?\b", ""),
)  # fmt: skip
_AFTER = rules(
    # when something peaked
    (r"^\W*when (?:did|was|were|do|does) (?:the |our )?([\w ]+?) "
     r"(?:peak|(?:at (?:its|their) )?(?:peak|highest|maximum))\W*$",
     r"which day had the highest \1"),
    # weekdays
    (r"\b(?:from )?monday (?:to|through|till|until|thru) friday\b", "on weekdays"),
    # the span of the data
    (r"^\W*(?:(?:since|from) when (?:do|did|does) (?:we|you|the data(?:set)?|our data)"
     r"(?: have| go| start| reach)?(?: (?:any|the|our))?(?: data)?(?: back)?"
     r"|(?:when|where) (?:do|does|did) (?:the|our|this) (?:data(?:set)?|log|records?)"
     r" (?:start|begin)|how far back (?:do|does) (?:the|our) (?:data|logs?|records)"
     r" (?:go|reach))\W*$", "when was the first request"),
    (r"^\W*(?:(?:when|where) (?:do|does|did) (?:the|our|this) "
     r"(?:data(?:set)?|log|records?) (?:end|stop|finish)"
     r"|how (?:recent|fresh|current|up to date) (?:is|are) (?:the|our) (?:data|logs?)"
     r"|(?:up to|until) when (?:do|does) (?:we|the data|our data) (?:have|go|reach)"
     r"(?: data)?)\W*$", "when was the last request"),
    # when people were first active
    (rf"\b(?:were |was |have |has )?{_DONE}(?: (?:something|anything|images?|a picture))?"
     r"(?P<before>(?: (?:in|on|during|since|after|before|last|this)\b[\w ]*?)?)"
     r" for the (?:very )?(?P<which>first|last) time\b", r"\g<which> active\g<before>"),
    (r"\b(?:started|began) (?:generating|using (?:it|the (?:service|app|product)))\b",
     "first active"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with its dates in the words that are read as times.

    "No later than March 3" is "until March 3", "with a signup date in May" is "who signed up in
    May", "the busiest date" is a day.
    """
    return rewritten(text, _BEFORE)


def after_spelling(text: str) -> str:
    """Return a lower-case question with its first and last times in plain words.

    "Since when do we have data" asks for the first request, "generated for the first time in May"
    is "first active in May".
    """
    return rewritten(text, _AFTER)
