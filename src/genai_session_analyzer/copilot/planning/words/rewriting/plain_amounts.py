"""Amounts and values of rows in fewer words: "a cost of 1 to 2 credits", "whose profile"."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_MEAN = r"(?P<how>mean|average|avg|median|standard deviation)"
_HOW = (
    r"(?P<how>mean|average|avg|median|max|maximum|min|minimum|highest|largest|biggest|lowest"
    r"|smallest)"
)
_LONGEST = r"(?:max|maximum|longest|highest|slowest|peak)(?: recorded| known)?"
_SESSION = r"(?:per|of a|of each|in a|within a|of the|of|for a|in) sessions?\b"
_DAYS = (
    r"(?P<day>(?:sign ?up|registration|join) (?:date|day)|start(?:ing)? time|end(?:ing)? time)s?"
)
_TIMES = r"(?P<what>newest|latest|last|first|oldest|earliest|most recent)"
_LEAST, _MOST = r"(?:min|minimum|smallest|lowest)", r"(?:max|maximum|largest|highest)"
_OTHER_BAND = {frozenset(("low", "high")): "medium", frozenset(("low", "medium")): "high",
               frozenset(("medium", "high")): "low"}  # fmt: skip
_SIDE = r"(?:image )?(?:width|height)"
_BAND = r"(low|medium|high)"


_BEFORE = rules(
    # each session's number, and what is made of them
    (rf"\b{_MEAN}(?: of)?(?: the)? {_LONGEST} latenc(?:y|ies) {_SESSION}",
     r"\g<how> max_latency_ms of sessions"),
    (rf"\b{_LONGEST} latency {_SESSION} on average\b", "mean max_latency_ms of sessions"),
    (rf"\b{_HOW}(?: of)?(?: the)? total (?P<what>cost|spend|retries|number of retries)(?: in"
     rf" credits)? {_SESSION}", lambda m: f"{_plain(m['how'])} "
     + ("total_retries" if "retr" in m["what"] else "total_cost_credits") + " of sessions"),
    # bounds and values
    (r"\b(?:costing|that cost|which cost|that costs) (?=(?:between|from) [\d.]+)", "with a cost "),
    (r"\b(?P<what>(?:success|failure|error)[ _]rate) *(?:of|=|==|is|was|equal to|equals) "
     r"(?=(?:0|1)(?:\.0)?(?![\d.%]| ?percent))", r"\g<what> of exactly "),
    (rf"\bneither (?:in the )?{_BAND}(?: friction)? nor (?:in the )?{_BAND}[ -]friction\b",
     lambda m: f"with {_OTHER_BAND.get(frozenset(m.groups()), 'no')}"
               f" friction"),
    (r"\b(?P<who>users|customers|accounts) (?:without|with no|(?:who )?(?:have|had) no|having no"
     r"|who never had) "
     r"(?:any |a single |a )?(?:sessions?|visits?)\b", r"inactive \g<who>"),
    (r"\b(?:is|was) it (?P<known>unknown|known|not known) (?:if|whether) (?:an|the|its|their|any)"
     r" images? (?:was|were|has been|have been|got) downloaded\b",
     r"is the download status"
     r" \g<known>"),
    (r"\b(?:with|having|have|had) (?:a |the )?(?=retry"
     r" counts?\b)", "whose "),
    (rf"(?<=session)(?P<s>s?\b.*?\b)(?:a |the )?{_LONGEST} latency (?=(?:of )?(?:above|over|more"
     rf"|greater"
     r"|at least|below|under|less|exceed|higher|between|up to|longer))", r"\g<s>max_latency_ms "),
    (r"\b(?P<first>at least one [\w ]+? and) (?:one|a|an) (?=thumbs?|time ?outs?|downloads?"
     r"|model errors?|safety violations?|failures?|error)", r"\g<first> at least one "),
    (r"\bsessions (?:with only|consisting only of|(?:that|which) (?:had|have|contain) only|with"
     r" nothing but) (?P<what>(?:failed|unsuccessful|successful) (?:generations|requests)|failures"
     r"|errors|successes)\b", lambda m: "sessions with a success rate of exactly "
     + ("1" if m["what"].startswith("success") else "0")),
    (rf"\bboth (?:a |the )?(?P<a>{_SIDE}) and (?:a |the )?(?P<b>{_SIDE}) (?P<how>[a-z ]*?)"
     r"(?P<n>\d+)\b", r"\g<a> \g<how>\g<n> and \g<b> \g<how>\g<n>"),
    (r"\b(?:error|failure|failed) statuses\b", "failing statuses"),
    # dates
    (r"\b(?P<who>sessions?)(?: that| which)? (?:were |was )?(?:ended|finished|closed)"
     r" (?=(?:on|in|before|after|between|since|during) (?!churn))", r"\g<who> with end time "),
    (rf"\b{_LEAST} (?:and|&) {_MOST}(?: of)?(?: the)? {_DAYS}\b", r"earliest and latest \g<day>"),
    (rf"\b{_LEAST}(?: of)?(?: the)? {_DAYS}\b", r"earliest \g<day>"),
    (rf"\b{_MOST}(?: of)?(?: the)? {_DAYS}\b", r"latest \g<day>"),
    (rf"\b{_TIMES} (?P<rows>(?:\w+ ){{0,4}}(?:generation|request|session|user|prompt)s?) "
     r"(?:by|in order of|ordered by|sorted by) (?:time|date|request time)\b(?! of)",
     r"\g<what> \g<rows>"),
    # the values there are
    (r"\b(?:what|which) (?:different |distinct |possible )*values (?:does|do|can|did|has|have) "
     r"(?:the )?(?P<what>[\w ]+?) (?:take|have|hold|assume|contain|had|taken|be)(?: on)?\b",
     r"distinct \g<what> values"),
    (r"\b(?:all |the |full |complete |every )*(?:details?|information|columns|fields|attributes"
     r"|everything (?:known|recorded)) (?:of|about|for|on) (?=(?:the |all )?[\w ]*"
     r"\b(?:generations?|sessions?|users?|prompts?|requests?)\b)", ""),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with the amounts of rows by the names of their columns.

    "The average of the longest latency per session" is "the mean max_latency_ms of sessions",
    "neither low nor high friction" is "medium friction".
    """
    return rewritten(text, _BEFORE)


def _plain(how: str) -> str:
    """`Max` of "highest": a total is no rank."""
    if how in ("highest", "largest", "biggest"):
        return "maximum"
    return "minimum" if how in ("lowest", "smallest") else how
