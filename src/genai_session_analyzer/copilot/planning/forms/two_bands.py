"""Two bands of friction against each other: "sessions with high compared to low friction"."""

import re

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import PlanFilter, QueryPlan
from genai_session_analyzer.copilot.planning.forms.form import Form

_BAND = r"(?P<{}>low|medium|high)(?:[ -]friction)?(?: sessions?| ones)?"
_PAIR = re.compile(
    rf"(?:\b(?:of|for|in|sessions? (?:with|of)|with|between) )?\b{_BAND.format('one')},?"
    r" (?:vs\.?|versus|against|and|or|with|to|than|as opposed to|compared (?:to|with))"
    rf"(?: (?:those|ones|sessions))?(?: with| of| in)? {_BAND.format('two')}\b"
    r"(?:[ -]friction\b)?(?: sessions?)?"
)
_SAID = re.compile(r"\b(?:vs\.?|versus|against|compar\w+|as opposed|than|differen\w+)\b")
_FRAME = re.compile(
    r"^\W*(?:compare|comparison of|difference in|(?:is|are|was|were) (?:the )?)\s*"
    r"|\b(?:higher|lower|longer|shorter|more|fewer)\b|\bdifference in\b"
)


def read_two_bands(text: str) -> Form | None:
    """Return "session duration by friction band" of such a question, kept to the two bands.

    Args:
        text: The question.
    """
    plain = " ".join(text.lower().split()).rstrip("?.! ")
    match = _PAIR.search(plain)
    if match is None or "friction" not in match[0] or not _SAID.search(plain):
        return None
    bands = (match["one"], match["two"])
    rest = f"{plain[: match.start()]} {plain[match.end() :]}"
    rest = " ".join(_FRAME.sub(" ", rest).replace(" ,", " ").strip(" ,:").split())
    rest = re.sub(r" (?:for|of|in|between|with)$", "", rest)
    rest = re.sub(r"^(?:by|on|for|in terms of) ", "", rest) or "number of sessions"
    rest = re.sub(r"^number of(?= (?:by|per|in)\b|$)", "number of sessions", rest)
    return Form(f"{rest} by friction band", lambda plan, words: _only(plan, words, bands))


def _only(plan: QueryPlan, words: Catalogue, bands: tuple[str, ...]) -> QueryPlan | None:
    named = [each for each in plan.dimensions if each.split(".")[-1] == "friction_band"]
    if not named or any(each.field == named[0] for each in plan.filters):
        return None
    del words
    kept = PlanFilter(field=named[0], values=bands)
    return plan.model_copy(update={"filters": (*plan.filters, kept)})
