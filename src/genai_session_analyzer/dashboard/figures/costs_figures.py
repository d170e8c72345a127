"""Costs by group and over time, and who spends what."""

from collections.abc import Sequence

import pyarrow as pa

from genai_session_analyzer.dashboard import formats
from genai_session_analyzer.dashboard.figures.friction_bars import clickable, columns, group_layout
from genai_session_analyzer.dashboard.figures.friction_labels import (
    BUTTONS_HEIGHT,
    Group,
    axis_labels,
)
from genai_session_analyzer.dashboard.figures.plain import Figure, plain_figure, titled
from genai_session_analyzer.dashboard.theme import ACCENT, MUTED, STATUS_COLOURS, percent

HEIGHT = 320
USEFUL, RETRIES, FAILURES = "spent on results", "spent on retries", "spent on failures"
COST_COLOURS = {
    USEFUL: STATUS_COLOURS["success"],
    RETRIES: STATUS_COLOURS["timeout"],
    FAILURES: STATUS_COLOURS["model_error"],
}
"""What a cost was for, and its colour."""


def cost_parts(rows: pa.Table) -> dict[str, list[float | None]]:
    """What the known cost of each row went into: results, retries and failures, in credits."""
    total, failures, retries = columns(
        rows, "total_cost_credits", "failure_cost_credits", "retry_cost_credits"
    )
    useful = [
        None if t is None else max(0.0, t - (f or 0) - (r or 0))
        for t, f, r in zip(total, failures, retries, strict=True)
    ]
    return {USEFUL: useful, RETRIES: retries, FAILURES: failures}


def cost_figure(rows: pa.Table, groups: Sequence[Group]) -> Figure:
    """Stacked bars of what each group's cost went into.

    Args:
        rows: What `costs_by` returns, first on top.
        groups: The group of each row.
    """
    totals, wasted, counts = columns(
        rows, "total_cost_credits", "wasted_cost_share", "known_cost_count"
    )
    labels = axis_labels(groups, counts)
    traces = [
        {
            "type": "bar",
            "name": name,
            "orientation": "h",
            "x": values,
            "y": labels,
            "marker": {"color": COST_COLOURS[name]},
            **clickable(groups, _cost_hover(name, values, totals, wasted)),
        }
        for name, values in cost_parts(rows).items()
    ]
    layout = group_layout(len(groups), titled("credits"))
    return plain_figure(traces, layout | {"barmode": "stack"})


def unit_cost_figure(rows: pa.Table, groups: Sequence[Group]) -> Figure:
    """Cost per image of a success, per group."""
    values, images = columns(rows, "cost_per_image_credits", "paid_image_count")
    hover = [
        f"{_fine(value)} per image<br>n = {n:,} images"
        for value, n in zip(values, images, strict=True)
    ]
    bars = {
        "type": "bar",
        "orientation": "h",
        "x": values,
        "y": axis_labels(groups, images),
        "marker": {"color": ACCENT},
        **clickable(groups, hover),
    }
    return plain_figure([bars], group_layout(len(groups), titled("credits per image")))


def lorenz_figure(user_share: Sequence[float], cost_share: Sequence[float]) -> Figure:
    """The cumulated share of the cost over the cumulated share of users, beside equality.

    Args:
        user_share: From 0 to 1, users who spend least first.
        cost_share: From 0 to 1.
    """
    lines = {"type": "scatter", "mode": "lines"}
    even = lines | {
        "x": [0, 1], "y": [0, 1], "name": "everyone spends alike", "hoverinfo": "skip",
        "line": {"color": MUTED, "dash": "dot", "width": 1.5},
    }  # fmt: skip
    texts = [
        f"the {percent(users, 0)} who spend least<br>account for {percent(cost)} of the cost"
        for users, cost in zip(user_share, cost_share, strict=True)
    ]
    curve = lines | {
        "x": list(user_share), "y": list(cost_share), "name": "users", "fill": "tozeroy",
        "line": {"color": ACCENT, "width": 2.5}, "hovertext": texts, "hoverinfo": "text",
    }  # fmt: skip
    shares = {"tickformat": ".0%"}
    layout = {
        "height": HEIGHT,
        "margin": {"t": BUTTONS_HEIGHT},
        "xaxis": titled("users, lowest spend first") | shares | {"range": [0, 1]},
        "yaxis": titled("share of the cost") | shares | {"range": [0, 1.01]},
    }
    return plain_figure([curve, even], layout)


def _cost_hover(
    name: str,
    values: Sequence[float | None],
    totals: Sequence[float | None],
    wasted: Sequence[float | None],
) -> list[str]:
    return [
        f"{formats.credits(value)} {name}<br>{formats.credits(total)} in all, "
        f"{percent(share)} bought nothing"
        for value, total, share in zip(values, totals, wasted, strict=True)
    ]


def _fine(amount: float | None) -> str:
    return "not known" if amount is None else f"{amount:.4f} cr"
