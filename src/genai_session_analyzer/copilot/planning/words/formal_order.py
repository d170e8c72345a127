"""Formal ways to say how rows are sorted: "in descending order of cost", "from low to high"."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting import rewritten

_UP = r"(?:ascending|increasing|rising)"
_DOWN = r"(?:descending|decreasing|falling)"
_HIGH = r"(?:the )?(?:highest|largest|greatest|biggest|most|longest|slowest|most expensive)"
_LOW = r"(?:the )?(?:lowest|smallest|least|fewest|shortest|fastest|cheapest)"
_SORTED = (
    r"(?:(?:which |that )?(?:is |are )?"
    r"(?:sorted|ordered|ranked|arranged|listed|given|shown|presented|displayed) )?"
)
_VERB = r"^(?P<before>\W*(?:(?:please|now|and|then) )*)(?:rank|order|sort|arrange|list) "
_BY = r"(?:of|by|according to|with respect to|based on)"
_SAME = (
    r"(?:that|this|the|their|its) (?:numbers?|values?|rates?|counts?|figures?|amounts?|results?)"
)
_WHAT = r"(?:the |their |its )?(?P<by>(?:[\w%]+ ){0,4}?[\w%]+)(?=\W*$|[,;.?!]| for | in | during )"
_TIMES = r"(?:date|time|day|month|week|year|timestamp|chronology)s?"
_REPLACED = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
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
    )
)  # fmt: skip


def order_plainly(text: str) -> str:
    """Return a lower-case question with its order said in the words the rules know.

    "Sorted from the highest to the lowest" is "in descending order", "rank the regions from the
    lowest to the highest latency" is "the regions sorted by latency ascending".
    """
    return rewritten(text, _REPLACED)
