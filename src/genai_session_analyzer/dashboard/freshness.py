"""The header's line about the build: how fresh it is, how much of it is simulated."""

import dash_mantine_components as dmc
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components.accessibility import aria
from genai_session_analyzer.dashboard.formats import percent
from genai_session_analyzer.insights.provenance import Provenance

NAMES = {"user": "users", "time": "times", "telemetry": "outcomes", "profile": "profiles"}
"""What people call each part; a profile is tier, region and device."""


def freshness(known: Provenance) -> Component:
    """Return the line: when the build was published and how much of it is simulated."""
    moment = f"{known.published_at:%d %b %Y, %H:%M} UTC"
    share = known.simulated_share or 0.0
    simulated = dmc.Tooltip(
        dmc.Badge(
            simulated_words(known),
            color="orange" if share else "teal",
            variant="light",
            tt="none",
            miw="max-content",
            **aria(label=f"{percent(share)} of the generations have a simulated part"),
        ),
        label=f"Share of generations, simulated in part: {_by_part(known)}",
        multiline=True,
        w=260,
    )
    build = dmc.Text(f"Published {moment}", size="xs", c="dimmed", visibleFrom="sm")
    return dmc.Group([build, simulated], gap="sm", wrap="nowrap")


def simulated_words(known: Provenance) -> str:
    """Return what is simulated in a few words: a share where it is all parts, else the parts."""
    parts = [NAMES[part] for part, share in known.simulated_by_part.items() if share > 0]
    if not parts:
        return "nothing simulated"
    if len(parts) == len(NAMES):
        return f"{percent(known.simulated_share or 0.0, 0)} simulated"
    return f"{', '.join(parts)} simulated"


def _by_part(known: Provenance) -> str:
    shares = known.simulated_by_part.items()
    return ", ".join(f"{NAMES[part]} {percent(share, 0)}" for part, share in shares)
