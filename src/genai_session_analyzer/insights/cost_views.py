"""Where the money goes: cost by group, what of it bought nothing, and who spends it."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from genai_session_analyzer.insights.intervals import Floats
from genai_session_analyzer.insights.views import View

COST_MEASURES = (
    "generation_count",
    "known_cost_count",
    "total_cost_credits",
    "failure_cost_credits",
    "retry_cost_credits",
    "wasted_cost_credits",
    "wasted_cost_share",
    "paid_image_count",
    "cost_per_image_credits",
)
"""What a table of costs holds, whatever it is grouped by."""
LORENZ_POINTS = 200


def costs_by(view: View, dimension: str | None = None) -> pa.Table:
    """The measures of `COST_MEASURES`.

    Returns:
        One row per value of the dimension that occurs, in its order, with the dimension first; one
        row over everything without a dimension.
    """
    return view.aggregate((dimension,) if dimension else (), COST_MEASURES)


@dataclass(frozen=True)
class Concentration:
    """How unevenly users share the cost.

    Attributes:
        user_share: Users from the one who spends least, cumulated, 0-1; at most 201 points.
        cost_share: Their share of the cost, cumulated, 0-1.
        user_count: Users with a known cost.
        total_cost_credits: What all of them spent.
        gini: 0 (everyone spends alike) to nearly 1 (one spends all).
        top_tenth_share: Share of the cost the tenth of users who spend most account for, 0-1.
    """

    user_share: Floats
    cost_share: Floats
    user_count: int
    total_cost_credits: float
    gini: float
    top_tenth_share: float


def concentration(view: View) -> Concentration | None:
    """Who spends what, over the users in view; None where no user has a cost above 0.

    *Source*: M. O. Lorenz, Methods of Measuring the Concentration of Wealth, 1905; the Gini index
    is twice the area between the curve and equality.
    """
    spent = view.by_user(("total_cost_credits",))["total_cost_credits"]
    costs = np.sort(spent.drop_null().to_numpy())
    if not costs.sum() > 0:
        return None
    users = np.arange(len(costs) + 1) / len(costs)
    shares = np.concatenate(([0.0], np.cumsum(costs) / costs.sum()))
    shown = np.unique(np.linspace(0, len(costs), min(len(costs), LORENZ_POINTS) + 1).astype(int))
    area = float(np.sum((shares[1:] + shares[:-1]) / 2) / len(costs))
    return Concentration(
        user_share=users[shown],
        cost_share=shares[shown],
        user_count=len(costs),
        total_cost_credits=float(costs.sum()),
        gini=1 - 2 * area,
        top_tenth_share=1 - float(np.interp(0.9, users, shares)),
    )
