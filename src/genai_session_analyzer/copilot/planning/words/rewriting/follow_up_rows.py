"""Follow-ups that ask the same about something else, or about other rows."""

from genai_session_analyzer.copilot.planning.words.rewriting.follow_up_words import (
    GROUPING,
    IT,
    OPENING,
)
from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_KEPT = (
    r"(?:groups?|ones|rows|entries|results|models|samplers|regions|tiers|devices|users|styles"
    r"|domains|moods|weeks|days|months)"
)
_CONFINE = r"(?:restrict|limit|confine|narrow|reduce|filter|constrain)"
_ROWS = r"(?:generations?|requests?|sessions?|users?|prompts?|images?|jobs?|rows?|ones)"


_BEFORE = rules(
    # openings
    (r"^\W*let(?: us|\W?s)? +(?=\w)(?!me\b)", ""),
    (r"^\W*n (?=(?:by|for|per|in|on|what|how)\b)", "and "),
    # the same about something else
    (rf"{OPENING}how (?:does|do|did) (?:the )?(?!{IT} )([\w-]+(?: [\w-]+)?) look\W*$",
     r"\1what about \2"),
    (rf"{OPENING}(?:repeat|run|do|redo)(?: {IT}| the same)?(?: again)? (?=for\b|with\b|in\b)",
     r"\1the same "),
    (r"^\W*i(?:\W?d| would)? +rather (?:see|have|know|get|look at) (.+?)(?: instead)?\W*$",
     r"\1 instead"),
    (rf"{OPENING}use (.+?) as the (?:measure|metric|number)(?: instead)?\W*$", r"\1\2 instead"),
    (rf"{OPENING}(?:how|what) (?:does|did|do|would|was|is) (?:{IT}|the picture|the situation"
     r") look(?:s|ed)?(?: like)? ", r"\1what about "),
    (rf"{OPENING}(?:switch|change|turn|move|go)(?: {IT})?(?: over)? to "
     r"(?!all\b|every\b|any\b|back\b)(.+?)(?: instead)?\W*$", r"\1\2 instead"),
    (rf"{OPENING}replace (?:{IT}|the (?:{GROUPING}|measure|number|metric|column)) (?:with"
     r"|by) (.+?)\W*$", r"\1\2 instead"),
    (rf"\brather than {IT}\W*$", "instead"),
    # which rows
    (rf"{OPENING}(?:focus|concentrate|zoom in) (?:only )?on ", r"\1only "),
    (rf"{OPENING}(?:limit|restrict|narrow|set|change) the (?:period|time|range|date|time"
     rf" range)"
     r" to ", r"\1only "),
    (rf"{OPENING}consider (.+?) only\W*$", r"\1only \2"),
    (rf"{OPENING}(?:(?:do not|don\W?t) (?:consider|include|count|show|use|take into account)"
     r"|disregard|discount) ", r"\1excluding "),
    (rf"{OPENING}with (?:the )?([\w-]+(?: [\w-]+)?) (?:excluded|left out|removed|omitted)\W*$",
     r"\1excluding \2"),
    (rf"{OPENING}(?:include|extend {IT} to|widen {IT} to|for (?:users|requests|sessions"
     r"|generations|customers) (?:of|on|from|in|with)) (?=(?:all|every|any) \w+\W*$)",
     r"\1for "),
    (rf"{OPENING}(?:not (?:only|just) (?:for |in |on )?(?:one|1|a single|this|that)"
     r"|without restricting(?: it)?(?: to)?(?: the)?) (\w+)\W*$", r"\1for every \2"),
    (rf"{OPENING}(?:consider|take into account|keep|leave|retain|include) (?:only|just"
     r"|solely) ", r"\1only "),
    (rf"{OPENING}(?:keep|leave|retain) (?=(?:the |those )?(?:top|bottom)\b|those\b|the"
     rf" ones\b)", r"\1only "),
    (rf"{OPENING}(?:only|keep|retain|show only|keep only) (?:the |those )?{_KEPT} (?=(?:with"
     rf"|that|which|having|where) )",
     r"\1only those "),
    (rf"{OPENING}(?:narrow|cut|filter|trim)(?: {IT})? down to ", r"\1only "),
    (rf"{OPENING}(?:only )?where (?:the )?(?=(?!is\b|are\b|was\b|were\b|do\b|does\b|did\b)"
     r"\w+(?: \w+){0,2} (?:is|are|was|were|above|below|over|under|at|exceeds?|[<>=]))",
     r"\1only those whose "),
    (rf"{OPENING}(?:excluding|omitting|ignoring|exclude|omit|ignore|leave out|leaving out"
     r"|without|except|drop|skip) (?:the |those |all )?(?:users|people|customers|requests"
     r"|generations|sessions|ones) (?:made |sent |submitted |issued |that were made )?(?:of"
     r"|on|in|from|with|using) ", r"\1excluding "),
    (r"\b(?:every|any)(?:thing|one|body) except\b|\ball except\b", "except"),
    (rf"{OPENING}{_CONFINE} (?:{IT} )?to (?:the )?(?:first|top) (?=\w+\W*$)",
     r"\1only the top "),
    (rf"{OPENING}{_CONFINE} (?:{IT} )?to (?:the |those )?(?:{_ROWS} (?=(?:of|in|from|on|with"
     r"|who|that|which|whose|made|belonging|submitted)\b))?", r"\1only "),
    (rf"{OPENING}(?:consider|keep|retain|include|take|use)(?: only| just|) (?:the |those )?"
     rf"{_ROWS} (?=(?:of|in|from|on|with|who|that|which|whose|made|belonging|submitted)\b)",
     r"\1only "),
    (rf"{OPENING}exclude (?:the |those |all )?{_ROWS} (?:of|in|from|on|with|who|that|which)"
     r"(?: (?:are|were|is|was|have|had))?\b", r"\1exclude"),
)  # fmt: skip
_AFTER = rules(
    (r"\b(?:limit|cut|restrict|reduce|shorten)(?: it| them| this| that| the list)?"
     r"(?: down)? to (?:the )?(?:first |top )?(\d+)"
     r"(?: (?:rows?|results?|lines?|entries))?"
     r"\W*$", r"top \1"),
    (r"\b(?:only|just|show|the first|first|display)(?: me)? (\d+) "
     r"(?:rows?|results?|lines?|entries)\W*$", r"top \1"),
    (r"\b(?:swap|replace|exchange|substitute)(?: out)? (?:the )?([\w -]+?)"
     r" (?:for|with|by) (?:the )?([\w -]+)", r"\2 instead of \1"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case follow-up with the rows it is about in the words the rules know.

    "Switch to the median" is "the median instead", "restrict this to users of the pro tier" is
    "only of the pro tier". A question that begins otherwise is returned as it is.
    """
    return rewritten(text, _BEFORE)


def after_spelling(text: str) -> str:
    """Return a lower-case follow-up with its number of rows as "top 5", swaps as "instead of"."""
    return rewritten(text, _AFTER)
