"""Days, weeks and hours that stand out: spikes and dips, records, marks that were passed."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_UNIT = r"(?:hour|day|date|week|weekday|month)"
_N = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten)"
_HIGH = (
    r"(?:spikes?|peaks?|high(?: point| mark| water mark|-water mark)?|crests?|climax|surge|top"
    r"|summit|record(?: high)?|all[- ]time high|maximum|rush|pinnacle|zenith)"
)
_LOW = (
    r"(?:dips?|troughs?|low(?: point| mark| water mark|-water mark)?|ebb|slump|lull|bottom|nadir"
    r"|all[- ]time low|minimum|valley|trough|record low|rock bottom)"
)
_BIG = (
    r"(?:(?:the|our|its|their|a|an|single|one|single[- ]day|one[- ]day|daily|biggest|largest"
    r"|highest|greatest|tallest|deepest|lowest|worst|steepest|sharpest|most extreme|absolute"
    r"|weekly|ever|all[- ]time|traffic|record) )*"
)
_OF = r"(?:in|of|for|on) (?:the |our |number of )*"
_DASH = r"\s*[-\u2013\u2014,;]+\s*"
_TIME = r"(?:in|during|over|within|of|for) (?:the |this |last )?[\w ]+?"
_WHEN = (
    rf"(?:when|where|what {_UNIT}|which {_UNIT}|(?:on|in|at) (?:what|which) {_UNIT}"
    rf"|(?:what was |what is )?(?:the )?(?P<unit>{_UNIT}))"
)
_DID = (
    r"(?: (?:was|is|were|of|did|had|saw|marked|marks|brought|with|do|does|we|you|there|have|see|hit"
    r"|reach|get|come|fall|when|that|which|witnessed|experienced))*"
)
_DONE = {
    "download": "downloads", "save": "downloads", "fail": "failures", "retry": "retries",
    "crash": "model errors", "time out": "timeouts", "block": "safety violations",
    "refuse": "safety violations", "generate": "requests", "sign up": "signups",
    "spend": "highest cost", "burn": "highest cost", "pay": "highest cost",
}  # fmt: skip
_WHO = (
    r"(?:people|users|customers|members|folks|we|they|everyone|everybody|requests|generations|it)"
)
_GUARD = r"(?:the )?(?:safety |content )?(?:filter|moderation|guard)"
_PASSED = (
    r"(?:clear|cleared|clears|break|broke|breaks|broken|pass|passed|passes|cross|crossed|crosses"
    r"|topped|tops|beat|beats|went past|go past|goes past|went over|went above|got past"
    r"|got over|get over|get past|get above|go over|go above|made it past|climbed above|climbed"
    r" over|rose above|outdid|shot past|jumped over"
    r"|jumped above)"
)
_REACHED = r"(?:hit|hits|reach|reached|reaches|got to|made it to|attained|came up to|managed)"
_MISSED = (
    r"(?:(?:stayed|stay|stays|remained|fell|fall|were|was|kept|ended(?: up)?|came in|finished) "
    r"(?:under|below|short of|beneath|shy of)|missed|did not (?:reach|make|hit|clear|pass))"
)
_MARK = r"(?:mark|threshold|line|bar|limit|level|barrier|hurdle|milestone|ceiling|figure)"
_ROWS = (
    r"(?:request|generation|job|run|image|picture|download|failure|error|timeout|session|visit"
    r"|user|customer|prompt|signup|active user|crash|like|vote|thumbs up|call|render)(?:s|es)?"
)
_BOUNDS = ((_PASSED, "more than"), (_REACHED, "at least"), (_MISSED, "fewer than"))


def _noun(words: str | None) -> str:
    """Mark of 300 without a noun counts requests, as busy days do."""
    noun = (words or "requests").strip()
    return noun if noun.endswith("s") else f"{noun}s"


def _marks() -> tuple[tuple[re.Pattern[str], str], ...]:
    what = rf"(?P<n>\d+(?:[.,]\d+)?)[- ]?(?P<what>{_ROWS})?"
    named = rf"(?P<n>\d+(?:[.,]\d+)?) (?P<what>{_ROWS})(?![a-z])"
    return tuple(
        (re.compile(rf"\b(?:that |which |who )?{verb} (?:the |our |a )?{after}"), bound)
        for verb, bound in _BOUNDS
        for after in (rf"{what} {_MARK}\b", rf"{_MARK} of {named}", named)
    )


_MARKS = _marks()
_HEADING = rules(
    # the day is said once more
    (rf"^\W*(?:when|where|what) (?:was|is|were) {_BIG}(?:{_HIGH}|{_LOW})"
     rf"(?: (?P<time>{_TIME}))?(?: so far)?{_DASH}(?P<rest>(?:the|which|on which|what) .+?)\W*$",
     lambda found: f"{found['rest']} {found['time'] or ''}".strip()),
)  # fmt: skip
_RANKS = rules(
    # the day of the biggest spike
    (rf"^\W*{_WHEN}{_DID} {_BIG}{_LOW} {_OF}(?P<what>.+?)\W*$",
     lambda found: f"which {_of(found)} had the lowest {found['what']}"),
    (rf"^\W*{_WHEN}{_DID} {_BIG}{_HIGH} {_OF}(?P<what>.+?)\W*$",
     lambda found: f"which {_of(found)} had the highest {found['what']}"),
    (rf"^\W*(?:{_BIG})(?:single[- ]day|one[- ]day|daily) {_HIGH} {_OF}(?P<what>.+?)"
     r"(?P<asks>,? (?:when|which day|on which day|what day) (?:was|is) (?:it|that))\W*$",
     r"which day had the highest \g<what>"),
    # three peak days for cost
    (rf"^\W*(?:(?:name|pick out|point out|single out|pick|give|show|state|find|tell)(?: me| us)? )?"
     rf"(?:the |our )?(?P<n>{_N}) (?:peak|record|top|highest|biggest|strongest|greatest) "
     rf"(?P<unit>{_UNIT})s (?:for|of|in|by|in terms of|on) (?!january|february|march)"
     r"(?:the )?(?P<what>.+?)\W*$", r"the \g<n> \g<unit>s with the highest \g<what>"),
    (rf"^\W*(?:pick out|point out|single out|pick|name) (?:the |our )?(?={_N} \w+est {_UNIT}s?\b)",
     "the "),
    (rf"\b(?P<rank>highest|lowest|biggest|smallest)[- ](?P<what>traffic|volume|cost|error|download"
     rf"|latency|usage|spend|failure|timeout)s? (?P<unit>{_UNIT}s?)\b",
     r"\g<unit> with the \g<rank> \g<what>"),
    # when was our busiest day
    (rf"^\W*when (?:was|is|were|are) (?:the |our |its |their )*(?=(?:\w+est|most \w+|least \w+) "
     rf"{_UNIT}s?\b)", ""),
    (rf"^\W*when (?:did|do) (?:we|you|they|the \w+) (?:have|see|get|enjoy|suffer|hit|record|reach) "
     rf"(?:the |our |its |their )*(?=(?:\w+est|most \w+|least \w+|worst|record|peak) {_UNIT}s?\b)",
     ""),
    # when did people download the most
    (rf"^\W*(?:at |on |in )?(?:which|what) (?P<unit>time of (?:the )?day|{_UNIT}(?: of (?:the"
     rf" )?(?:day"
     rf"|week))?) (?:did|do|does) (?:{_GUARD}|{_WHO}) (?P<done>{'|'.join(_DONE)}) (?:the )?"
     r"(?P<most>most|least)(?: often)?\W*$",
     lambda found: f"which {found['unit'].replace('time of', 'hour of')} had the {_most(found)}"),
    (rf"^\W*(?:at |on |in )?(?:which|what) (?P<unit>{_UNIT}(?: of (?:the )?(?:day|week))?) (?:is"
     rf"|was|were"
     r"|are) (?:the |our )?(?P<what>[a-z][a-z ]+?) (?:at (?:its|their)|the) (?P<rank>worst"
     r"|best)\W*$",
     r"which \g<unit> had the \g<rank> \g<what>"),
    (rf"^\W*when (?:did|do|does) (?:{_GUARD}|{_WHO}) (?P<done>{'|'.join(_DONE)}) (?:the )?"
     r"(?P<most>most|least)(?: often)?"
     r"(?: (?:in|on|within|during) (?:a|one|any)(?: single)? day)?\W*$",
     lambda found: f"which day had the {_most(found)}"),
    # does traffic peak
    (r"\b(?P<at>(?:which|what) (?:hour(?: of (?:the )?day)?|day|date|week|weekday|month|time of"
     r" day))"
     r"(?: (?:does|do|did|is|was|were|will|sees?|saw|finds?|has|had))? (?:the |our )?"
     r"(?P<what>(?!the\b)[a-z][a-z ]*?)(?: at)?(?: (?:its|their|the))? "
     r"(?P<way>peaks?(?: out)?|peaked|crest(?:s|ed)?|tops? out|topped out|max(?:es|ed)? out|spiked?"
     r"|spikes|(?:reach|reaches|reached|hit|hits) (?:its|their|a|the) (?:peak|maximum|highest|high)"
     r"|highest|climax(?:es|ed)?|strongest|culminated?)\W*$",
     r"\g<at> had the highest \g<what>"),
    (r"\b(?P<at>(?:which|what) (?:hour(?: of (?:the )?day)?|day|date|week|weekday|month|time of"
     r" day))"
     r"(?: (?:does|do|did|is|was|were|sees?|saw|finds?|has|had))? (?:the |our )?"
     r"(?P<what>(?!the\b)[a-z][a-z ]*?)(?: at)?(?: (?:its|their|the))? "
     r"(?P<way>bottoms? out|bottomed out|troughs?|troughed|dips?(?: lowest| most)?|dipped|lowest"
     r"|(?:reach|reaches|reached|hit|hits) (?:its|their|a|the) (?:minimum|lowest|low|bottom)"
     r"|weakest|slump(?:s|ed)?)\W*$",
     r"\g<at> had the lowest \g<what>"),
    (rf"^\W*(?:on |in |at )?(?:which|what) (?P<unit>{_UNIT}(?: of (?:the )?day)?) (?:is|are|was"
     rf"|were|do|does) "
     r"(?:the |our )*(?:community|platform|service|users?|people|place|site|crowd|system|we|it"
     r"|everybody|product|app)(?: (?:the|at (?:its|their|our)|most at its))? (?P<rank>\w+est"
     r"|(?:most|least)"
     r" \w+)\W*$", r"what is the \g<rank> \g<unit>"),
    (r"\b(?:around|about|near) (?=(?:which|what) hour\b)", "at "),
    (rf"\bsecond (?P<most>busiest|quietest) (?P<unit>{_UNIT})\b",
     lambda found: f"{found['unit']} with the second "
                   f"{'highest' if found['most'] == 'busiest' else 'lowest'} number of requests"),
    (r"\b(?P<rank>\w{3,}(?<!w)est|(?:most|least) \w+) weekday\b", r"\g<rank> day of the week"),
)  # fmt: skip


def without_heading(text: str) -> str:
    """Return "the day with the fewest requests in March" of a dip whose day is said after it.

    "Where was the deepest dip in March - the day with the fewest requests?"
    """
    return rewritten(text, _HEADING)


def before_spelling(text: str) -> str:
    """Return a lower-case question with its spikes, dips and marks in plain words.

    "Date of our biggest spike in requests" asks which day had the highest requests, "which days
    cleared the 300-generation mark" which had more than 300 generations.
    """
    for pattern, bound in _MARKS:
        text = pattern.sub(
            lambda found, bound=bound: f"had {bound} {found['n']} {_noun(found['what'])}",  # type: ignore[misc]
            text,
        )
    return rewritten(text, _RANKS)


def _of(found: re.Match[str]) -> str:
    unit = found["unit"] or next(iter(re.findall(_UNIT, found[0].split(" did ")[0])), "day")
    named = re.match(rf"\W*(?:on |in |at )?(?:what|which) ({_UNIT})\b", found[0])
    unit = named[1] if named else unit
    return "day" if unit == "date" else "hour of the day" if unit == "hour" else unit


def _most(found: re.Match[str]) -> str:
    noun, is_most = _DONE[found["done"]], found["most"] == "most"
    if noun.startswith("highest"):
        return noun if is_most else noun.replace("highest", "lowest")
    return f"{'most' if is_most else 'fewest'} {noun}"
