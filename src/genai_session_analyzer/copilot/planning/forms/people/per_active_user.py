"""What active people make on average in each period: "requests per active user by month"."""

import re

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.forms.form import Form
from genai_session_analyzer.copilot.planning.forms.people.people_words import WHO

_PERIOD = re.compile(
    r"\b(?:(?:by|per|each|every|for each|in each|of each) (?:calendar )?(?:month|week|day)"
    r"|(?:monthly|weekly|daily)|(?:month|week|day) by (?:month|week|day))\b"
)
_PER = re.compile(
    rf"\b(?:average |mean )?(?:number of )?(?P<what>generations|requests|jobs|runs|credits|retries"
    rf"|failures|downloads)(?: (?:made|spent))? per active {WHO}"
)


def read_per_active_user(plain: str) -> Form | None:
    """Return "number of requests by month" of "requests per active user by month"."""
    found = _PER.search(plain)
    if found is None or not _PERIOD.search(plain) or re.search(r"\bmedian\b", plain):
        return None
    text = f"{plain[: found.start()]}number of {found['what']}{plain[found.end() :]}"
    return Form(text=text, complete=_divided)


def _divided(plan: QueryPlan, _words: Catalogue) -> QueryPlan | None:
    if (
        len(plan.measures) != 1
        or not plan.grain
        or plan.over_groups
        or plan.entity != "generations"
    ):
        return None
    use = plan.measures[0]
    if use.transform != "value" or use.over or use.only:
        return None
    divided = use.model_copy(update={"over": "active_users"})
    return plan.model_copy(update={"measures": (divided,)})
