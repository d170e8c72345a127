"""Requests by other names: demand, interest, what was served, how busy it was."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_ROWS = r"(?:requests|generations|jobs|runs|images|calls)"
_ASK = r"(?:asks?(?: us)? for|requests?|wants?|orders?|tries|try|picks?|chooses?|uses?|types?)"
_SOMEONE = (
    r"(?P<who>(?:[\w-]+ ){0,3}?(?:someone|somebody|people|users?|customers?|members?|anyone))"
)


_TIMES = (
    r"(?:an?|any|one|a single|last|this|total|\d+|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|parallel|time)"
)
_BEFORE = rules(
    (r"\b(?:demand|appetite|thirst|hunger|craving|enthusiasm|interest|requests?) (?:for|in) "
     rf"(?!(?:each|every|the|{_TIMES})\b)(?=\w)", "requests for "),
    (r"\b(?:adoption|uptake|take[ -]?up|popularity|usage|use) of"
     r" (?P<what>[^,;?]+?)(?:,? (?:measured|counted"
     rf"|expressed|given|taken)?) ?in {_ROWS}\b", r"number of requests for \g<what>"),
    (r"\bhow (?:popular|common|widespread|frequent|prevalent|sought[- ]after|commonplace|in demand)"
     r" (?:is|are|was|were|has|have)(?: the)?(?: use of)? (?=(?:[\w.-]+ ){0,2}?[\w.-]+(?:"
     r" been)?(?: (?:with|among|on|in|by|for"
     r"|per|last|this)\b|\W*$))", "how many requests for "),
    (r"\bhow often (?:is|are|was|were|has|have|do people|do users|did people|did users|do"
     r" customers) "
     r"(?P<what>[\w .-]{2,30}?) (?:been )?(?:picked|chosen|requested|selected|asked for|wanted"
     r"|ordered)\b",
     r"how many requests for \g<what>"),
    (r"\b(?:fit|fits|fall|go|goes|happen|happened|take place|squeeze[ds]?|pack(?:ed|s)?) (?:in"
     r"|into|to|inside|within) "
     r"(?:a|one|each|every|an average|the average|a single|a typical) (?=(?:session|visit"
     r"|sitting)\b)", "per "),
    (r"^(?P<asked>(?!.*\b(?:sessions?|visits?|users?|people|prompts?)\b.*\bwhere ).*?)\bwhere"
     r" (?:the |an? )?"
     r"(?:request|generation|job|run|image|call) (?=(?:was|were|is|got|had|has|failed"
     r"|succeeded|took|hit|timed)\b)",
     r"\g<asked>of requests that "),
    (r"\bhow busy (?:were|was|are|is|have|has|did|do|does) (?:we|it|things|the (?:service|platform"
     r"|system|site)|traffic|business)(?: been| get)?\b", "how many requests"),
    (rf"\b(?P<rows>{_ROWS}) (?:did |do |have |has )(?:we|the (?:service|platform|system|site"
     r"|models?))"
     r" (?:serve|served|process|processed|handle|handled|field|fielded|deal with|dealt with|see"
     r"|saw|seen"
     r"|take|taken|receive|received|get|got|process)\b", r"\g<rows> were there"),
    (rf"\b(?P<rows>{_ROWS}) (?:we|the (?:service|platform|system)) (?:served|processed|handled"
     r"|fielded|dealt with|took in|received)\b", r"\g<rows>"),
    (r"\b(?:that |which )?(?:land|lands|landed|landing|hit|hits|hitting) on "
     r"(?=(?:an? |the )?(?:\w+day|week))", "were on "),
    (rf"^\W*(?:when|whenever|where) {_SOMEONE} {_ASK} (?P<what>[^,;?]+), (?P<how>how (?:many|often)"
     r"|what (?:share|percentage|part|fraction|proportion)) (?:of )?(?:do |does |did |are |is )?"
     rf"(?:those|these|the|their|such) (?:{_ROWS} )?",
     r"\g<how> of requests for \g<what> by \g<who> "),
    (r"\bhow many of (?=requests for)", "how many "),
    (r"\bby (?:someone|somebody|people|anyone|users) (?=\w+\W*$)", ""),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with the use of the service as requests.

    "Demand for anime" is requests for it, "how busy were we" asks how many requests there were.
    """
    return rewritten(text, _BEFORE)
