"""The cards and figures of the page Costs."""

import dash_mantine_components as dmc
import pyarrow as pa
from dash.development.base_component import Component

from genai_session_analyzer.dashboard import formats
from genai_session_analyzer.dashboard.components import stat_card
from genai_session_analyzer.dashboard.figures.costs_figures import (
    COST_COLOURS,
    cost_figure,
    cost_parts,
    lorenz_figure,
    unit_cost_figure,
)
from genai_session_analyzer.dashboard.figures.friction_labels import empty_figure
from genai_session_analyzer.dashboard.figures.plain import Figure
from genai_session_analyzer.dashboard.figures.timelines import Series, stacked_figure
from genai_session_analyzer.dashboard.pages.costs_charts import defined
from genai_session_analyzer.dashboard.pages.friction_choices import groups_of, ordered
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.insights.cost_views import Concentration

NO_COSTS = "No cost is known here. Clear a filter, or map the source's cost to cost_credits."


def cost_cards(totals: pa.Table, spenders: Concentration | None) -> Component:
    """Return the numbers on top of the page.

    Args:
        totals: One row of costs over everything in view.
        spenders: Who spends what; None where no cost is known.
    """
    total = totals.to_pylist()[0]
    n = total["known_cost_count"]
    top = None if spenders is None else spenders.top_tenth_share
    amounts = (
        ("Cost", "total_cost_credits", None),
        ("Spent on nothing", "wasted_cost_credits", total["wasted_cost_share"]),
        ("On failures", "failure_cost_credits", _share(total, "failure_cost_credits")),
        ("On retries, estimated", "retry_cost_credits", _share(total, "retry_cost_credits")),
    )
    cards = [_amount(label, name, total[name], share, n) for label, name, share in amounts]
    unit = total["cost_per_image_credits"]
    unit_text = formats.NOTHING if unit is None else f"{unit:.3f}\u202fcr"
    of_images = defined("cost_per_image_credits", total["paid_image_count"])
    cards.append(stat_card("Per successful image", unit_text, of_images))
    cards.append(stat_card("Top tenth of users", formats.percent(top), _top_definition(spenders)))
    grid: Component = dmc.SimpleGrid(cards, cols={"base": 2, "md": 3, "xl": 6})
    return grid


def draw_groups(services: Services, rows: pa.Table, dimension: str) -> tuple[Figure, Figure]:
    """Return the cost and the cost per image of the groups that cost most, in one order."""
    if not _has_costs(rows):
        return empty_figure(NO_COSTS), empty_figure(NO_COSTS)
    shown = ordered(rows, dimension, "total_cost_credits", "known_cost_count")
    groups = groups_of(services, dimension, shown[dimension].to_pylist())
    return cost_figure(shown, groups), unit_cost_figure(shown, groups)


def draw_time(rows: pa.Table) -> Figure:
    """Return the cost over time by what it went into."""
    if not _has_costs(rows):
        return empty_figure(NO_COSTS)
    period, counts = rows.column_names[0], rows["known_cost_count"].to_pylist()
    series = [
        Series(
            name,
            COST_COLOURS[name],
            values,
            [
                f"{formats.credits(value)} {name}<br>n = {n:,} generations"
                for value, n in zip(values, counts, strict=True)
            ],
        )
        for name, values in cost_parts(rows).items()
    ]
    return stacked_figure(rows[period].to_pylist(), series, period == "requested_week", "credits")


def draw_spenders(found: Concentration | None) -> Figure:
    """Return the curve of cumulated shares."""
    if found is None:
        return empty_figure(NO_COSTS)
    return lorenz_figure(found.user_share.tolist(), found.cost_share.tolist())


def spenders_note(found: Concentration | None) -> str:
    """Return the Gini index in words."""
    return "" if found is None else f"Gini {found.gini:.2f}"


def _amount(label: str, name: str, value: float | None, share: float | None, n: int) -> Component:
    change = None
    if share is not None:
        change = dmc.Text(f"{formats.percent(share)} of the cost", size="xs", c="dimmed")
    return stat_card(label, formats.credits(value), defined(name, n), change=change)


def _share(total: dict[str, float | None], name: str) -> float | None:
    part, whole = total[name], total["total_cost_credits"]
    return part / whole if part is not None and whole else None


def _top_definition(found: Concentration | None) -> str:
    n = 0 if found is None else found.user_count
    return f"Share of the known cost that the tenth of users who spend most pay. n = {n:,} users."


def _has_costs(rows: pa.Table) -> bool:
    return any(count for count in rows["known_cost_count"].to_pylist())
