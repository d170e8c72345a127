"""Whether a question after an answer is one of its own: "in January, which model was slowest?"."""

import re

from genai_session_analyzer.copilot.planning.words.tagging import Tagged

_LEAD = re.compile(
    r"\W*(?:in|on|for|with|at|since|during|from|by|per|each|of|among|all|until|before|after)\b"
)
_ASKS = re.compile(r"\b(?:what|which|who|whose|how (?:many|much|long|often|fast|slow))\b")
_BACK = re.compile(
    r"\b(?:it|that|this|those|these|them|they|ones?|instead|too|also|as well|again|same|each of)\b"
)
_TOP_OF = "^[opD]*Tn[opL]*[EF][opLaDp]*[BY][opI]*H?A?o?[QVE]"
_BEST_OF = "^[opDZ]*W[op]*[EF][op]*b[op]*$|^[op]*W[op]*b[op]*[EF][op]*$"


def is_complete(tagged: Tagged) -> bool:
    """Return whether a question names what it asks for and does not point back.

    "In January, which model was slowest?" begins like a change of the question before and is none,
    nor are "top 5 users by cost" and "which model is best?".
    """
    if _BACK.search(tagged.text):
        return False
    sentence = tagged.sentence
    if sentence.first(_TOP_OF) or sentence.first(_BEST_OF):
        return True
    lead = _LEAD.match(tagged.text)
    asks = _ASKS.search(tagged.text, lead.end()) if lead else None
    return asks is not None and sentence.first("[QVES]") is not None
