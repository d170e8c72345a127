"""The filter bar: controls that show the URL's filters and write them back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import Input, Output, State, ctx, html, no_update
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components.accessibility import aria
from genai_session_analyzer.dashboard.components.definitions import icon
from genai_session_analyzer.dashboard.formats import words
from genai_session_analyzer.dashboard.page import URL_ID
from genai_session_analyzer.insights.filter_choices import FilterChoices
from genai_session_analyzer.semantic.view_filters import (
    KNOWN_VALUES,
    NOT_LABELLED,
    ViewFilters,
    unread_in,
)

BAR_ID, TOGGLE_ID, CLEAR_ID, NOTE_ID = "filter-bar", "filter-toggle", "filter-clear", "filter-note"
DAYS_ID = "filter-days"
LABELS = {
    "user_tier": "Tier",
    "region": "Region",
    "device_type": "Device",
    "model_version": "Model",
    "status": "Status",
    "domain": "Domain",
    "art_style": "Style",
    "mood": "Mood",
    "complexity_score": "Complexity",
    "prompt_length_category": "Length",
    "cluster_id": "Cluster",
    "friction_band": "Friction",
}
BUILD_DIMENSIONS = ("model_version", "cluster_id")
UNTITLED = [
    {"value": "-1", "label": "in no cluster"},
    {"value": NOT_LABELLED, "label": "not clustered"},
]


def control_id(dimension: str) -> str:
    """Return the id of a dimension's control."""
    return f"filter-{dimension.replace('_', '-')}"


def filter_bar(choices: FilterChoices) -> Component:
    """Return the bar, empty; `register_filter_bar` fills in what the URL says."""
    toggle = dmc.Button(
        "Filters",
        id=TOGGLE_ID,
        leftSection=icon("filter"),
        variant="default",
        hiddenFrom="sm",
        mb="xs",
    )
    clear = dmc.Button("Clear", id=CLEAR_ID, variant="subtle", size="xs", className="filter-clear")
    controls = [_day_control(choices), *(_control(name, choices) for name in LABELS), clear]
    bar = html.Div(controls, id=BAR_ID, className="filter-bar")
    return html.Div([toggle, bar, html.Div(id=NOTE_ID)], role="search", **aria(label="Filters"))


CHOICE_OUTPUTS = (
    Output(DAYS_ID, "minDate"),
    Output(DAYS_ID, "maxDate"),
    *(Output(control_id(name), "data") for name in BUILD_DIMENSIONS),
)
"""What of the bar differs between builds."""


def choice_values(choices: FilterChoices) -> tuple[Any, ...]:
    """Return the values of `CHOICE_OUTPUTS` for a build."""
    days = (choices.first_day, choices.last_day)
    bounds = [day.isoformat() if day else None for day in days]
    return (*bounds, *(_options(name, choices) for name in BUILD_DIMENSIONS))


def register_filter_bar(app: dash.Dash) -> None:
    """Keep controls and URL in step: the URL is the state, the controls show it."""

    @app.callback(
        Output(URL_ID, "search"),
        Output(DAYS_ID, "value"),
        *(Output(control_id(name), "value") for name in LABELS),
        Output(NOTE_ID, "children"),
        Input(URL_ID, "search"),
        Input(CLEAR_ID, "n_clicks"),
        Input(DAYS_ID, "value"),
        *(Input(control_id(name), "value") for name in LABELS),
    )
    def synchronise(search: str | None, _: int | None, days: Any, *chosen: Any) -> tuple[Any, ...]:
        """Write changed controls into the URL, or a changed URL into the controls."""
        if url_speaks([each["prop_id"] for each in ctx.triggered]):
            return (no_update, *shown_values(ViewFilters.from_query(search)), unread_note(search))
        cleared = ctx.triggered_id == CLEAR_ID
        filters = ViewFilters() if cleared else chosen_filters(days, chosen)
        query = filters.into_query(search or "")
        kept = no_update if query == (search or "") else query
        return (kept, *shown_values(filters), None)

    @app.callback(
        Output(BAR_ID, "className"),
        Input(TOGGLE_ID, "n_clicks"),
        State(BAR_ID, "className"),
        prevent_initial_call=True,
    )
    def toggle(_: int | None, classes: str) -> str:
        """Open or close the filters on a phone."""
        return "filter-bar" if classes.endswith(" open") else "filter-bar open"


def url_speaks(changed: Sequence[str]) -> bool:
    """Return whether the controls are to follow the URL, given the properties that changed.

    A person changes one control at a time: several at once is the page being set up.
    """
    return len(changed) != 1 or changed[0].startswith((".", f"{URL_ID}."))


def shown_values(filters: ViewFilters) -> tuple[Any, ...]:
    """Return the controls' values: the two days, then one list per dimension of `LABELS`."""
    days = [day.isoformat() if day else None for day in (filters.first_day, filters.last_day)]
    return (days, *([str(value) for value in getattr(filters, name)] for name in LABELS))


def chosen_filters(
    days: Sequence[str | None] | None, chosen: Sequence[Sequence[str] | None]
) -> ViewFilters:
    """Return the filters the controls stand for; the reverse of `shown_values`."""
    first, last = days or (None, None)
    values = dict(zip(LABELS, (tuple(each or ()) for each in chosen), strict=True))
    return ViewFilters.model_validate(
        {"first_day": _as_day(first), "last_day": _as_day(last), **values}
    )


def unread_note(search: str | None) -> Component | None:
    """Return a line that names the filters of the URL that were dropped, or None."""
    unread = unread_in(search)
    if not unread:
        return None
    text = f"Ignored in this link, because no such value exists: {', '.join(unread)}."
    return dmc.Alert(text, color="yellow", variant="light", mb="sm")


def _as_day(text: str | None) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


def _day_control(choices: FilterChoices) -> Component:
    first, last, *_ = choice_values(choices)
    return dmc.DatePickerInput(
        id=DAYS_ID,
        type="range",
        label="Days",
        placeholder="All days",
        valueFormat="D MMM YYYY",
        minDate=first,
        maxDate=last,
        clearable=True,
        size="xs",
        allowSingleDateInRange=True,
        className="filter-days",
    )


def _control(name: str, choices: FilterChoices) -> Component:
    return dmc.MultiSelect(
        id=control_id(name),
        label=LABELS[name],
        placeholder="All",
        data=_options(name, choices),
        value=[],  # unset, it would report an empty choice when it appears
        searchable=True,
        clearable=True,
        hidePickedOptions=True,
        size="xs",
        comboboxProps={"width": 280, "position": "bottom-start"} if name == "cluster_id" else {},
    )


def _options(name: str, choices: FilterChoices) -> list[Any]:
    if name == "cluster_id":
        titled = [
            {
                "group": group,
                "items": [{"value": str(number), "label": title} for number, title in members],
            }
            for group, members in choices.clusters.items()
        ]
        return [*titled, {"group": "No title", "items": UNTITLED}]
    values = choices.models if name == "model_version" else KNOWN_VALUES[name]
    return [{"value": value, "label": words(value)} for value in values]
