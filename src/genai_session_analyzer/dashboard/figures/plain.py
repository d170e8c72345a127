"""Figures as plain dictionaries: what the browser is sent, without Plotly's checks on the way.

Plotly's own classes check every name and value, 5 to 20 ms a figure. The tests let them check each
figure once instead.
"""

from collections.abc import Iterable
from typing import Any

from genai_session_analyzer.dashboard.theme import TEMPLATE

Trace = dict[str, Any]
Figure = dict[str, Any]
"""`data`, a list of traces, and `layout`, as Plotly's JSON has them."""
_TEMPLATE: dict[str, Any] = TEMPLATE.to_plotly_json()


def plain_figure(traces: Iterable[Trace], layout: dict[str, Any]) -> Figure:
    """Return a figure with the dashboard's template.

    Args:
        traces: Each with its `type`.
        layout: Nested, as Plotly's JSON has it: `{"xaxis": {"title": {"text": "credits"}}}`.
    """
    return {"data": list(traces), "layout": {"template": _TEMPLATE, **layout}}


def titled(words: str) -> dict[str, Any]:
    """Return an axis's title."""
    return {"title": {"text": words}}
