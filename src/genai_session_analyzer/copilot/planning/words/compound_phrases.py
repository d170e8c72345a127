"""Phrases whose parts stand far from each other, put so that they stand together."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting import rewritten

_PART = r"(?:share|percentage|percent|proportion|fraction|part)"
_HOW = r"(?:average|mean|median|p\d\d|\d\dth percentile)(?: of)?(?: the)? "
_IN_PERCENT = (
    r"(?:in|as) (?:an? )?(?:percent|percentages?|%|shares?)(?: of (?:the |all )?(?:total|whole))?"
)
_REPLACED = (
    # "In which week was the latency on mobile the highest"
    (re.compile(r"^(?P<polite>\W*(?:and |so )?)(?:in|on|at|for|with|during) (?:which|what) "
                r"(?P<group>[\w -]+?) (?:is|was|were|are) (?:the |our )?(?P<what>.+?) "
                r"(?:the |at its )?(?P<rank>highest|lowest|greatest|largest|biggest|smallest)\W*$"),
     r"\g<polite>which \g<group> had the \g<rank> \g<what>"),
    (re.compile(r"\bdifferent prompts\b"), "distinct prompts"),
    # "average generation cost", "median cost of a session"
    (re.compile(rf"\b(?P<how>{_HOW})(?P<row>generation|request|session|user) "
                r"(?P<what>cost|spend)\b"),
     r"\g<how>\g<what> per \g<row>"),
    (re.compile(rf"\b(?P<how>{_HOW})(?P<what>cost|spend|number of retries) of (?:an?|one|each) "
                r"(?P<row>generation|request|session|user)\b(?! (?:that|who)\b)"),
     r"\g<how>\g<what> per \g<row>"),
    (re.compile(r"\b(generation|request|session|user|prompt|failure|timeout|visit|error|success|"
                r"customer|active user) count\b(?! of \d)"), r"number of \1s"),
    # "cost per session per month and tier": the tier stands with the session, not with the month
    (re.compile(r"\bper (?P<row>session|generation|request|user) (?:per|by) "
                r"(?P<unit>day|week|month) and (?:per |by )?(?P<group>[a-z]+(?: [a-z]+){0,2}?)"
                r"(?=\W*$| (?:in|on|of|for|from|since|with|using|outside|excluding|not|last"
                r"|between|before|over|among|during)\b)"),
     r"per \g<row> by \g<group> per \g<unit>"),
    (re.compile(r"\bnumber of successs\b"), "number of successes"),
    (re.compile(r"\b(has|have|had|with|saw|got) the most active users\b"),
     r"\1 the highest number of active users"),
    (re.compile(r"\b(has|have|had|with|saw|got) the (?:fewest|least) active users\b"),
     r"\1 the lowest number of active users"),
    (re.compile(rf"\bdistribution of (?:the )?(?P<what>.+?) (?:over|across|by|among|per) (?:the )?"
                rf"(?P<group>.+?),? {_IN_PERCENT}\W*$"),
     r"what share of \g<what> comes from each \g<group>"),
    (re.compile(r"^\W*(?:show |show me |give me )?(?:the )?number of (?P<what>[\w ]+?) by "
                rf"(?P<group>[\w ]+?),? {_IN_PERCENT}\W*$"),
     r"what share of \g<what> comes from each \g<group>"),
    (re.compile(rf"\b{_PART} of (?:the )?(?P<what>.+?) (?:by|per) (?P<group>.+?),? "
                rf"as an? {_PART} of (?:the |all )?(?:total|whole|all)\W*$"),
     r"what share of \g<what> comes from each \g<group>"),
)  # fmt: skip


def put_together(text: str) -> str:
    """Return a lower-case question with far parts of one phrase side by side.

    "In which week was the latency on mobile the highest" asks "which week had the highest latency
    on mobile", a "session count" is the "number of sessions".
    """
    return rewritten(text, _REPLACED)
