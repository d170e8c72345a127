"""The charts of the page Costs: what each shows and how it is computed."""

from genai_session_analyzer.dashboard.components.definitions import definition_text
from genai_session_analyzer.dashboard.pages.friction_cards import Chart
from genai_session_analyzer.semantic.features import LABELLED_GENERATIONS


def defined(name: str, n: int | None = None) -> str:
    """Return what a measure of generations means and how it is computed, over how many."""
    return definition_text(LABELLED_GENERATIONS.measure(name), n)


GROUPS = Chart(
    "costs",
    "groups",
    "Cost by group",
    f"{defined('total_cost_credits')} Failures: {defined('failure_cost_credits')} "
    f"Retries: {defined('retry_cost_credits')} Results: the rest. n = generations of known cost.",
)
UNIT = Chart(
    "costs",
    "unit",
    "Cost per successful image",
    f"{defined('cost_per_image_credits')} n = images.",
)
TIME = Chart(
    "costs",
    "time",
    "Cost over time",
    "Known cost by day (by week where there are more than 120 days) and what it went into: "
    "results, retries of what succeeded in the end, failures.",
)
SPENDERS = Chart(
    "costs",
    "spenders",
    "Who spends what",
    "Users from the one who spends least to the one who spends most, cumulated, and their share of "
    "the known cost (Lorenz curve). On the dotted line everyone would spend alike; Gini is twice "
    "the area between the two, 0 to 1. n = users with a known cost.",
)
GRAPH_IDS = tuple(each.graph_id for each in (GROUPS, UNIT, TIME))
"""The graphs a click leads to sessions from."""
