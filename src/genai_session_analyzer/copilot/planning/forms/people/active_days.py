"""People by the number of days they were active on: "on more than one day"."""

import re

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import (
    Having,
    MeasureUse,
    Operator,
    PlanFilter,
    QueryPlan,
    TimeRange,
)
from genai_session_analyzer.copilot.planning.forms.form import Form
from genai_session_analyzer.copilot.planning.forms.people.active_bounds import is_active_users
from genai_session_analyzer.copilot.planning.forms.people.people_words import WHO, asked_for
from genai_session_analyzer.copilot.planning.times.calendar_words import NUMBERS

_N = r"(?P<n>\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)"
_KIND = r"(?:(?:different|separate|distinct|calendar|single|individual|active|various) )?"
_BOUNDS: tuple[tuple[str, Operator], ...] = (
    (rf"(?:more than|over|above|beyond) {_N.replace('?P<n>', '?P<a>')}", "above"),
    (rf"(?:at least|no fewer than|not less than|a minimum of) {_N.replace('?P<n>', '?P<b>')}"
     rf"|{_N.replace('?P<n>', '?P<c>')} (?:or more|plus)|(?P<g>\d+)\+", "at_least"),
    (rf"(?:fewer than|less than|under|below) {_N.replace('?P<n>', '?P<d>')}", "below"),
    (rf"(?:at most|no more than|not more than|up to) {_N.replace('?P<n>', '?P<e>')}", "at_most"),
    (rf"(?:(?:exactly|precisely|only|just) )?(?:an?|{_N.replace('?P<n>', '?P<f>')})?",
     "in"),
)  # fmt: skip
_USED = (
    r"(?:(?:who|that|have|has|had|were|was|been|did|do|are|it|got) )*(?:active|used?(?: (?:us"
    r"|it|the"
    r" (?:product|service|platform|tool|app|system)))?|with (?:any |some )?(?:activity|usage|use|"
    r"requests?|generations?)|activity|generated(?: (?:something|anything|images?))?|came(?:"
    r" back| by)?|visited"
    r"|showed up|turned up|worked|requested(?: (?:something|anything|images?))?|seen"
    r"|made (?:requests?|generations?|images?|a request|an image|something))"
)
_ON = re.compile(
    rf"\b{_USED} (?:on |for |during )(?:a total of )?"
    rf"(?P<bound>{'|'.join(f'(?:{p})' for p, _ in _BOUNDS)})"
    rf" ?{_KIND}days?(?P<only>,? only| alone)?\b(?! (?:ago|of|after|before|in a row|running))"
)


def read_active_days(plain: str) -> Form | None:
    """Return "how many users active in May" of "users active on more than two days in May"."""
    asked, rest = asked_for(plain)
    found = _ON.search(rest)
    if found is None or asked not in ("count", "list"):
        return None
    bound = _bound(found)
    if bound is None:
        return None
    operator, number = bound
    use = MeasureUse(name="distinct_requested_date")
    having = Having(measure=use, operator=operator, value=number)

    def complete(plan: QueryPlan, _words: Catalogue) -> QueryPlan | None:
        rows = _of_signups(plan)
        if rows is None or "user_id" in rows.dimensions:
            return None
        return rows.model_copy(update={
            "measures": (), "dimensions": (*rows.dimensions, "user_id"), "having": (having,),
            "over_groups": None if asked == "list" else "count",
            "over_by": () if asked == "list" else rows.dimensions,
        })  # fmt: skip

    left = f"{rest[: found.start()]} were active {rest[found.end() :]}"
    left = re.sub(r"^\W*(?:(?:of|the|those|who|that) )*", "", left)
    left = re.sub(r"\b(?:opened|created|set up|made)(?= (?:in|on|during|since|last|this)\b)",
                  "registered", left)  # fmt: skip
    people = "" if re.search(rf"\b{WHO}\b", left) else "users "
    text = re.sub(r"\s+", " ", f"how many {people}{left}").replace(" ,", ",")
    return Form(text=text.strip(), complete=complete)


def _bound(found: re.Match[str]) -> tuple[Operator, float] | None:
    for pattern, operator in _BOUNDS:
        if not re.fullmatch(pattern, found["bound"].strip()):
            continue
        said = next((found[name] for name in "abcgdef" if found[name]), None)
        is_one = "single" in found[0] or re.search(r"\ban? |\bone\b", found[0])
        if said is None:
            return (operator, 1) if is_one else None
        number = int(said) if said.isdigit() else NUMBERS[said]
        return operator, number
    return None


def _of_signups(plan: QueryPlan) -> QueryPlan | None:
    """The plan of active people; of those who signed up in some time, all they did since."""
    if is_active_users(plan):
        return plan
    names = [(use.name, use.only, use.transform) for use in plan.measures]
    if plan.entity != "users" or names != [("user_count", (), "value")] or plan.time is None:
        return None
    return QueryPlan(
        entity="generations", measures=(MeasureUse(name="active_users"),),
        filters=(*_signed_up(plan.time), *plan.filters),
    )  # fmt: skip


def _signed_up(time: TimeRange) -> tuple[PlanFilter, ...]:
    start, end = time.start, time.end
    first = PlanFilter(field="users.signup_date", operator="at_least",
                       values=(start.date(),)) if start else None  # fmt: skip
    last = PlanFilter(field="users.signup_date", operator="below",
                      values=(end.date(),)) if end else None  # fmt: skip
    return tuple(each for each in (first, last) if each)
