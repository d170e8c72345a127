"""What a number means, on hover or focus."""

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components.accessibility import aria
from genai_session_analyzer.semantic.measures import Measure


def icon(name: str) -> Component:
    """Return the icon `assets/icons/<name>.svg` in the colour of the text."""
    return html.Span(className=f"icon icon-{name}", **aria(hidden="true"))


def explained(text: str, label: str = "What is this?") -> Component:
    """Return a small (i) that can be reached by keyboard and shows `text`."""
    mark = dmc.ActionIcon(
        icon("info"), variant="subtle", color="gray", size="sm", **aria(label=f"{label} {text}")
    )
    return dmc.Tooltip(
        mark,
        label=text,
        multiline=True,
        w=300,
        withArrow=True,
        events={"hover": True, "focus": True, "touch": True},
    )


def definition_tooltip(measure: Measure, n: int | None = None) -> Component:
    """Return the (i) of a measure: what it says, how it is computed, over how many.

    Args:
        measure: A measure of a semantic model.
        n: Rows behind the number shown.
    """
    return explained(definition_text(measure, n), measure.name.replace("_", " "))


def definition_text(measure: Measure, n: int | None = None) -> str:
    """Return a measure's description, formula and unit as one text."""
    over = "" if n is None else f" n = {n:,}."
    return f"{_sentence(measure.description)} Formula: {measure.formula} ({measure.unit}).{over}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
