"""Users who joined before a day beside those who joined since: one number for each."""

import re

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import PlanFilter, QueryPlan
from genai_session_analyzer.copilot.planning.forms.form import Form
from genai_session_analyzer.copilot.planning.forms.people.people_words import WHO

_BOTH = re.compile(
    rf"\b(?P<who>{WHO} (?:who|that) (?:have )?(?:signed up|joined|registered)) before"
    r"(?: and| or| versus| vs\.?|,? compared (?:to|with)) (?:(?:those|users) (?:who|that) (?:signed"
    r" up|joined|registered) )?(?:after|since|on or after|from)\b"
)
_COMPARE = re.compile(r"^\W*(?:compare|contrast) (?:the )?")
_FIELDS = ("signup_date", "users.signup_date")


def read_before_and_after(plain: str) -> Form | None:
    """Return "success rate of users who joined before March" of "before and after March".

    Args:
        plain: The question in plain words.
    """
    found = _BOTH.search(plain)
    if found is None:
        return None
    text = f"{plain[: found.start()]}{found['who']} before{plain[found.end() :]}"
    return Form(text=_COMPARE.sub("", text), complete=_complete)


def _complete(plan: QueryPlan, _words: Catalogue) -> QueryPlan | None:
    """The number of those before the day, and of those from it on."""
    sides = [each for each in plan.filters if each.field in _FIELDS]
    plain = all(use.transform == "value" and not use.over for use in plan.measures)
    if len(sides) != 1 or sides[0].operator != "below" or not plan.measures or not plain:
        return None
    early = sides[0]
    late = PlanFilter(field=early.field, operator="at_least", values=early.values)
    uses = tuple(use.model_copy(update={"only": (*use.only, side)})
                 for use in plan.measures for side in (early, late))  # fmt: skip
    rest = tuple(each for each in plan.filters if each is not early)
    return plan.model_copy(update={"measures": uses, "filters": rest})
