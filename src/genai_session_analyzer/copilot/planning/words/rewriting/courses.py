"""How numbers run over time: curves, patterns, since launch, the change from week to week."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_RUN = (
    r"(?:curve|trajectory|course|path|profile|pattern|rhythm|cycle|arc|graph|series|line|progress"
    r"|evolution|history|chart|trend|development|ups and downs)"
)
_GRAIN = r"(?:daily|weekly|monthly|hourly)"
_EACH = r"(?:each|every|per|by|for all|monday|through the|across the)"
_START = (
    r"(?:we opened (?:our|the) doors|launch|day one|day 1|the (?:very )?(?:start|beginning|outset"
    r"|first day|launch|get-go)"
    r"|inception|go-?live|we (?:went live|launched|started|opened|began|exist|have existed)"
    r"|the product (?:launched|started)|it all began|opening day|the dawn of time|records began)"
)
_ALL_TIME = (
    rf"(?:(?:ever )?since {_START}|from (?:{_START})(?: (?:on|onwards?))?(?: (?:to|until|till|up"
    rf" to)"
    r" (?:now|today|date|the (?:end|present)))?"
    r"|(?:over|across|in|for|throughout|during|through) (?:the |our |its )?(?:whole|entire|full"
    r"|complete|total|all of the) (?:history|record|data|dataset|time span|lifetime|recorded time)"
    r"|(?:the )?(?:whole|entire|full) history|in (?:its|our) (?:entire |whole )?history"
    r"|through all (?:of )?time|as far back as (?:the data|we) (?:goes|go|can see))"
)
_HEAPED = (
    r"(?:accumulated?|amassed|piled up|heaped up|built up|stacked up|gathered up|totted up"
    r"|collected over time|racked up|notched up|clocked up|chalked up)"
)
_PERIODIC = r"(?:per|by|each|every|daily|weekly|monthly|hourly|over time|day|week|month)"
_WEEKDAYS = r"(?:(?:from )?monday (?:through|to|till|until|thru|-) sunday)"
_SPAN = (
    r"(?:data(?:set)?|records?|logs?|log files?|history|table|warehouse|tracking|collection"
    r"|recordings?|observations?)"
)
_GOES = r"(?:start|starts|begin|begins|open|opens|commence|commences)"
_STOPS = r"(?:end|ends|stop|stops|finish|finishes|close|closes|run out|runs out)"
_COVERED = "what period does the data cover"
_WHAT = r"(?P<what>[a-z][\w -]*?)"
_NTH = {
    "one": "first", "1": "first", "two": "second", "2": "second", "three": "third", "3": "third",
    "four": "fourth", "4": "fourth",
}  # fmt: skip
_SMOOTH = r"(?:smooth(?:ed)?|iron(?:ed)?|even(?:ed)?|flatten(?:ed)?|level(?:l?ed)?)(?: it)? out"
_NOISE = (
    r"(?:wobbles?|noise|jitter|bumps|ups and downs|swings|spikes|fluctuations?|zigzag|wiggles?"
    r"|jaggedness|variation|roughness)"
)
_AVERAGED = (
    r"(?:(?:7|seven)[- ]day (?:moving |rolling )?(?:average|mean)|(?:moving|rolling) (?:average"
    r"|mean)"
    r"(?: (?:of|over) (?:7|seven) days)?)"
)


def kept_grain(text: str) -> str:
    """Return "weekly active users" of a "weekly graph of active users", as typed otherwise."""
    return rewritten(text, _GRAIN_OF)


def before_spelling(text: str) -> str:
    """Return a lower-case question with its course of time in plain words.

    "Daily volume curve" is the daily volume, "since launch" is all the time there is.
    """
    return rewritten(text, _RULES)


def _every(found: re.Match[str]) -> str:
    unit = found["unit"]
    said = re.search(
        rf"\b{unit}|{'dai' if unit == 'day' else unit}ly\b", found.string[: found.start()]
    )
    return "" if said else f" per {unit}"


_GRAIN_OF = rules(
    (
        rf"\b(?:the |a )?(?P<grain>{_GRAIN}) (?P<what>(?:[\w-]+ ){{0,3}}?){_RUN} of (?:the )?",
        r"\g<grain> \g<what>",
    ),
)
_RULES = rules(
    # from when to when
    (rf"^\W*(?:on )?(?:what|which|when)(?: (?:date|day|time|moment))? (?:do|does|did|is|are) "
     rf"(?:the |our |this )?{_SPAN} {_GOES},? (?:and|or) (?:on )?(?:what|which|when)"
     rf"(?: (?:date|day|time))?(?: (?:do|does|did) (?:it|they|the \w+))? {_STOPS}\W*$", _COVERED),
    (rf"^\W*when (?:do|does|did) (?:the |our |this )?{_SPAN} {_GOES} and (?:when does it )?{_STOPS}"
     r"\W*$", _COVERED),
    (rf"^\W*(?:what (?:are|is|were) )?(?:the )?(?:(?:first|earliest|oldest|start|starting) and "
     rf"(?:the )?(?:last|latest|newest|end|final|most recent)|(?:start|beginning) and end)"
     rf" (?:dates?"
     rf"|days?|timestamps?|times?)(?: (?:in|of|on|covered by|we have in) (?:the |our |this )?"
     rf"{_SPAN})?\W*$", _COVERED),
    (rf"^\W*(?:what|which|how long a|how much) (?:stretch|span|range|window|slice|interval|length"
     rf"|extent|period|time) ?(?:of (?:time|dates|days))? (?:do|does|is|are) (?:covered by )?"
     rf"(?:the |our |this )?{_SPAN}(?: (?:cover|span|reach over|extend over|comprise|include"
     r"|stretch over|run over))?\W*$", _COVERED),
    (rf"^\W*from (?:which|what) (?:day|date) (?:to|until|till) (?:which|what) (?:day|date) (?:do"
     rf"|does|is|are)"
     rf" (?:we |the |our |there )?(?:have )?(?:any )?{_SPAN}(?: run| go| reach)?\W*$", _COVERED),
    (rf"^\W*(?:what is |show )?(?:the )?(?:time[- ]?frame|time ?span|time ?range|period|date range"
     rf"|window of time) (?:of|covered by|behind|in) (?:the |our |this )?{_SPAN}\W*$", _COVERED),
    (rf"\bhow far back (?P<do>do|does) (?:the |our )?{_SPAN} (?:go|reach|stretch|extend|date)\W*$",
     "how far back does the data go"),
    (r"\bweek (?P<n>one|1|two|2|three|3|four|4) of (?=january|february|march|april|may|june|july"
     r"|august|september|october|november|december|last|this)",
     lambda found: f"the {_NTH[found['n']]} week of "),
    # headings before the question
    (rf"^\W*(?:draw |plot |chart |show )?(?:the |a )?[\w -]*?\b{_RUN}(?: of [\w -]+?)?\s*,\s*"
     rf"(?=(?!and\b).*\b{_EACH}\b)", ""),
    # patterns of the week and of the day
    (rf"\b(?:the |a )?(?:weekday|day[- ]of[- ](?:the[- ])?week) {_RUN} (?:of|for|in) (?:the"
     rf" )?{_WHAT}"
     r"(?=\W*$| in | for | on )", r"\g<what> by weekday"),
    (rf"\b(?:the |a )?(?:hourly|24[- ]hour|hour[- ]of[- ]day|intraday|round the clock"
     rf"|hour[- ]by[- ]hour) {_RUN} (?:of|for|in) (?:the )?{_WHAT}(?=\W*$| in | for | on )",
     r"\g<what> by hour of the day"),
    (rf"\b(?:the |a )?(?:24[- ]hour|hour[- ]of[- ]day|intraday) {_WHAT} {_RUN}\b",
     r"\g<what> by hour of the day"),
    (rf"\b(?:the |a )?(?:weekday|day[- ]of[- ]week) {_WHAT} {_RUN}\b", r"\g<what> by weekday"),
    (r"\b(?:through|throughout|over|across|during|around) the (?:hours of the (?:day|clock)|clock"
     r"|24 hours)\b", "by hour of the day"),
    (rf"(?P<said>\bweek ?days?\b.*?)[\s,]*(?:for |from )?{_WEEKDAYS}", r"\g<said>"),
    (rf"\b(?:for )?(?:each day )?{_WEEKDAYS}[\s,]*(?=weekday by weekday)", ""),
    (rf"\b(?:for )?(?:each day )?{_WEEKDAYS}\b", "by weekday"),
    (r"\bweekday by weekday\b", "by weekday"),
    # curves and trajectories
    (rf"\b(?:chart|plot|draw|graph|trace)(?= (?:the |a |our )?{_GRAIN}\b)", "show"),
    (rf"\b(?P<grain>{_GRAIN}) (?P<what>(?!active\b)[\w -]+?) {_RUN}(?=\W*$| (?:for|in|on|of|since"
     r"|during)\b)", r"\g<grain> \g<what>"),
    (rf"\b(?:the |a )?(?P<what>[a-z][a-z -]+?) {_RUN}(?= (?:by|per|each|every|over) )",
     r"\g<what>"),
    (rf"\b(?:the |a )?(?:{_RUN}) of (?:the |our )?(?=.*\b(?:by|per|each|every) )", ""),
    (rf"^\W*(?:(?:show|draw|plot|chart|trace|sketch|graph) )?(?:the |a )?(?:curve|trajectory|course"
     rf"|path|arc|evolution) of (?:the |our )?{_WHAT}(?: over time)?\W*$", r"\g<what> over time"),
    # since launch
    (rf"[\s,]*\b{_ALL_TIME}\b(?! of\b)(?P<end>\W*$|(?=[\s,]))", r"\g<end>"),
    (r"^\W*all[- ]time (?=\w)", ""),
    (r"(?<!time )(?<!take )\b(?:between|from) (?:the )?(?:request|asking|submission|question"
     r"|click) (?:and|to) (?:the )?"
     r"(?:answer|response|result|reply|image|picture|delivery)\b", ""),
    # every week we have
    (r"[\s,]*\b(?:for )?every (?P<unit>day|week|month) (?:that )?(?:we have|on record|there is"
     r"|there"
     r" was|in the data|of the data|on file|we know of)\b", _every),
    # smoothed
    (rf"\b{_SMOOTH} (?:the |our )?(?:(?P<grain>daily|day[- ]to[- ]day) )?(?:{_NOISE} (?:in|of) )?"
     rf"(?:the |our )?{_WHAT}[\s,]*(?:with|by|using|through|via)? ?(?:the |a |an )?{_AVERAGED}",
     r"7 day moving average of \g<what>"),
    (rf"\b{_SMOOTH} (?:the |our )?(?:daily )?(?:{_NOISE} (?:in|of) )?(?:the |our )?",
     "7 day moving average of "),
    (r"\bsmoothed (?:out )?(?:over|across|by) (?:a|one|the) week\b", "7 day moving average"),
    (r"\b(?:trailing|sliding|running|rolling)(?: |-)(?:7|seven)[- ]day (?:moving )?(?:average"
     r"|mean)\b",
     "7 day moving average"),
    # ups and downs, and how it went on
    (r"\b(?:the )?(?:ups and downs|highs and lows|swings|twists and turns) (?:of|in) (?:the |our"
     r" )?", ""),
    (r"\b(?:unfold|play out|pan out|behave|shape up|turn out)(?=(?: like)? (?:over|across|through"
     r"|from)\b)",
     "develop"),
    (r"\b(?P<unit>day|week|month) (?:after|by) (?P=unit)\b", r"per \g<unit>"),
    (r"\blifetime (?:total|count|sum|number) of\b", "total"),
    # accumulated, without a time, is a total
    (rf"^(?!.*\b{_PERIODIC}\b)(?P<what>.*?),? *\b(?:that |which )?(?:(?:have|has) )?(?:we|they"
     rf"|you)?"
     rf" *(?:have |has )?(?:ever )?{_HEAPED}(?P<rest> (?:so far|in all|by|to date|until now))?\W*$",
     r"\g<what>"),
    (r"\b(?:slice|chunk) of (?P<what>[\w ]+?) (?:landing|falling|made|coming|sent|happening|taking"
     r" place) on ", r"share of \g<what> on "),
    (r"(?<!on )(?<!on a )(?<!or )(?<!and )\b(saturday) (?:or|and) (sunday)\b", r"on \1s and \2s"),
    (r"\bon an? (monday|tuesday|wednesday|thursday|friday|saturday|sunday) or (?:an? )?(monday"
     r"|tuesday|wednesday|thursday|friday|saturday|sunday)\b", r"on \1s and \2s"),
)  # fmt: skip
