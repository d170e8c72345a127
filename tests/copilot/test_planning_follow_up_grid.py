"""Follow-ups of every kind on first questions of every kind: the edited plan is known by rule."""

import random
from collections.abc import Callable
from datetime import datetime

import pytest
from planning_build import FACTS, ask, plan_in_short, the_catalogue

from genai_session_analyzer.copilot.plan import MeasureUse, Order, PlanFilter, QueryPlan, TimeRange
from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.roles import Understood

Edit = Callable[[QueryPlan], QueryPlan | None]
LAST_WEEK = (datetime(2024, 3, 4), datetime(2024, 3, 11))
WEEK_BEFORE = (datetime(2024, 2, 26), datetime(2024, 3, 4))
FEBRUARY = (datetime(2024, 2, 1), datetime(2024, 3, 1))
FAILED = ("timeout", "safety_violation", "rate_limited", "model_error")
FIRST = (
    "error rate by user tier", "average latency by model", "total cost per region last week",
    "number of generations", "how many requests failed in February?",
    "generations per day last week",
    "success rate of pro users", "median latency by sampler", "top 10 users by cost",
    "downloads by domain", "cost by tier and region", "average cost of mobile requests in January",
    "p95 latency per week", "error rate of v2.0 per week", "total retries by device",
    "sessions by device", "churn rate by region", "mean friction of free users",
    "average session duration per week", "number of users by tier", "number of prompts by domain",
)  # fmt: skip
SIZE = 200


def _changed(plan: QueryPlan, **changes: object) -> QueryPlan:
    return QueryPlan.model_validate(plan.model_dump() | changes)


def _kept(field: str, *values: str, operator: str = "in") -> Edit:
    def edit(plan: QueryPlan) -> QueryPlan | None:
        is_named = field in plan.dimensions or any(each.field == field for each in plan.filters)
        if is_named or plan.entity == "prompts":
            return None
        added = PlanFilter.model_validate({"field": field, "operator": operator, "values": values})
        return _changed(plan, filters=(*plan.filters, added))

    return edit


def _failed(plan: QueryPlan) -> QueryPlan | None:
    names = {use.name for use in plan.measures}
    has_event = names & {"error_rate", "success_rate", "download_count"}
    is_apt = plan.entity == "generations" and not has_event
    return _kept("status", *FAILED)(plan) if is_apt else None


def _grouped(field: str, adds: bool) -> Edit:
    def edit(plan: QueryPlan) -> QueryPlan | None:
        is_named = field in plan.dimensions or any(each.field == field for each in plan.filters)
        if is_named or plan.limit or plan.grain or plan.entity == "prompts":
            return None
        return _changed(plan, dimensions=(*plan.dimensions, field) if adds else (field,))

    return edit


def _timed(start: datetime, end: datetime) -> Edit:
    def edit(plan: QueryPlan) -> QueryPlan | None:
        is_same = plan.time is not None and plan.time.start == start
        if is_same or plan.entity in ("users", "prompts"):
            return None
        return _changed(plan, time=TimeRange(start=start, end=end))

    return edit


def _untimed(plan: QueryPlan) -> QueryPlan | None:
    return _changed(plan, time=None) if plan.time else None


def _compared(plan: QueryPlan) -> QueryPlan | None:
    if plan.time is None or plan.time.start != LAST_WEEK[0] or plan.grain:
        return None
    return _changed(plan, comparison=TimeRange(start=WEEK_BEFORE[0], end=WEEK_BEFORE[1]))


def _measured(name: str, adds: bool) -> Edit:
    def edit(plan: QueryPlan) -> QueryPlan | None:
        is_apt = plan.entity == "generations" and name not in {use.name for use in plan.measures}
        if not is_apt or any(each.field == "status" for each in plan.filters):
            return None
        uses = (*plan.measures, MeasureUse(name=name)) if adds else (MeasureUse(name=name),)
        order = tuple(each for each in plan.order if each.by in {use.name for use in uses})
        again = tuple(Order(by=name, descending=each.descending) for each in plan.order)
        return _changed(plan, measures=uses, order=order or again)

    return edit


def _median(plan: QueryPlan) -> QueryPlan | None:
    medians = {"mean_latency_ms": "p50_latency_ms", "p95_latency_ms": "p50_latency_ms",
               "mean_cost_credits": "median_cost_credits", "mean_duration_s": "median_duration_s",
               "mean_friction_score": "median_friction_score"}  # fmt: skip
    name = medians.get(plan.measures[0].name)
    return _changed(plan, measures=(MeasureUse(name=name),)) if name else None


def _shares(plan: QueryPlan) -> QueryPlan | None:
    use = plan.measures[0]
    is_count = use.name.endswith(("_count", "total_cost_credits", "total_retries"))
    if not is_count or len(plan.dimensions) != 1 or plan.limit:
        return None
    return _changed(plan, measures=(use.model_copy(update={"transform": "share_of_total"}),))


def _ranked(descending: bool, limit: int | None) -> Edit:
    def edit(plan: QueryPlan) -> QueryPlan | None:
        if len(plan.dimensions) != 1 or (plan.limit and not (limit and descending)):
            return None
        order = Order(by=plan.measures[0].name, descending=descending)
        return _changed(plan, order=(order,), limit=limit)

    return edit


def _overall(plan: QueryPlan) -> QueryPlan | None:
    if plan.limit or not (plan.dimensions or plan.grain):
        return None
    return _changed(plan, dimensions=(), grain=None)


EDITS: tuple[tuple[Edit, tuple[str, ...]], ...] = (
    (_kept("device_type", "mobile"),
     ("only mobile users", "mobile users only", "Consider only mobile users",
      "do that for mobile users",
      "what is it for mobile users?", "Focus on mobile users", "Restrict this to mobile users")),
    (_kept("region", "europe"),
     ("narrow it down to europe", "and how does Europe look?", "let's restrict it to Europe",
      "Consider only users located in Europe", "same for europe")),
    (_kept("device_type", "mobile", operator="not_in"),
     ("everything except mobile", "excluding users on mobile", "with mobile excluded",
      "Do not consider mobile devices", "leave mobile out")),
    (_failed, ("for failed requests only", "Consider only failed generations",
               "for the ones that failed", "Restrict it to requests that failed")),
    (_grouped("region", adds=False), ("and by region?", "what does it look like per region?",
                                      "Tabulate the results by region", "by region")),
    (_grouped("device_type", adds=True),
     ("break it down further by device", "by device as well", "add device as a second dimension",
      "Split each of these by device too", "Additionally, split the result by device type")),
    (_timed(*LAST_WEEK), ("what about last week?", "Limit the period to last week",
                          "Repeat it for last week", "Show it for last week")),
    (_timed(*FEBRUARY), ("how did it look in February?", "Restrict it to February 2024",
                         "the same for February")),
    (_untimed, ("for the entire period", "regardless of the date", "without the time limit")),
    (_compared, ("versus the previous week", "Compare this with the preceding week",
                 "next to the week before")),
    (_measured("active_users", adds=False),
     ("switch to active users", "I'd rather see active users",
      "Now show active users instead", "Use active users as the measure")),
    (_measured("success_rate", adds=True),
     ("add success rate as another column", "and also the success rate", "plus the success rate",
      "together with the success rate", "Put the success rate next to it",
      "I also want the success rate")),
    (_median, ("switch to the median", "Use the median instead of the mean", "now the median")),
    (_shares, ("as a percentage", "in relative terms", "what percentage is each?",
               "Convert it to percentages", "Show each as a share of the total")),
    (_ranked(descending=True, limit=3), ("the three highest", "keep only the top three", "top 3",
                                         "only the 3 with the highest value")),
    (_ranked(descending=False, limit=None), ("Sort by that, lowest first", "in ascending order",
                                             "sorted from low to high")),
    (_overall, ("without the breakdown", "don't group it", "and overall?")),
)  # fmt: skip


@pytest.fixture(scope="module")
def planner() -> LexiconPlanner:
    return LexiconPlanner(the_catalogue(), FACTS)


def test_an_edit_changes_just_what_it_says(planner: LexiconPlanner) -> None:
    firsts = [(text, ask(planner, text)) for text in FIRST]
    assert all(isinstance(outcome, Understood) for _, outcome in firsts)
    plans = {text: each.plan for text, each in firsts if isinstance(each, Understood)}
    cases = [(text, words, expected) for text, plan in plans.items() for edit, all_ in EDITS
             if (expected := edit(plan)) is not None and expected != plan
             for words in all_]  # fmt: skip
    drawn = random.Random(5).sample(cases, SIZE)  # noqa: S311  (questions of a test)
    faults = [f"{text} > {words}" for text, words, expected in drawn
              if _short(ask(planner, words, plans[text])) != plan_in_short(expected)]  # fmt: skip
    assert faults == []


def _short(outcome: object) -> str:
    return (
        plan_in_short(outcome.plan) if isinstance(outcome, Understood) else type(outcome).__name__
    )
