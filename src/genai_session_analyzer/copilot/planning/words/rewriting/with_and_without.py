"""Rows with something beside rows without it, and rows all of which are alike."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_BESIDE = r",? (?:and|or|vs\.?|versus|against|(?:as )?compared (?:to|with)|as opposed to|than) "
_ROWS = r"(?:generations|requests|images|sessions|visits|users|people|prompts|jobs)"
_REST = rf"(?:(?:for|of|in|to|from|on) )?(?:(?:the |all )?(?:those|ones|others|rest|{_ROWS}) )?"
_LACKING = r"(?:without|with no(?:ne)?|that (?:had|have) no(?:ne)?|having none|not having)"
_END = r"(?=\W*$|[,;]| (?:by|per|in|during|on|last|this|since) )"
_LINK = r"(?:where|in which|whose|for (?:which|whom)|with)"
_GENERATION = r"(?:generation|request|job)s?"
_EACH_ONE = (
    rf"(?:{_LINK} (?:all(?: of)?(?: the| their| its)?|every(?: single)?|each) {_GENERATION}"
    rf"(?: (?:were|was|is|are|have|has))?"
    rf"|whose {_GENERATION}(?: (?:were|are|have|had))? (?:all|always)) "
)


_BEFORE = rules(
    (rf"\bwith (?P<some>(?:an? |any |at least one )?)(?P<what>[\w-]+(?: (?!and\b|or\b)[\w-]+)"
     rf"{{0,2}}?){_BESIDE}{_REST}{_LACKING}(?: (?:any|one|it|them|such|that"
     rf"|(?:an? |any )?(?P=what)))?{_END}", r"with and without \g<what>"),
    (rf"\b(?:no|without) (?P<what>[\w-]+(?: [\w-]+){{0,2}}?){_BESIDE}(?:at least one|some|any)"
     rf"{_END}", r"without and with \g<what>"),
    (rf"{_EACH_ONE}(?:successful|succeeded|succeed|worked|a success|successes)\b",
     "with a success rate of exactly 1"),
    (rf"{_EACH_ONE}(?:failed|failing|fail|a failure|failures|unsuccessful)\b",
     "with a success rate of exactly 0"),
)  # fmt: skip


def before_spelling(text: str) -> str:
    """Return a lower-case question with both sides of a condition named by one word.

    "With unsafe intent and those without it" is "with and without unsafe intent"; "sessions in
    which every generation failed" are those "with a success rate of exactly 0".
    """
    return rewritten(text, _BEFORE)
