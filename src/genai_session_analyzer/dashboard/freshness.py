"""The header's line about the build: how fresh it is, how much of it is simulated."""

import dash_mantine_components as dmc
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components.accessibility import aria
from genai_session_analyzer.dashboard.formats import percent
from genai_session_analyzer.insights.provenance import Provenance


def freshness(known: Provenance) -> Component:
    """Return the line: when the build was published and how much of it is simulated."""
    moment = f"{known.published_at:%d %b %Y, %H:%M} UTC"
    share = known.simulated_share or 0.0
    simulated = dmc.Tooltip(
        dmc.Badge(
            f"{percent(share, 0)} simulated",
            color="orange" if share else "teal",
            variant="light",
            tt="none",
            miw="max-content",
            **aria(label=f"{percent(share)} of the generations have a simulated part"),
        ),
        label="Share of generations with a simulated user, time, telemetry or profile",
        multiline=True,
        w=260,
    )
    build = dmc.Text(f"Published {moment}", size="xs", c="dimmed", visibleFrom="sm")
    return dmc.Group([build, simulated], gap="sm", wrap="nowrap")
