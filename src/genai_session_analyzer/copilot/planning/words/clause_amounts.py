"""Numbers and groups that a clause describes: "how many seconds does a mobile user wait"."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting import rewritten

_NUMBER = r"(?P<number>\d{1,2}(?:\.\d+)?|one|two|three|five|ten|1st|5th|10th)"
_SMALL = {"one": 1.0, "two": 2.0, "three": 3.0, "five": 5.0, "ten": 10.0}
_NAMED_PERCENTILES = (90.0, 95.0, 99.0)
_PERIODS = r"days?|weeks?|months?|hours?"
_ROWS = r"(?:requests|generations|jobs|runs|images|pictures|renders|sessions|visits|prompts|calls)"
_CHANGED = (
    r"(?P<up>rise|rose|increase|increased|grow|grew|climb|climbed|gain|go up|went up)|"
    r"(?P<down>fall|fell|drop|dropped|decrease|decreased|decline|declined|go down|went down)|"
    r"change|changed|move|moved|shift|shifted|differ|improve|improved|worsen|worsened"
)
_FIELDS = (
    r"(?:user |image )?(?:tier|plan|region|device|model|sampler|style|art style|domain|mood"
    r"|lighting|setting|cluster|theme)s?"
)
_PART = r"(?:share|percentage|percent|proportion|fraction|part)"
_COUNTED = r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twenty)"
_RANKED = (
    r"(?:busiest|quietest|biggest|largest|slowest|fastest|most \w+|least \w+|heaviest|highest"
    r"|costliest|cheapest|top|bottom|best|worst|main)"
)
_FIRST_FEW = (
    rf"(?:(?:{_COUNTED} )?{_RANKED}(?: {_COUNTED})?) (?:\w+ ){{0,2}}?"
    r"(?:users?|customers?|people|spenders?|accounts?|clients?|models?|samplers?|clusters?|themes?"
    r"|prompts?|sessions?|styles?|domains?|moods?|regions?|tiers?|devices?)"
)
_DONE = (
    r"made|generated|produced|caused|created|spent|submitted|issued|run|consumed|incurred|used"
    r"|contributed|driven|brought in|held|accounted for"
)
_POINTS = r"(?:percentage|percent|%)?[ -]?points?"
_REPLACED = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        # how far a rate moved
        (rf"\b(?:by )?how many {_POINTS} (?:do|does|did|has|have) (?:the )?(?P<what>.+?) "
         rf"(?:{_CHANGED})(?:d|n)?\b", r"absolute change in \g<what>"),
        (r"\bby how many (?P<unit>seconds|milliseconds|minutes|hours) (?:do|does|did|has|have) "
         rf"(?P<what>.+?) (?:{_CHANGED})(?:d|n)?\b", r"change in \g<what> in \g<unit>"),
        (rf"\bhow many {_POINTS} (?=(?:lower|higher|better|worse|more|less|greater|smaller)\b)",
         "how much "),
        (rf"\b(?:absolute )?(?:change|difference|shift|move) (?:of|in) (?P<what>.+?),? "
         rf"(?:in|expressed in|measured in) {_POINTS}", r"absolute change in \g<what>"),
        # the whole first, or behind "relative to"
        (r"^\W*of (?:all |the |our )*(?P<whole>(?:credits?|costs?|spend|spending|money)\b[^,]*?)"
         rf",? (?P<part>(?:what|which) {_PART} )(?=went|goes|go|was|were|is|are|came)",
         r"\g<part>of \g<whole> "),
        (r"\brelative to (?:all|total|the total(?: number of)?|all of the) ", "as a share of all "),
        # who signed up then
        (r"\bsign-?ups (?:from|of|in) (?=.*\b(?:were|was|are|generated|made|had|still)\b)",
         "users who signed up in "),
        # what part of the periods
        (rf"\b(?P<how>how many|{_PART} of)(?P<all> (?:the |all (?:the )?))? ?"
         r"(?P<day>(?:mon|tues|wednes|thurs|fri|satur|sun|week)days) "
         r"(?P<rest>(?:did|do|was|were|had|have|with|where|when|on which|saw)\b.+?)(?=\W*$)",
         r"\g<how> days \g<rest> on \g<day>"),
        (rf"(?P<what>\b{_PART} of (?:the |all )?(?:day|week|month|hour)s) "
         r"(?P<when>(?:in|of|during|since|last|this) (?:\w+ )??\w+) "
         r"(?P<rest>(?:where|with|on which|in which|that had|had|when|was|were|did) .+?)(?=\W*$)",
         r"\g<what> \g<rest> \g<when>"),
        (rf"\b(?:(?:on|in|during|for) )?(?:what |which |the )?{_PART} of "
         r"(?:the |all (?:the )?|our )?(?P<period>day|week|month|hour)s"
         r"(?: (?:with|of) (?:any |some )?(?:activity|data|usage|use|traffic))?"
         r"(?: (?:was|were|did|is|has|had|have|having|do|with|where|when"
         r"|that had|which had|that saw|on which|in which|saw|we|there|the|our))*? "
         r"(?P<last>had|have|has|saw|with|was|were|did|do|is|where|on which|in which) "
         r"(?:(?:the|our|we|there|was|were|did|had|have|a|an) )*",
         r"what share of \g<period>s had "),
        # the first few, together
        (rf"\b(?:do|does|did|is|are|was|were) (?P<who>(?:the |our )?{_FIRST_FEW}) "
         r"(?:account for|make up|contribute(?: to)?|represent|make|generate|produce|use|spend"
         r"|consume|cause|submit|issue|run|incur|responsible for|behind)\b", r"comes from \g<who>"),
        (rf"\b(?:(?:is|are|was|were|that|which|being) )*(?:{_DONE}) by "
         rf"(?=(?:the |our )?{_FIRST_FEW}\b)", "comes from "),
        # a rate that something had
        (r"\b(?P<had>had|have|has|having|with|saw) (?:an?|the) (?=(?:error|failure|timeout|success"
         r"|download|churn|feedback|refusal|fail) rate\b)", r"\g<had> "),
        # the weeks after signing up
        (r"^(?P<head>.*\b(?:signed up|joined|registered|sign-?ups?|cohort|new users)\b.*?)"
         r"\b(?:in|during|for) each (?:of the )?(?:following |subsequent |later |next )?"
         r"(?P<period>week|month|day)s?(?: (?:that followed|after(?:wards| that)?|since(?: then)?"
         r"|thereafter|following|later))?(?=\W|$)", r"\g<head>per \g<period>"),
        # whose rows, said of the rows
        (rf"^(?P<lead>\W*(?:and )?){_ROWS} (?:to|with|of|from|on|in|by|using|at) "
         rf"(?P<group>which|what) (?P<what>(?:{_FIELDS})(?: type| version)?)"
         r"(?: (?:get|gets|got|are|were|is|was|do|did)(?= ))?", r"\g<lead>\g<group> \g<what>"),
        # who pays nothing
        (r"\b(?P<who>some(?:body|one)|any(?:body|one)|every(?:body|one)|people|users?|customers?"
         r"|those|they|accounts?|members?|clients?)"
         r"(?: who| that| which)? (?:pay|pays|paid|are paying|is paying) (?:us )?"
         r"(?:nothing|zero|0|no money)\b", "free users"),
        # what a prompt is after
        (r"\b(?:that |which )?(?:seek|seeks|seeking|sought|ask|asks|asking|asked|look|looks"
         r"|looking|aim|aims|aiming|call|calls|calling|go|going) ?(?:for|after|at)? "
         r"(?:unsafe|nsfw|adult|explicit|inappropriate)"
         r" (?:content|material|images?|pictures?|things|stuff)\b", "with nsfw intent"),
        (r"\b(?:with|containing|of|for|has|have|had) (?:unsafe|inappropriate) "
         r"(?:content|material|images?|pictures?|wording|words)\b", "with nsfw intent"),
        # who took part
        (r"\b(?P<who>users|people|customers|persons|accounts) (?:took part|take part|participated?"
         r"|were involved|are involved|are behind|were behind|had them|have them|made them"
         r"|ran them|started them)(?: (?:in|behind))?(?: (?:them|these|those|it|that))?(?=\W|$)",
         r"\g<who>"),
        # what a title is of
        (r"\b(?:the )?(?:titles?|names?|labels?) of (?:the )?(?=(?:\w+ ){0,3}"
         r"(?:clusters?|themes?|models?|samplers?|styles?|domains?|moods?)\b)", ""),
        (r"\b(?:hold|holds|held|contain|contains|comprise|comprises|include|includes|gather|gathers"
         r"|group) (?:the )?(?=(?:most|fewest|largest number|highest number) )", "have the "),
    )
)  # fmt: skip
_SLOWEST = re.compile(
    r"\b(?P<lead>how (?:long|many (?P<unit>seconds|milliseconds|minutes)) |what )"
    rf"(?:do|does|did) the (?P<end>slowest|longest|fastest|quickest) {_NUMBER} ?"
    r"(?:percent|%|per cent)"
    rf"(?: of)?(?: all)?(?: the)?(?: our)? (?P<rows>{_ROWS}) "
    r"(?P<when>(?:in|during|of) \w+ |last \w+ |yesterday )?"
    r"(?:take|took|last|lasted|need|needed|wait|waited|run|ran) (?P<side>at least|at most|or more"
    r"|at minimum|minimum)?"
)
_ORDER_FIRST = re.compile(
    r",? (?:the )?(?P<end>highest|lowest|largest|smallest|biggest|most|least|fewest|best|worst) "
    r"(?P<what>[a-z][a-z0-9 -]*?) first\b(?=\W*$|,)"
)
_ENDS = {"slowest": 1, "longest": 1, "fastest": -1, "quickest": -1}


def clauses_plainly(text: str) -> str:
    """Return a lower-case question with clauses that name a number or a group put as its name.

    "By how many percentage points did it change" is the absolute change, "users who pay nothing"
    are on the free tier, "what the slowest one percent take at least" is the 99th percentile.
    """
    text = rewritten(text, _REPLACED)
    return _ORDER_FIRST.sub(_sorted, _SLOWEST.sub(_percentile, text))


def _percentile(match: re.Match[str]) -> str:
    """`The slowest one percent take at least` is p99; what they take on average is none."""
    said = match["number"]
    number = _SMALL.get(said) or float(re.sub(r"[a-z]+$", "", said))
    is_slow = _ENDS[match["end"]] > 0
    least = match["side"] is not None and match["side"] != "at most"
    place = 100 - number if is_slow else number
    if match["side"] is None or is_slow != least or place not in _NAMED_PERCENTILES:
        return match[0]
    unit = f" in {match['unit']}" if match["unit"] else ""
    of = "duration" if match["rows"] in ("sessions", "visits") else "latency"
    when = match["when"] or ""
    return f"p{place:g} {of}{unit} of {match['rows']} {when}".rstrip()


def _sorted(match: re.Match[str]) -> str:
    """`Lowest success rate first` sorts by it."""
    best = {"best": "best first", "worst": "worst first"}
    down = match["end"] in ("highest", "largest", "biggest", "most")
    how = best.get(match["end"]) or ("highest first" if down else "lowest first")
    return f" sorted by {match['what']} {how}"
