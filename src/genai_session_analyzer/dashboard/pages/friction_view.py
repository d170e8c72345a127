"""What the page Friction is grouped by, kept in the URL beside the filters."""

from collections.abc import Sequence
from typing import Any, Self
from urllib.parse import urlencode

import dash
from dash import Input, Output, State, ctx, no_update
from pydantic import BaseModel, ConfigDict

from genai_session_analyzer.dashboard.page import URL_ID
from genai_session_analyzer.dashboard.pages.friction_choices import DIMENSIONS
from genai_session_analyzer.dashboard.pages.friction_grid import (
    ACROSS_ID,
    DOWN_ID,
    MEASURE_ID,
    MEASURES,
)
from genai_session_analyzer.semantic.view_keys import query_pairs

BY_ID = "friction-by"
VIEW_KEYS = ("by", "down", "across", "measure")
CONTROLS = (BY_ID, DOWN_ID, ACROSS_ID, MEASURE_ID)
"""The controls, in the order of `VIEW_KEYS`."""


class FrictionView(BaseModel):
    """The choices of the page.

    Attributes:
        by: Dimension of the bars.
        down: Dimension of the heatmap's rows.
        across: Dimension of its columns.
        measure: What the heatmap shows.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: str = "user_tier"
    down: str = "user_tier"
    across: str = "model_version"
    measure: str = "mean_friction_score"

    @classmethod
    def from_query(cls, query: str | None) -> Self:
        """Return the view of a URL's query; what does not exist is as if it were not there."""
        given = {
            key: value for key, value in query_pairs(query or "") if value in _known_values(key)
        }
        return cls(**given)

    @classmethod
    def of_controls(cls, values: Sequence[str]) -> Self:
        """Return the view that the controls show, in the order of `CONTROLS`."""
        return cls(**dict(zip(VIEW_KEYS, values, strict=True)))

    def values(self) -> tuple[str, ...]:
        """Return the controls' values, in the order of `CONTROLS`."""
        return tuple(getattr(self, key) for key in VIEW_KEYS)

    def into_query(self, query: str | None) -> str:
        """Return the query, from `?` on, with what differs from the usual; other keys are kept."""
        pairs = [pair for pair in query_pairs(query or "") if pair[0] not in VIEW_KEYS]
        pairs += self.model_dump(exclude_defaults=True).items()
        return f"?{urlencode(pairs)}" if pairs else ""


def register_view(app: dash.Dash) -> None:
    """Keep controls and URL in step."""

    @app.callback(
        *(Output(control, "value") for control in CONTROLS),
        Input(URL_ID, "search"),
        *(State(control, "value") for control in CONTROLS),
    )
    def show_view(search: str | None, *shown: str) -> Any:
        """Set the controls to what the URL says."""
        values = FrictionView.from_query(search).values()
        is_news = values != shown or ctx.triggered_id is None  # charts wait for the first answer
        return values if is_news else no_update

    @app.callback(
        Output(URL_ID, "search", allow_duplicate=True),
        *(Input(control, "value") for control in CONTROLS),
        State(URL_ID, "search"),
        prevent_initial_call=True,
    )
    def write_view(*arguments: Any) -> Any:
        """Write the controls into the URL."""
        *chosen, search = arguments
        if None in chosen:
            return no_update  # not filled in yet
        view = FrictionView.of_controls(chosen)
        return no_update if view == FrictionView.from_query(search) else view.into_query(search)


def _known_values(key: str) -> Sequence[str]:
    if key not in VIEW_KEYS:
        return ()
    return MEASURES if key == "measure" else tuple(DIMENSIONS)
