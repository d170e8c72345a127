"""The safety filter and the rate limiter as they are spoken of: who stops a request, and how."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_BE = r"(?:(?:was|were|is|are|been|being|be|got|get|gets|getting|has been|have been) )?"
_OUR = r"(?:the |our |a |an |any )?"
_GUARD = (
    rf"{_OUR}(?:safety|content|moderation|nsfw|abuse|policy)[ -]"
    r"(?:filter|check|checker|system|policy|guard|rule|layer|control|net|gate|guideline)s?"
)
_LIMIT = rf"{_OUR}rate[ -]?limit(?:er|ers|s|ing)?"
_STOP = (
    r"(?:stop|block|catch|reject|refuse|refus|deny|decline|declin|halt|bounce|bounc|intercept"
    r"|veto|censor|flag|screen out|filter out|filter|weed out|turn (?:down|away|back)"
    r"|knock back|throw out|cut off|hold back|shut down|push back|kick back|send back|strike out)"
)
_STOPPED = (
    r"(?:stopped|blocked|caught|rejected|refused|denied|declined|halted|bounced|intercepted"
    r"|vetoed|censored|flagged|screened out|filtered out|filtered|weeded out"
    r"|turned (?:down|away|back)|knocked back|thrown out|threw out|cut off|held back|shut down"
    r"|pushed back|kicked back|sent back|struck out|thwarted|nixed|killed|stonewalled"
    r"|(?:shot|struck|slapped|clamped|voted) down|fenced off|locked out|wiped out|swatted away)"
)
_SLOWED = (
    rf"(?:{_STOPPED}|throttled|slowed(?: down)?|capped|curbed|limited|hampered|choked|braked"
    r"|held up|put on hold|squeezed|clipped|dropped)"
)
_MEET = (
    r"(?:trips?|tripped|tripping|sets? off|setting off|triggers?|triggered|triggering|hits?"
    r"|hitting|strikes?|struck|activates?|activated|activating"
    r"|(?:fall|falls|fell|falling|run|runs|ran|running) (?:foul|afoul) of"
    r"|(?:run|runs|ran|running|bump|bumps|bumped|bumping|crash|crashed|slam|slammed|smack|smacked"
    r"|butt|butted|knock|knocked|come|came|bang|banged|go|went|bounce|bounced|bouncing)"
    r" (?:up )?(?:into|against|off)|(?:stumbl|trip)\w+ over"
    r"|(?:got|get|gets|getting|was|were|is|are) (?:caught|stuck|snagged|trapped) (?:in|by|on|at)"
    r"|(?:butt|butted) heads with|clash(?:ed|es)? with|breach(?:ed|es)?|violat(?:e|ed|es)"
    r"|(?:snag|snagged) on|(?:fall|falls|fell|falling) victim to)"
)
_PART = r"(?:share|percentage|percent|proportion|fraction|part|portion|slice|chunk|cut|piece|quota)"
_WHERE = (
    r"(?:region|tier|model|device|style|domain|cluster|sampler|mood|part of the world|plan|user)"
)


_BEFORE = rules(
    # named in short: "did the filter refuse"
    (rf"\bthe filters? (?=(?:{_STOPPED}|{_STOP}s?)\b)", "the safety filter "),
    (r"(?P<by>(?:ed|ght)(?: \w+)? by )the filter\b", r"\g<by>the safety filter"),
    # the rate per request: "trips the safety filter most, relative to its volume"
    (rf"\b(?P<which>(?:which|what) {_WHERE})s? {_MEET} {_GUARD} (?:the )?most(?: often)?,? "
     r"(?:relative|in relation|in proportion|compared|proportionally) to (?:its|their|the) "
     r"(?:volume|traffic|size|number of requests|requests|usage|load)",
     r"\g<which> has the highest safety violation rate"),
    (r"\b(?:what|how (?:large|big) an?|how much) (?:share|part|percentage|proportion"
     r"|fraction)? ?of (?:each|both|the two)"
     rf" (?:did|does|do|has|have|was|were|is|are) (?:{_GUARD} (?:{_STOPPED}|{_STOP})"
     rf"|{_STOPPED} by {_GUARD})", "safety violation rate"),
    (r"^(?P<who>[^,;:?]+? (?:against|versus|vs|and) [^,;:?]+?) ?[,:;] safety violation rate",
     r"safety violation rate of \g<who>"),
    (r"\bsuffer(?:s|ed|ing)? (?:the )?(?P<most>most|least) (?:from|under) ", r"has the \g<most> "),
    # what stops a request
    (rf"\b{_BE}{_STOPPED} (?:by|at|in|through) {_GUARD}(?![a-z])", "blocked by the safety filter"),
    (rf"\b{_BE}{_SLOWED} (?:by|at|through|due to|because of) {_LIMIT}(?![a-z])",
     "hit the rate limit"),
    (rf"\b{_MEET} {_GUARD}(?![a-z])", "hit the safety filter"),
    (rf"\b{_MEET} {_LIMIT}(?![a-z])", "hit the rate limit"),
    (rf"\b(?:that |which )?{_GUARD} (?:has |had |have )?{_STOPPED}(?=\W*$|[,.;?]| (?:in|on|by|for"
     r"|per|last|this|from|during|at|with)\b)", "blocked by the safety filter"),
    (rf"\b(?:did|does|do|has|have) {_GUARD} (?:{_STOPPED}|{_STOP})(?=\W*$|[,.;?]| (?:in|on|by|for"
     r"|per|last|this|from|during|at|with)\b)", "were blocked by the safety filter"),
    (rf"\b(?:did|does|do|has|have) {_LIMIT} (?:{_SLOWED}|{_STOP}|throttle|slow|curb|hit)"
     r"(?: down)?(?=\W*$|[,.;?]| (?:in|on|by|for|per|last|this|from|during|at|with)\b)",
     "hit the rate limit"),
    # why: "of all failures, what share is down to safety"
    (rf"(?P<part>\b{_PART}\b.*?) (?:(?:is|are|was|were|being|can be|could be) )?(?:(?:down|owing"
     r"|attributable|owed|ascribable|traceable|chalked up) to|(?:boil|boils|boiled|come|comes|came)"
     r" down to|(?:stem|stems|stemmed|stemming|arises?|arising|results?|resulting"
     r"|derives?|deriving)"
     r" from|(?:blamed|pinned) on) ", r"\g<part> comes from "),
    (r"(?<=comes from )(?:the )?(?:safety|safety reasons|content safety|moderation)(?=\W*$|[,?.])",
     "safety violations"),
    (r"(?<=comes from )(?:the )?(?:rate limit(?:ing|er|s)?|throttling)(?=\W*$|[,?.])",
     "rate limits"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with refusals and throttling in the words of the lexicon.

    "Knocked back by the content filter" is blocked by the safety filter, "slowed down by the rate
    limiter" hit the rate limit, and a share that "boils down to" timeouts comes from them.
    """
    return rewritten(text, _BEFORE)
