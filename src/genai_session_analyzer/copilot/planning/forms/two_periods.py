"""A number at two times: by how many percent it changed, its ratio, whether it was higher."""

import re
from functools import cache

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import (
    PlanFilter,
    QueryPlan,
    TimeRange,
    Transform,
)
from genai_session_analyzer.copilot.planning.forms.form import Form
from genai_session_analyzer.copilot.planning.times.time_points import POINT

_PART = r"(?:(?:first|second|third|last) (?:half|week|third|\d+ days) of )?"
_BEFORE = (
    r"the (?:\d+ )?(?:day|week|month)s? (?:before|prior)(?: that| those| it)?"
    r"|the (?:previous|prior|preceding) (?:\d+ days|day|week|month|period)"
)
_TIME = rf"(?:the )?(?:{_PART}{POINT}|{_BEFORE})"
_ONE, _TWO = rf"(?P<one>{_TIME})", rf"(?P<two>{_TIME})"
_IN = r"(?:(?:in|during|on|for|over|of|within) )"
_FROM = rf"(?:from|between) {_ONE} (?:to|and|until) {_IN}?{_TWO}"
_FROM_LATER = rf"(?:from|between) {_TWO} (?:to|and|until) {_IN}?{_ONE}"
_REST = r"(?P<rest> (?:by|per|for|among|on|of|in|with) (?!the (?:previous|prior)).+?)?"
_WHAT = r"(?:the |our )?(?P<what>[a-z][^,;?]*?)"
_MOVE = (
    r"(?:change|changed|rise|rose|risen|increase|increased|grow|grew|grown|climb|climbed|go up|fall"
    r"|fell|fallen|drop|dropped|decrease|decreased|decline|declined|go down|shrink|shrank|move"
    r"|moved|gone up|gone down|improve|improved|worsen|worsened|get worse|get better)"
)
_NOUN = r"(?:change|difference|increase|decrease|growth(?: rate)?|rise|drop|decline|delta|move)"
_PERCENT = r"(?:percent|percentage|per cent|pct|%)"
_THAT = (
    r"(?:(?:that|those|the (?:one|ones|value|figure|number|rate|level|same)|what it was"
    r"|it was) )?"
)
_HIGHER = (
    r"(?:(?:any |much )?(?:higher|lower|larger|smaller|greater|better|worse|longer|shorter|bigger"
    r"|more|less|above|below)(?: than)?)"
)
_EXCEED = r"(?:exceed|exceeded|surpass|surpassed|top|beat|outstrip|fall below|fall short of)"
_AGAINST = r"(?:with|to|and|against|versus|vs\.?)"
_ABOUT = r"(?:,|:| -)? ?(?:in terms of|by|on|for|with regard to|regarding|with respect to)"
_PATTERNS: tuple[tuple[str, str], ...] = (
    (rf"by (?:what|which|how many|how much)(?: an?)? {_PERCENT} (?:did|has|have|does|do) {_WHAT}"
     rf" {_MOVE} {_FROM}{_REST}", "relative"),
    (rf"(?:what (?:is|was) )?(?:the )?(?:{_PERCENT}|relative) {_NOUN} (?:in|of) {_WHAT} {_FROM}"
     rf"{_REST}", "relative"),
    (rf"(?:what (?:is|was) )?(?:the )?{_NOUN} (?:in|of) {_WHAT} {_FROM}{_REST},?"
     rf" (?:in|as an?|expressed in|expressed as an?) {_PERCENT}", "relative"),
    (rf"(?:what (?:is|was) )?(?:the )?(?:percentage|percent)[ -]point {_NOUN} (?:in|of) {_WHAT}"
     rf" {_FROM}{_REST}", "absolute"),
    (rf"by (?:what|which) factor (?:did|has|have|does|do) {_WHAT} {_MOVE} {_FROM_LATER}{_REST}",
     "ratio"),
    (rf"{_WHAT} {_IN}{_ONE} (?:minus|less) (?:the )?(?:{_THAT}|(?P=what) ){_IN}?{_TWO}", ""),
    (rf"which of {_ONE} (?:and|or) {_TWO} (?:had|has|saw|shows|brought) (?:the )?"
     rf"(?:higher|lower|larger|smaller|greater|better|worse|more|fewer|less) {_WHAT}", ""),
    (rf"(?:what (?:is|was) )?(?:the )?{_NOUN} (?:in|of) {_WHAT} {_FROM}{_REST}", ""),
    (rf"(?:did|has|have|how did|how has|how have|how much did|by how much did) {_WHAT} {_MOVE}"
     rf" {_FROM}{_REST}", ""),
    (rf"(?:did|does|do) {_WHAT} {_IN}{_ONE} {_EXCEED} {_THAT}{_IN}?{_TWO}", ""),
    (rf"(?:is|was|were|are) {_WHAT} {_IN}{_ONE} {_HIGHER} {_THAT}{_IN}?{_TWO}", ""),
    (rf"(?:is|was|were|are) {_WHAT} {_HIGHER} {_IN}{_ONE} than {_THAT}{_IN}?{_TWO}", ""),
    (rf"(?:please )?compare {_ONE} {_AGAINST} {_TWO}{_ABOUT} {_WHAT}", ""),
    (rf"(?:what (?:is|was) )?(?:the )?ratio of {_WHAT} {_IN}{_ONE} (?:to|over) {_THAT}{_IN}?{_TWO}"
     rf"{_REST}", "ratio"),
    (rf"(?:what (?:is|was) )?(?:the )?ratio of {_WHAT} {_IN}{_ONE} to (?:the )?(?P=what) {_IN}"
     rf"{_TWO}{_REST}", "ratio"),
    (rf"(?:what (?:is|was) )?{_WHAT} {_IN}{_ONE} divided by {_THAT}(?:(?:the )?(?P=what) )?{_IN}"
     rf"{_TWO}{_REST}", "ratio"),
    (rf"how many times as (?:many|much) {_WHAT}(?: (?:were|was|are|did|do) .*?)? {_IN}{_ONE} as"
     rf" {_IN}?{_TWO}", "ratio"),
)  # fmt: skip
_SHOWN: dict[str, Transform] = {
    "": "value", "absolute": "change", "relative": "relative_change", "ratio": "value",
}  # fmt: skip
_LEAD = r"^\W*(?:(?:show|give|compute|calculate|tell|find|report|return)(?: me)? (?:the )?)?"


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(rf"{_LEAD}{pattern}\W*$"), how) for pattern, how in _PATTERNS)


def read_two_periods(text: str) -> Form | None:
    """Return "cost in March compared with February" of "did the cost rise from February to March".

    Args:
        text: The question.
    """
    plain = " ".join(text.lower().split())
    for pattern, how in _compiled():
        match = pattern.match(plain)
        if match:
            return _form(match, how)
    return None


def _form(match: re.Match[str], how: str) -> Form:
    one, two = match["one"], match["two"]
    rest = match.groupdict().get("rest") or ""
    what = re.sub(r"(?<!number of )\bsign-?ups\b", "number of signups", match["what"])
    text = f"{what}{rest} in {two} compared with {one}"
    if two.startswith("the ") and re.fullmatch(_BEFORE, two):
        text = f"{what}{rest} in {one} compared with {two}"
    if how == "ratio":
        return Form(text, lambda plan, words: _ratio(plan, words, one))
    return Form(text, lambda plan, words: _compared(plan, _SHOWN[how]))


def _compared(plan: QueryPlan, transform: Transform) -> QueryPlan | None:
    """The plan of the two times, with their difference alone where that is asked."""
    if plan.comparison is None or not plan.measures:
        return None
    if transform == "value":
        return plan
    changed = [each.model_copy(update={"transform": transform}) for each in plan.measures]
    return plan.model_copy(update={"measures": tuple(changed)})


def _ratio(plan: QueryPlan, words: Catalogue, above: str) -> QueryPlan | None:
    """One number over itself at the other time; None where it is not plain which is which."""
    if plan.comparison is None or plan.time is None or len(plan.measures) != 1 or plan.having:
        return None
    use = plan.measures[0]
    times = sorted((plan.time, plan.comparison), key=lambda each: not _is_said(each, above))
    if _is_said(times[1], above) or not _is_said(times[0], above):
        return None
    if use.transform != "value" or use.over or use.only:
        return None
    field = words.entity(plan.entity).time_field
    kept = [_within(field, each) for each in times]
    if kept[0] is None or kept[1] is None:
        return None
    update = {"only": (kept[0],), "over": use.name, "over_only": (kept[1],)}
    both = use.model_copy(update=update)
    return plan.model_copy(update={"measures": (both,), "time": None, "comparison": None})


def _is_said(time: TimeRange, words: str) -> bool:
    return words.removeprefix("the ") in time.said.lower()


def _within(field: str, time: TimeRange) -> PlanFilter | None:
    if time.start is None or time.end is None:
        return None
    return PlanFilter(field=field, operator="within", values=(time.start, time.end))
