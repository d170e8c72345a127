"""How two times of one question belong together where they are not compared."""

import re

_WORDS = (
    r"(?:in|on|during|for|the|active|at|all|were|was|are|is|did|do|have|has|had|been|then|who|that"
    r"|of|them|those|it|anything|any|something|a|made|make|generated|generate|use|used|came|come"
    r"|back|return|returned|users|people|customers|how|many|requests?|generations?|again|still"
    r"|sessions?|there|here|around|present|seen|to us"
    r"|what|which|share|part|fraction|percentage|percent|proportion|portion"
    r"|also|too|and|,|\?|but|yet|\s)*"
)
_ABSENT = r"(?:not|no longer|never|inactive|without|stopped|none|nothing)"
_NOT = re.compile(rf"^{_WORDS}\b{_ABSENT}\b{_WORDS}$")
_ALSO = re.compile(rf"^{_WORDS}\b(?:also|again|still|how many|came back|returned)\b{_WORDS}$")
SHARE = re.compile(r"\b(?:share|part|fraction|percentage|percent|proportion|portion)\b")
_TOO = re.compile(r"^\W*(?:of|among)\b.*\b(?:too|as well|again)\W*$")
_BOTH = re.compile(r"\bboth\b")


def read_overlap(between: str, text: str) -> str | None:
    """Return how users of two times are meant, from the words between the times.

    `absent`: in the first and not in the second; `both`: in each; None where neither is said.
    """
    if _NOT.match(between):
        return "absent"
    if re.fullmatch(_WORDS, between) and _TOO.search(text):
        return "both"
    if _ALSO.match(between) or (_BOTH.search(text) and re.fullmatch(r"\W*and\W*(?:in )?", between)):
        return "both"
    return None
