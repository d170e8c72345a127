"""What the user reads where there is nothing to show, or something went wrong."""

from collections.abc import Callable

import dash_mantine_components as dmc
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components.definitions import icon
from genai_session_analyzer.errors import AnalyzerError


def empty_state(sentence: str, remedy: str) -> Component:
    """Return what stands where data would: why it is empty and what to do."""
    return dmc.Center(
        dmc.Stack(
            [icon("empty"), dmc.Text(sentence, fw=600), dmc.Text(remedy, c="dimmed", size="sm")],
            align="center",
            gap=6,
        ),
        className="empty-state",
    )


def error_sentence(error: AnalyzerError | str) -> Component:
    """Return an error as a sentence; our messages say what, where and the remedy."""
    return dmc.Alert(str(error), title="This could not be shown", color="red", variant="light")


def guarded(make: Callable[[], Component]) -> Component:
    """Return what `make` returns, or the sentence of the AnalyzerError it raises."""
    try:
        return make()
    except AnalyzerError as problem:
        return error_sentence(problem)
