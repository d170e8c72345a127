"""Rows that a clause stands for: "whatever timed out", "where the request was refused"."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_DONE = (
    r"(?:was|were|got|gets|is|are|has been|have been|had|did|failed|timed|ended|went|succeeded"
    r"|crashed"
    r"|ran|hit|broke|took|cost|came)"
)
_ROW = r"(?:request|generation|job|image|picture|run|render|prompt|attempt)"
_PLACE = r"(?:(?:in|on|across|around) (?:the |this )?(?:whole )?(?:world|earth|globe|planet))"
_COME = (
    r"(?:come from|coming from|live|living|sit|sitting|based|located|situated|reside|residing|found"
    r"|originate|to be found|at home)"
)
_SCENE = (
    r"(?:take place|taking place|play|happen|occur|be set|are set|set|unfold|play out|be located"
    r"|be situated)"
)


_BEFORE = rules(
    (rf"\b(?:whatever|anything|everything|all that|all of what)(?: that| which)? (?={_DONE}\b)",
     "requests that "),
    (r"\b(?:among|of|for|in|over|on) (?:whatever|anything|everything) (?=the (?:safety )?filter\b)",
     "among requests that "),
    (rf"(?<=\w) where (?:the|a|an) (?:{_ROW}) (?={_DONE}\b)", " of requests that "),
    (rf"^\W*where (?:{_PLACE} )?(?:are|is|do|does|did|were) (?:the )?(?:most|majority"
     rf"|bulk)(?: of)? "
     rf"(?:the |our |all )?(?P<who>[\w -]+?)(?: {_COME})?\W*$",
     r"which region has the most \g<who>"),
    (rf"^\W*where (?:do|does|are|is|did) (?P<what>[\w -]+?) (?:mostly|usually|typically|mainly"
     rf"|normally|generally|commonly|most often|tend to) {_SCENE}\W*$",
     r"which setting is most common for requests of \g<what>"),
    (r"\b(?P<super>slowest|fastest|quickest|costliest|priciest|dearest|cheapest|most expensive"
     r"|longest running) (?:picture|image|pic)(?P<s>s?)\b", r"\g<super> request\g<s>"),
    (r"\b(?P<super>(?:most|least) (?:common|frequent|popular|usual|typical|used)) (?P<of>in"
     r"|among|for"
     r"|of|with) (?P<what>(?:\w+ )?)(?:pictures|images"
     r"|pics)\b", r"\g<super> \g<of> \g<what>requests"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with its rows named by a noun.

    "Whatever failed" is "requests that failed", "where in the world are most users" is "which
    region has the most users".
    """
    return rewritten(text, _BEFORE)
