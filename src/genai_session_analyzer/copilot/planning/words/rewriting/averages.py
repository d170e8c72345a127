"""Means, percentiles and waits that are asked for in other words."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_SIZE = r"(?:high|large|big|great|low|small|sizeable)"
_WAITING = r"(?:people|users|customers|we|they)"
_NUMBER = r"(?P<number>\d{1,2}(?:\.\d+)?|one|two|three|five|ten|1st|5th|10th)"
_ROWS = r"(?:requests|generations|jobs|runs|images|pictures|renders|sessions|visits|prompts|calls)"
_SMALL = {"one": 1.0, "two": 2.0, "three": 3.0, "five": 5.0, "ten": 10.0}
_ENDS = {"slowest": 1, "longest": 1, "fastest": -1, "quickest": -1}
_NAMED_PERCENTILES = (90.0, 95.0, 99.0)
_HOW = r"(?:average|mean|median|p\d\d|\d\dth percentile)(?: of)?(?: the)? "
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


_BEFORE = rules(
    # how high it is
    (rf"\bhow {_SIZE} (?:is|are|was|were) (?=(?:the|our|their|my) )", "what is "),
    # how often a prompt is used
    (r"\bhow (?:often|many times|frequently) (?:is|was|does|do) (?:a|the|an) "
     r"(?:(?:average|typical|single) )?prompt (?:get |gets )?(?:re-?)?used"
     r"(?: on average| typically| usually| in the mean)?", "average times used"),
    (r"\bhow (?:often|many times|frequently) (?:are|were) (?:the )?prompts (?:re-?)?used"
     r"(?: on average| typically| usually| in the mean)", "average times used"),
    # waits
    (rf"\bwhere {_WAITING} (?:have to )?wait(?:ed|s)? (?:the )?longest\b",
     "with the highest latency"),
    (rf"\bwhere {_WAITING} wait(?:ed|s)? (?:the )?(?:least|shortest)\b",
     "with the lowest latency"),
    (r"\b(?:(?:image )?generation|inference|job|image) time\b(?! (?:out|outs|of|zone|origin"
     r"|limit))", "latency"),
    (r"\bhow long (?:do|does|did|must|should)(?: (?:you|we|i|one|they|people|users))?"
     r"(?: (?:usually|normally|typically|generally|have to|need to))* wait"
     r"(?: for (?:an?|the|one|your|their) (?:image|picture|pic|answer|result|generation))?\b",
     "average latency"),
    (r"\b(?P<lead>how (?:long|many (?P<unit>seconds|milliseconds|minutes)) |what )"
     rf"(?:do|does|did) the (?P<end>slowest|longest|fastest|quickest) {_NUMBER} ?"
     r"(?:percent|%|per cent)"
     rf"(?: of)?(?: all)?(?: the)?(?: our)? (?P<rows>{_ROWS}) "
     r"(?P<when>(?:in|during|of) \w+ |last \w+ |yesterday )?"
     r"(?:take|took|last|lasted|need|needed|wait|waited|run|ran) (?P<side>at least|at most|or more"
     r"|at minimum|minimum)?", _percentile),
    # percentiles
    (r"(?<![\d.])0?\.(\d{2}) ?-?quantile\b", r"p\1"),
    (r"(?<![.\d])(\d{2}) ?%? ?-?(?:ile|quantile|percentile|pctile|centile)\b", r"p\1"),
    (r"\b(\d{2})(?:th|st|nd|rd)[ -](?:pctile|centile|quantile|pctl|pct)\b", r"p\1"),
    (r"\bp-(\d{2})\b", r"p\1"),
    (r"\b0\.5 ?-?quantile\b", "median"),
)  # fmt: skip
_AFTER = rules(
    # "models per session"
    (r"^\W*(?:(?:the )?(?:average|mean) )?(?:number of )?(?:(?:different|distinct|unique) )?"
     r"(?P<what>models|model versions|samplers|styles|art styles|moods|domains|clusters|themes"
     r"|devices|regions) (?P<per>per|used per|tried per|seen per|touched per) "
     r"(?P<row>user|session)(?! \w*id\b)\b",
     r"average number of distinct \g<what> per \g<row>"),
    # retries
    (r"\bhow often (?:do|does|did|are|is|were|was) (?P<who>(?:\w+ ){0,3}?)"
     r"(?:retry|retried|retries)\b(?=\W*$)", r"mean number of retries of \g<who>"),
    # totals
    (r"\btotal time (?:(?:users|people|customers) )?(?:spent|spend) in sessions\b",
     "total duration of sessions"),
    (r"\b(total|overall|summed) (session|generation|request) "
     r"(duration|length|latency|cost|retries|waiting time)s?\b", r"total \3 of \2s"),
    # "average generation cost", "median cost of a session"
    (rf"\b(?P<how>{_HOW})(?P<row>generation|request|session|user) "
     r"(?P<what>cost|spend)\b", r"\g<how>\g<what> per \g<row>"),
    (rf"\b(?P<how>{_HOW})(?P<what>cost|spend|number of retries) of (?:an?|one|each) "
     r"(?P<row>generation|request|session|user)\b(?! (?:that|who)\b)",
     r"\g<how>\g<what> per \g<row>"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with its means and percentiles in plain words.

    "How high is the error rate" is "what is the error rate", "how many sessions does a user have"
    an average, a "0.95 quantile" is "p95", "what the slowest one percent take at least" is p99.
    """
    return _of_one(_per_one(rewritten(text, _BEFORE)))


def after_spelling(text: str) -> str:
    """Return a lower-case question with what is averaged or totalled behind it.

    "Total session duration" is "total duration of sessions", "average generation cost" is "average
    cost per generation".
    """
    return rewritten(text, _AFTER)


def _per_one(text: str) -> str:
    """`How many sessions does a user have`: an average."""
    asked = _PER_ONE.search(text)
    if not asked:
        return text
    head, tail = (_ON_AVERAGE.sub(" ", part) for part in text.split(asked[0], 1))
    return f"{head}average number of {asked['what']}s per {asked['whose']}{tail}"


def _of_one(text: str) -> str:
    """`Cost of a request`: an average, where no other way of putting together is said."""
    if _AGGREGATED.search(text):
        return text
    return _OF_ONE.sub(r"average \g<what>\g<unit> per ", text)
