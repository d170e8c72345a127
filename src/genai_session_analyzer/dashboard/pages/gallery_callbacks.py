"""The gallery's callbacks: URL and controls, results, drawer, export."""

from typing import Any

import dash
from dash import ALL, ClientsideFunction, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import (
    csv_download,
    empty_state,
    guarded,
)
from genai_session_analyzer.dashboard.page import URL_ID
from genai_session_analyzer.dashboard.pages import gallery_layout as ids
from genai_session_analyzer.dashboard.pages import gallery_map as the_map
from genai_session_analyzer.dashboard.pages.gallery_cards import OPEN_TYPE
from genai_session_analyzer.dashboard.pages.gallery_details import prompt_details
from genai_session_analyzer.dashboard.pages.gallery_insights import insight_strip
from genai_session_analyzer.dashboard.pages.gallery_map_callbacks import register_map
from genai_session_analyzer.dashboard.pages.gallery_results import (
    MATCHING_ID,
    matching_words,
    result_rows,
    results,
)
from genai_session_analyzer.dashboard.pages.gallery_search import (
    find_neighbours,
    find_one,
    find_prompts,
    matching_facts,
    prompt_at,
    whole_facts,
)
from genai_session_analyzer.dashboard.pages.gallery_view import PAGE_SIZE, GalleryView
from genai_session_analyzer.dashboard.services import Services


def register_gallery(app: dash.Dash, services: Services) -> None:
    """Add all callbacks of the page."""
    _register_controls(app)
    _register_results(app, services)
    register_map(app, services)
    _register_drawer(app, services)


def found_cards(services: Services, query: str | None) -> Component:
    """Return the results for a URL's query, or the sentence of what went wrong."""
    like = GalleryView.from_query(query).like_prompt

    def make() -> Component:
        """Search, and draw what was found."""
        found = find_prompts(services, query)
        return results(found, query, find_one(services, like) if like else None)

    return guarded(make)


def matching_strip(services: Services, query: str | None) -> Component:
    """Return the numbers of everything that matches a query without words, against the whole."""

    def make() -> Component:
        """Count, and draw the strip."""
        facts = matching_facts(services, query)
        return insight_strip(facts, whole_facts(services), matching_words(facts.prompt_count))

    return guarded(make)


def opened_details(services: Services, prompt_id: str, query: str | None) -> Component:
    """Return the drawer's content for a prompt, or the sentence of what went wrong."""

    def make() -> Component:
        """Read the prompt, and draw what is known of it."""
        found = find_one(services, prompt_id)
        if found is None:
            return empty_state("There is no such prompt in this build.", "Search again.")
        view = GalleryView.from_query(query)
        return prompt_details(found, find_neighbours(services, prompt_id, view), query)

    return guarded(make)


def chosen_view(query: str | None, text: str | None, pictures: bool, nsfw: bool) -> GalleryView:
    """Return the URL's view as the controls change it.

    A control that shows what the URL already says changes nothing: what was left open stays open.
    """
    before = view = GalleryView.from_query(query)
    if (text or "").strip() != (before.text or ""):
        view = view.seeking(text=(text or "").strip())
    if pictures != before.only_pictures:
        changed = {"pictures": "only" if pictures else "all", "card_count": PAGE_SIZE}
        view = view.model_copy(update=changed)
    return view.model_copy(update={"include_nsfw": nsfw})


def _register_controls(app: dash.Dash) -> None:
    @app.callback(
        Output(ids.SEARCH_ID, "value"),
        Output(ids.PICTURES_ID, "checked"),
        Output(ids.NSFW_ID, "checked"),
        Input(URL_ID, "search"),
    )
    def show_view(search: str | None) -> tuple[str, bool, bool]:
        """Set the controls to what the URL says."""
        view = GalleryView.from_query(search)
        return view.text or "", view.only_pictures, view.include_nsfw

    @app.callback(
        Output(URL_ID, "search", allow_duplicate=True),
        Input(ids.SEARCH_ID, "value"),
        Input(ids.PICTURES_ID, "checked"),
        Input(ids.NSFW_ID, "checked"),
        State(URL_ID, "search"),
        prevent_initial_call=True,
    )
    def write_view(
        text: str | None, pictures: bool | None, nsfw: bool | None, search: str | None
    ) -> Any:
        """Write the controls into the URL."""
        if pictures is None or nsfw is None:
            return no_update  # not filled in yet
        view = chosen_view(search, text, pictures, nsfw)
        return no_update if view == GalleryView.from_query(search) else view.into_query(search)


def _register_results(app: dash.Dash, services: Services) -> None:
    @app.callback(Output(ids.RESULTS_ID, "children"), Input(URL_ID, "search"))
    def show_results(search: str | None) -> Component:
        """Show the prompts that match."""
        return found_cards(services, search)

    @app.callback(
        Output(MATCHING_ID, "children"), Input(MATCHING_ID, "id"), State(URL_ID, "search")
    )
    def show_matching(_: str, search: str | None) -> Component:
        """Show the numbers of all that matches."""
        return matching_strip(services, search)

    @app.callback(
        Output(ids.DOWNLOAD_ID, "data"),
        Input(ids.RESULTS_EXPORT_ID, "n_clicks"),
        State(URL_ID, "search"),
        prevent_initial_call=True,
    )
    def export(clicks: int | None, search: str | None) -> Any:
        """Send the results as CSV."""
        if not clicks:
            return no_update
        return csv_download("gallery", result_rows(find_prompts(services, search)))


def _register_drawer(app: dash.Dash, services: Services) -> None:
    opened = Output(ids.DRAWER_ID, "opened", allow_duplicate=True)
    details = Output(ids.DETAILS_ID, "children", allow_duplicate=True)

    @app.callback(
        opened,
        details,
        Input({"type": OPEN_TYPE, "place": ALL, "prompt": ALL}, "n_clicks"),
        State(URL_ID, "search"),
        prevent_initial_call=True,
    )
    def open_card(_: list[int | None], search: str | None) -> tuple[Any, Any]:
        """Open the drawer at a card."""
        if not ctx.triggered or not ctx.triggered[0]["value"]:
            return no_update, no_update  # cards that have just come
        return True, opened_details(services, ctx.triggered_id["prompt"], search)

    @app.callback(
        opened,
        details,
        Input(the_map.MAP_ID, "clickData"),
        State(URL_ID, "search"),
        prevent_initial_call=True,
    )
    def open_point(click: Any, search: str | None) -> tuple[Any, Any]:
        """Open the drawer at a point of the map."""
        if not click:
            return no_update, no_update
        return True, opened_details(services, prompt_at(services, click), search)

    app.clientside_callback(
        ClientsideFunction("gallery", "closeDrawer"),
        opened,
        Input(URL_ID, "search"),
        prevent_initial_call=True,
    )
