"""What stands out, as a list of links."""

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import empty_state
from genai_session_analyzer.dashboard.components.accessibility import aria
from genai_session_analyzer.dashboard.filter_bar import LABELS
from genai_session_analyzer.dashboard.formats import compact, points, words
from genai_session_analyzer.insights.segments import Segment
from genai_session_analyzer.semantic.view_filters import ViewFilters


def segment_list(
    segments: Sequence[Segment], filters: ViewFilters, has_friction: bool = True
) -> Component:
    """Return one link per segment to the Friction page, filtered to it.

    Args:
        segments: Worst first.
        filters: The filters in use; the link adds the segment to them.
        has_friction: Whether the friction of any session in view is known.
    """
    if not has_friction:
        return empty_state(
            "Friction is not known here.",
            "It needs outcomes, latency or retries. Map those columns of the log, or simulate them "
            "with --params simulation.fill.telemetry=true.",
        )
    if not segments:
        return empty_state(
            "No group stands out.",
            "None of at least 30 sessions has surely more friction than the rest.",
        )
    most = segments[0].excess
    rows = [_row(segment, filters, segment.excess / most) for segment in segments]
    return dmc.Card(rows, className="card segments", withBorder=True, p=0)


def segment_href(segment: Segment, filters: ViewFilters) -> str:
    """Return the address of the Friction page with this segment added to the filters."""
    chosen = filters.replacing(**{segment.dimension: (segment.value,)})
    return f"/friction{chosen.to_query()}"


def segment_sentence(segment: Segment) -> str:
    """Return how the segment differs, with its interval."""
    here, elsewhere = points(segment.mean_friction), points(segment.rest_friction)
    interval = f"{points(segment.low)} to {points(segment.high)}"
    return (
        f"friction {here} against {elsewhere} elsewhere: +{points(segment.difference)} points "
        f"({interval}), {compact(segment.session_count)} sessions"
    )


def _row(segment: Segment, filters: ViewFilters, share: float) -> Component:
    name = dmc.Group(
        [
            dmc.Badge(LABELS[segment.dimension], variant="light", color="gray", tt="none"),
            dmc.Text(words(segment.value), fw=600, size="sm", span=True),
        ],
        gap="xs",
        wrap="nowrap",
    )
    bar = html.Div(
        html.Div(className="segment-bar-fill", style={"width": f"{share:.0%}"}),
        className="segment-bar",
        **aria(hidden="true"),
    )
    body = [name, dmc.Text(segment_sentence(segment), size="xs", c="dimmed"), bar]
    return dmc.Anchor(
        body,
        href=segment_href(segment, filters),
        underline="never",
        c="inherit",
        className="segment",
    )
