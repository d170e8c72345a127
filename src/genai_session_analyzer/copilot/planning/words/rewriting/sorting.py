"""How rows are sorted: "in descending order of cost", "from low to high"."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_SORTED = (
    r"(?:(?:which |that )?(?:is |are )?"
    r"(?:sorted|ordered|ranked|arranged|listed|given|shown|presented|displayed) )?"
)
_UP = r"(?:ascending|increasing|rising)"
_BY = r"(?:of|by|according to|with respect to|based on)"
_SAME = (
    r"(?:that|this|the|their|its) (?:numbers?|values?|rates?|counts?|figures?|amounts?|results?)"
)
_DOWN = r"(?:descending|decreasing|falling)"
_WHAT = r"(?:the |their |its )?(?P<by>(?:[\w%]+ ){0,4}?[\w%]+)(?=\W*$|[,;.?!]| for | in | during )"
_VERB = r"^(?P<before>\W*(?:(?:please|now|and|then) )*)(?:rank|order|sort|arrange|list) "
_HIGH = r"(?:the )?(?:highest|largest|greatest|biggest|most|longest|slowest|most expensive)"
_LOW = r"(?:the )?(?:lowest|smallest|least|fewest|shortest|fastest|cheapest)"
_TIMES = r"(?:date|time|day|month|week|year|timestamp|chronology)s?"


def _sorted(match: re.Match[str]) -> str:
    """`Lowest success rate first` sorts by it."""
    best = {"best": "best first", "worst": "worst first"}
    down = match["end"] in ("highest", "largest", "biggest", "most")
    how = best.get(match["end"]) or ("highest first" if down else "lowest first")
    return f" sorted by {match['what']} {how}"


_BEFORE = rules(
    (rf"\b{_SORTED}in {_UP} order {_BY} {_SAME}(?= *$|[,;.?!])", "in ascending order"),
    (rf"\b{_SORTED}in {_DOWN} order {_BY} {_SAME}(?= *$|[,;.?!])", "in descending order"),
    (rf"\b{_SORTED}in {_UP} order {_BY} {_WHAT}", r"sorted by \g<by> ascending"),
    (rf"\b{_SORTED}in {_DOWN} order {_BY} {_WHAT}", r"sorted by \g<by> descending"),
    (rf"{_VERB}(?P<what>[\w -]{{3,30}}?) from {_HIGH} to {_LOW} {_WHAT}",
     r"\g<before>\g<what> sorted by \g<by> descending"),
    (rf"{_VERB}(?P<what>[\w -]{{3,30}}?) from {_LOW} to {_HIGH} {_WHAT}",
     r"\g<before>\g<what> sorted by \g<by> ascending"),
    (rf"\b{_SORTED}in (?=(?:{_UP}|{_DOWN}) order\b)", "in "),
    (rf"\b{_SORTED}from {_HIGH} to {_LOW}(?: value)?\b", "in descending order"),
    (rf"\b{_SORTED}from {_LOW} to {_HIGH}(?: value)?\b", "in ascending order"),
    (rf"\b(?:{_SORTED}in (?:chronological|temporal|date|time) order"
     rf"|{_SORTED}in (?:the )?order of (?:the |their )?{_TIMES}|{_SORTED}chronologically"
     rf"|(?:sorted|ordered|arranged) by (?:the )?{_TIMES}"
     rf"|{_SORTED}from (?:the )?(?:earliest|oldest|first) to (?:the )?"
     r"(?:latest|newest|most recent|last))\b(?: order)?(?: of (?:the )?\w+(?= *$|[.?!]))?",
     "in chronological order"),
    (rf"\b{_SORTED}(?:in alphabetical order|alphabetically)"
     rf"(?: (?:of|by) (?:the |their )?[\w ]{{3,30}}(?= *$|[,.?!]))?", "in alphabetical order"),
    (r",? (?:the )?(?P<end>highest|lowest|largest|smallest|biggest|most|least|fewest|best|worst) "
     r"(?P<what>[a-z][a-z0-9 -]*?) first\b(?=\W*$|,)", _sorted),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with its order said in the words the rules know.

    "Sorted from the highest to the lowest" is "in descending order", "lowest success rate first"
    is sorted by it, "rank the regions from the lowest to the highest latency" is "the regions
    sorted by latency ascending".
    """
    return rewritten(text, _BEFORE)
