"""What stands at the top of a table, and which rows a prompt has most of."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_TABLE = r"(?:table|league(?: table)?|ranking|list|leaderboard|pile|heap|charts?|class|pack|scale)"
_AT = re.compile(
    r"^\W*(?:which |what |name |tell me |the |our |is |are |of )*(?P<group>[\w]+(?: [\w]+)?)"
    r" (?:is |sits? |are |stands? |ranks? |comes? |that is |that sits |which is )?"
    rf"(?:at|on|in) (?:the )?(?:very )?(?P<end>top|head|bottom|foot|tail) of (?:the |our )?{_TABLE}"
    r" (?:for|by|on|in|in terms of|when it comes to|as to|as regards) (?:the )?(?P<by>[^?]+?)\W*$"
)
_SMOOTH = (
    r"\bsmooth(?:ed|ing|en)?(?: out)? (?:the )?(?P<what>[^,;?]+?) (?:with|by|using|over|by means of"
    r"|through) (?:an? |the )?(?:rolling |trailing )?(?:7|seven)[- ]?days?"
    r"(?: (?:moving|rolling|trailing|running))?(?: (?:average|mean|window|periods?))?"
)
_MOST = r"(?:the )?(?P<end>most|least)(?: often| frequently)?"
_USED = (
    r"(?:reused|repeated|recycled|re-used|re used|used again|submitted again|sent again|retyped)"
)


_UNIT = (
    r"(?:hour(?: of (?:the )?day)?|time of day|weekday|day of (?:the )?week|days?|weeks?"
    r"|months?|date)"
)
_TOPS = (
    r"(?:peaks?(?: out)?|top out|max out|culminate|spike|crest|reach (?:its|their|the) (?:peak"
    r"|height"
    r"|maximum|high|highest)(?: point)?|hit (?:its|their) (?:peak|high|maximum)|(?:at )?(?:its"
    r"|their)"
    r" (?:peak|height|highest|maximum)|at its busiest|the (?:highest|heaviest|busiest)|highest"
    r"|heaviest)"
)
_DIPS = (
    r"(?:bottom out|dip|trough|hit (?:rock )?bottom|reach (?:its|their|the) (?:low|lowest"
    r"|minimum|bottom)"
    r"(?: point)?|(?:at )?(?:its|their) (?:low|lowest|minimum|lightest)|the (?:lowest|lightest)"
    r"|lowest)"
)
_WHEN = (
    rf"^\W*(?:at|in|on|during) (?:what|which) (?P<unit>{_UNIT}) (?:does|do|did|is|was|were|are) "
    r"(?:the |our )?(?P<what>[\w -]+?) "
)


_BEFORE = rules(
    (r"\b(?P<lead>on|in|at|during|of) what (?=(?:weekday|day of (?:the )?week|hour|month|week)\b)",
     r"\g<lead> which "),
    (rf"{_WHEN}{_TOPS}\b", r"which \g<unit> has the highest \g<what>"),
    (rf"{_WHEN}{_DIPS}\b", r"which \g<unit> has the lowest \g<what>"),
    (r"(?<=\w)(?:,| and|,? with|,? plus|,? together with)+ (?:the )?(?P<n>how (?:many|much)"
     r"|number of) "
     r"(?P<what>[\w]+(?: [\w]+)?) (?:for )?(?:each|every one)(?: one)?(?: of (?:them|these|those))?"
     r"(?: (?:has|have|had|of them|did|user|person))*(?: (?:made|submitted|sent|generated|issued"
     r"|run"
     r"|ran|got|had))?(?=\W*$|,)", r" with number of \g<what>"),
    (_SMOOTH, r"7 day moving average of \g<what>"),
    (rf"\bprompts? (?:(?:that|which) )?(?:is|gets?|was|got|has been|are|were"
     rf"|being) {_USED} {_MOST}",
     r"\g<end> reused prompt"),
    (rf"\b(?:comes?|came|turns?|turned|crops?|cropped|shows?|showed|pops?|popped) up {_MOST}\b",
     r"is \g<end> common"),
    (r"\btail (?P<what>latency|wait|response time)\s*,*\s*(?:i\W?e\W*|that is,? "
     r"|meaning )?(?:the )?"
     r"(?P<at>p ?\d\d|\d\dth percentile)\b", r"\g<at> \g<what>"),
    (r"\b(?P<at>p ?\d\d|\d\dth percentile) tail (?=latency|wait)", r"\g<at> "),
    (r"\b(?P<session>sessions?\b[^,;?]*?) (?:with|of|having|that have|whose) (?:a |an )?(?:known"
     r"|recorded|clear) (?:outcome|result|ending)\b", r"\g<session>"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with the ends of a table as highest and lowest.

    "The domain at the bottom of the table for success rate" is "which domain has the lowest success
    rate", "the prompt that gets reused the most" the "most reused prompt".
    """
    at = _AT.match(text)
    if at:
        end = "highest" if at["end"] in ("top", "head") else "lowest"
        text = f"which {at['group']} has the {end} {at['by']}"
    return rewritten(text, _BEFORE)
