"""Stickiness of a month: daily over monthly active users."""

import re

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import MeasureUse, QueryPlan
from genai_session_analyzer.copilot.planning.forms.form import Form
from genai_session_analyzer.copilot.planning.forms.people.active_bounds import is_active_users
from genai_session_analyzer.copilot.planning.forms.people.people_words import within

_DAILY = (
    r"(?:the )?(?:average |mean |avg )?(?:(?:number|count) of )?(?:the )?(?:dau|daily(?: active)?"
    r"(?: (?:users?|people|customers?|members?|actives))?|actives? per day)"
)
_MONTHLY = (
    r"(?:the |a |its )?(?:mau|monthly(?: active)?(?: (?:users?|people|customers?|members?"
    r"|actives|ones))?"
    r"|month'?s? active users?)"
)
_OVER = r"(?:/|over|by|to|per|against|as a (?:share|part|percentage|fraction) of|divided by)"
_RATIO = rf"{_DAILY} *(?:{_OVER} *)+{_MONTHLY}(?: (?:ratio|rate|share))?"
_STICKY = (
    r"(?:how sticky (?:is|was|were|are)(?: (?:we|our users|the product|it|our"
    r" product))?|stickiness)"
)
_NAMED = re.compile(
    rf"(?:{_STICKY}\b(?:(?P<between>[^:;]*?)[ ,:(]*(?:computed|measured|defined|counted|calculated"
    rf"|taken|meaning|that is|i e|ie|as|=|is|the|ratio of| )* *{_RATIO})?|{_RATIO})\)?"
)
_OTHER = re.compile(r"\b(?:weekly|wau|per week|by week|by day|compare|versus|vs)\b")


def read_stickiness(plain: str) -> Form | None:
    """Return "how many users were active in May" of "stickiness in May"; None for others."""
    found = _NAMED.search(plain)
    if found is None or _OTHER.search(plain):
        return None
    rest = f"{plain[: found.start()]} {found['between'] or ''} {plain[found.end() :]}"
    rest = re.sub(
        r"^\W*(?:(?:what|is|was|the|our|user|ratio|rate|of|show|give|me|s)\b\W*)*", "", rest
    )
    rest = re.sub(r"\b(?:what|is|was|the|our|ratio)\b(?= *(?:$|[?,]))|[:;()]", " ", rest)
    named = re.match(r" *([a-z]+(?: 20\d\d)?)(?:'s| s)?\W*$", rest)
    words = f"in {named[1]}" if named else rest
    text = re.sub(r"\s+", " ", f"how many users were active {words}").strip(" ,")
    return Form(text=text, complete=_completed)


def _completed(plan: QueryPlan, _words: Catalogue) -> QueryPlan | None:
    """The same rows, measured for one month or for each one."""
    grouped = plan.model_copy(update={"grain": None, "order": ()})
    ends = within(plan.time) if plan.time else None
    is_month = ends is not None and 27 < (ends[1] - ends[0]).days < 32 and ends[0].day == 1
    if plan.grain not in (None, "month") or not is_active_users(grouped):
        return None
    return plan.model_copy(update={
        "measures": (MeasureUse(name="stickiness"),),
        "grain": None if is_month else "month",
        "order": tuple(each for each in plan.order if each.by != "active_users"),
    })  # fmt: skip
