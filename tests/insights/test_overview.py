"""The six numbers, their periods and what stands out, against sums over the records."""

from datetime import date, timedelta
from statistics import fmean
from typing import Any

import numpy as np
import pytest
from scipy import stats

from dashboard.dashboard_build import backend_with, records
from genai_session_analyzer.insights.overview import overview
from genai_session_analyzer.insights.periods import Comparison, Period, comparison
from genai_session_analyzer.insights.segments import Spread, rest_of, worst_segments
from genai_session_analyzer.insights.views import View
from genai_session_analyzer.semantic.view_filters import ViewFilters
from rows import START

JANUARY = Period(date(2024, 1, 1), date(2024, 1, 31))


def days(first: int, last: int) -> Period:
    return Period(date(2024, 1, first), date(2024, 1, last))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (ViewFilters(), Comparison(JANUARY, days(17, 31), days(2, 16))),
        (
            ViewFilters(first_day=date(2024, 1, 20), last_day=date(2024, 1, 24)),
            Comparison(days(20, 24), days(20, 24), days(15, 19)),
        ),
        (
            ViewFilters(first_day=date(2024, 1, 20), last_day=date(2024, 2, 24)),
            Comparison(days(20, 31), days(20, 31), days(8, 19)),
        ),
        (
            ViewFilters(last_day=date(2024, 1, 20)),
            Comparison(days(1, 20), days(1, 20), None),
        ),
    ],
)
def test_what_is_compared(filters: ViewFilters, expected: Comparison) -> None:
    assert comparison(filters, JANUARY) == expected


def test_one_day_and_days_outside_the_data_have_nothing_before() -> None:
    one = Period(date(2024, 1, 1), date(2024, 1, 1))
    assert comparison(ViewFilters(), one) == Comparison(one, one, None)
    later = ViewFilters(first_day=date(2024, 5, 1), last_day=date(2024, 5, 2))
    assert comparison(later, JANUARY).shown == Period(date(2024, 5, 1), date(2024, 5, 2))


@pytest.mark.parametrize("tier", [(), ("pro",)])
def test_numbers_are_those_of_the_records(tier: tuple[str, ...]) -> None:
    given = records()
    chosen = ViewFilters(user_tier=tier, first_day=date(2024, 3, 1), last_day=date(2024, 3, 3))
    found = overview(View(backend_with(), chosen))
    assert found is not None

    def within(first: date, last: date) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        ours = [r for r in given["fct_generations"] if not tier or r["user_tier"] in tier]
        theirs = [r for r in given["fct_sessions"] if not tier or r["user_tier"] in tier]
        return (
            [r for r in ours if first <= r["requested_date"] <= last],
            [r for r in theirs if first <= r["session_date"] <= last],
        )

    for kind, (generations, sessions) in {
        "value": within(date(2024, 3, 1), date(2024, 3, 3)),
        "previous": within(date(2024, 2, 27), date(2024, 2, 29)),
    }.items():
        values = {name: getattr(line, kind) for name, line in found.headlines.items()}
        statuses = [r["status"] for r in generations if r.get("status")]
        assert values["generations"] == len(generations) > 0
        assert values["users"] == len({r["user_id"] for r in generations})
        assert values["sessions"] == len(sessions)
        assert values["success_rate"] == pytest.approx(statuses.count("success") / len(statuses))
        scores = [r["friction_score"] for r in sessions if r["friction_score"] is not None]
        assert values["friction"] == pytest.approx(fmean(scores))
        assert values["cost"] == pytest.approx(
            sum(r["cost_credits"] for r in generations if r.get("cost_credits") is not None)
        )
    assert [row["day"] for row in found.days] == [date(2024, 3, day) for day in (1, 2, 3)]
    assert sum(found.headlines["generations"].by_day) == found.headlines["generations"].value


def test_a_build_without_generations_has_no_overview() -> None:
    assert overview(View(backend_with(fct_generations=[]))) is None


def session(number: int, score: float | None, **values: Any) -> dict[str, Any]:
    return {
        "session_id": f"s{number}", "user_id": "ann", "started_at": START, "ended_at": START,
        "session_date": START.date(), "friction_score": score, "user_tier": "free",
        "region": "europe", "device_type": "desktop", **values,
    }  # fmt: skip


def test_the_planted_segment_stands_out_with_its_interval() -> None:
    random = np.random.default_rng(5)
    scores = random.normal(20, 5, 400)
    rows = [
        session(n, float(score) + (9 if n % 4 == 0 else 0), region=("asia", "europe")[n % 4 > 0])
        for n, score in enumerate(scores)
    ]
    backend = backend_with(fct_generations=[], fct_sessions=rows)
    (found,) = worst_segments(View(backend), dimensions=("region", "user_tier"))
    here = [row["friction_score"] for row in rows if row["region"] == "asia"]
    rest = [row["friction_score"] for row in rows if row["region"] != "asia"]
    assert (found.dimension, found.value, found.session_count) == ("region", "asia", 100)
    assert found.difference == pytest.approx(fmean(here) - fmean(rest))
    assert found.excess == pytest.approx(found.difference * 100)
    # two values are compared (asia, europe): each interval of 97.5 %
    welch = stats.ttest_ind(here, rest, equal_var=False).confidence_interval(0.975)
    assert found.low == pytest.approx(welch.low, abs=0.1)
    assert found.high == pytest.approx(welch.high, abs=0.1)


def test_small_and_equal_groups_do_not_stand_out() -> None:
    rows = [session(n, 20.0 + n % 5, region="europe") for n in range(200)]
    rows += [session(1000 + n, 90.0, region="asia") for n in range(29)]
    backend = backend_with(fct_generations=[], fct_sessions=rows)
    assert worst_segments(View(backend), dimensions=("region",)) == ()
    rows.append(session(2000, 90.0, region="asia"))
    backend = backend_with(fct_generations=[], fct_sessions=rows)
    found = worst_segments(View(backend), dimensions=("region",))
    assert [each.value for each in found] == ["asia"]


def test_the_rest_of_a_group_is_what_is_left() -> None:
    part, rest = np.array([1.0, 5.0, 6.0]), np.array([2.0, 2.5, 9.0, 30.0])

    def spread(values: Any) -> Spread:
        return Spread(
            len(values), float(values.mean()), float(((values - values.mean()) ** 2).sum())
        )

    found = rest_of(spread(np.concatenate([part, rest])), spread(part))
    assert (found.n, found.mean) == (4, pytest.approx(rest.mean()))
    assert found.variance == pytest.approx(rest.var(ddof=1))


def test_days_between_are_filled() -> None:
    found = overview(View(backend_with()))
    assert found is not None
    listed = [row["day"] for row in found.days]
    assert listed == [listed[0] + timedelta(days=n) for n in range(len(listed))]
    assert len(listed) >= 9
