"""The cost views against sums over the same records."""

from collections import defaultdict

import numpy as np
import pytest

from genai_session_analyzer.insights.cost_views import concentration, costs_by
from genai_session_analyzer.semantic.view_filters import ViewFilters
from insights.view_rows import GENERATIONS, view

SILENT = ViewFilters(region=("other",))


def test_the_groups_costs_add_up_to_the_whole() -> None:
    whole = costs_by(view()).to_pylist()[0]
    parts = costs_by(view(), "model_version").to_pylist()
    for name in ("total_cost_credits", "wasted_cost_credits", "paid_image_count"):
        assert sum(part[name] for part in parts) == pytest.approx(whole[name], abs=1e-6)
    wasted = whole["failure_cost_credits"] + whole["retry_cost_credits"]
    assert whole["wasted_cost_credits"] == pytest.approx(wasted, abs=1e-6)
    assert 0 < wasted < whole["total_cost_credits"]


def test_concentration_is_the_sorted_users_cumulated() -> None:
    spent: dict[str, float] = defaultdict(float)
    for row in GENERATIONS:
        if row.get("cost_credits") is not None:
            spent[row["user_id"]] += row["cost_credits"]
    costs = sorted(spent.values())
    found = concentration(view())

    assert found is not None
    assert found.user_count == len(costs)
    assert found.total_cost_credits == pytest.approx(sum(costs))
    for users, share in zip(found.user_share, found.cost_share, strict=True):
        assert share == pytest.approx(sum(costs[: round(users * len(costs))]) / sum(costs))
    pairs = [abs(a - b) for a in costs for b in costs]
    assert found.gini == pytest.approx(np.mean(pairs) / (2 * np.mean(costs)))


def test_equal_spending_has_no_concentration_and_a_sole_spender_all() -> None:
    equal = [row | {"cost_credits": 2.0} for row in GENERATIONS]
    by_user = {row["user_id"]: row for row in equal}
    even = concentration(view(fct_generations=list(by_user.values())))
    assert even is not None
    assert even.gini == pytest.approx(0)
    assert even.top_tenth_share == pytest.approx(0.1)

    one = [row | {"cost_credits": 5.0 if n == 0 else 0.0} for n, row in enumerate(by_user.values())]
    sole = concentration(view(fct_generations=one))
    assert sole is not None
    assert sole.gini == pytest.approx(1 - 1 / len(one))


def test_many_users_are_drawn_with_few_points() -> None:
    rows = [GENERATIONS[0] | {"generation_id": f"g{n}", "user_id": f"u{n}", "cost_credits": 1.0 + n}
            for n in range(1000)]  # fmt: skip
    found = concentration(view(fct_generations=rows))
    assert found is not None
    assert len(found.user_share) == 201
    assert (found.user_share[0], found.user_share[-1]) == (0, 1)
    assert (found.cost_share[0], found.cost_share[-1]) == (0, 1)


def test_a_source_without_costs_has_no_curve() -> None:
    assert concentration(view(SILENT)) is None
    assert costs_by(view(SILENT)).to_pylist()[0]["total_cost_credits"] is None
