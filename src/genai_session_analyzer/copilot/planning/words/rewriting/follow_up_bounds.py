"""Rows left out because they have too few, or too many: the others are kept."""

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_OUT = (
    r"(?:leav(?:e|ing) out|exclud(?:e|es|ing)|drop(?:ping|s)?|remov(?:e|ing)|skip(?:ping)?"
    r"|hid(?:e|ing)"
    r"|ignor(?:e|ing)|omit(?:ting)?|discard(?:ing)?|without|except(?: for)?|other than|not counting"
    r"|do not (?:count|show|include)|get(?:ting)? rid of|throw(?:ing)? (?:out|away)"
    r"|cut(?:ting)?(?: out)?"
    r"|filter(?:ing)? out|tak(?:e|ing) out|weed(?:ing)? out|eliminat(?:e|ing)|forget(?: about)?"
    r"|disregard(?:ing)?|barring|set(?:ting)? aside|delet(?:e|ing)|prun(?:e|ing)|suppress(?:ing)?)"
)
_THOSE = (
    r"(?:(?:the |those |all |any |these |everything |every )*(?:ones?|those|groups?|rows?"
    r"|entries|values"
    r"|(?:model|sampler|region|tier|device|style|art style|domain|mood|user|cluster|day|week|month"
    r"|session|prompt|setting|lighting|subject|status|statuse|band)(?:e?s)?|anything|anyone"
    r"|everyone|all|everything|whatever|categor(?:y|ies)|buckets?|members?|customers?|accounts?"
    r"|people)?)"
)
_HAVE = (
    r"(?:(?:(?:with|having|of|that (?:have|has|had|got|made|saw|are|is)|which (?:have|has|had"
    r"|are|is)"
    r"|who (?:have|has|had|made)|whose|at|made|below|under) )+)"
)
_FEW = r"(?:fewer than|less than|under|below|not even|fewer then|less then|short of)"
_MANY = r"(?:more than|over|above|in excess of|upwards of|greater than|exceeding)"
_OUT_OF = rf"\b{_OUT} {_THOSE} ?(?:(?:{_HAVE})? ?)"


_BEFORE = rules(
    (rf"{_OUT_OF}{_FEW} ", "only those with at least "),
    (rf"{_OUT_OF}{_MANY} ", "only those with at most "),
)


def before_spelling(text: str) -> str:
    """Return a lower-case question with the rows that are kept instead of those left out.

    "Leave out the ones with fewer than 20 requests" is "only those with at least 20 requests".
    """
    return rewritten(text, _BEFORE)
