"""The gallery over a published build: what its callbacks answer, against the rows themselves."""

import json
from urllib.parse import quote

import dash
import pytest
from callback_client import ask

from genai_session_analyzer.dashboard.app import create_app
from genai_session_analyzer.dashboard.formats import percent
from genai_session_analyzer.dashboard.pages import gallery
from genai_session_analyzer.dashboard.pages.gallery_callbacks import chosen_view, opened_details
from genai_session_analyzer.dashboard.pages.gallery_map import (
    MapChoice,
    map_figure,
    map_note,
    points_in_view,
)
from genai_session_analyzer.dashboard.pages.gallery_search import find_prompts
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.retrieval import PromptSearch, SearchSettings
from genai_session_analyzer.semantic.view_filters import ViewFilters
from genai_session_analyzer.warehouse.reader import BuildReader
from retrieval.search_builds import publish, world

HOSTILE = "<img src=x onerror=alert(1)> [link](javascript:alert(1)) number 7"
BANDS = ("low", "high", None)
RESULTS = "gallery-results.children"
SEARCH = "url.search"


def _rows():
    rows = world()
    rows["dim_prompts"][7]["prompt_text"] = HOSTILE
    for number, row in enumerate(rows["ftr_prompt_clusters"]):
        row["x"], row["y"] = number / 30 - 1, 0.5 if number % 2 else -0.5
    rows["ftr_prompt_labels"][7]["has_nsfw_intent"] = False
    sessions = sorted({row["session_id"] for row in rows["fct_generations"]})
    rows["fct_sessions"] = [
        {"session_id": each, "friction_band": BANDS[number % 3]}
        for number, each in enumerate(sessions)
    ]
    return rows


def _services(root, rows) -> Services:
    publish(root, rows)
    reader = BuildReader(root)
    search = PromptSearch(reader, settings=SearchSettings(wait_s=60))
    return Services(reader=reader, search=search, mlflow_store=None, images=root)


@pytest.fixture(scope="module")
def services(tmp_path_factory) -> Services:
    return _services(tmp_path_factory.mktemp("gallery"), _rows())


@pytest.fixture(scope="module")
def app(services) -> dash.Dash:
    return create_app(services, pages=(gallery,))


def _shown(app, query) -> str:
    answer = ask(app, RESULTS, {SEARCH: query})
    return json.dumps(answer["gallery-results"]["children"], ensure_ascii=False)


def _safe_prompts() -> set[str]:
    rows = _rows()
    unsafe = {r["prompt_id"] for r in rows["ftr_prompt_labels"] if r["has_nsfw_intent"]}
    for each in rows["fct_generations"]:
        if (each.get("image_nsfw") or 0) >= 0.5 or (each.get("prompt_nsfw") or 0) >= 0.5:
            unsafe.add(each["prompt_id"])
    return {row["prompt_id"] for row in rows["dim_prompts"]} - unsafe


def test_page_stands_before_anything_is_found(services):
    body = json.dumps(gallery.layout(services, ViewFilters()), cls=_Json)
    for part in ("gallery-search", "gallery-nsfw", "gallery-map", "gallery-drawer"):
        assert part in body


class _Json(json.JSONEncoder):
    def default(self, o):
        return o.to_plotly_json()


def test_without_embeddings_the_page_says_what_to_do(tmp_path):
    bare = _services(tmp_path, _rows() | {"ftr_prompt_embeddings": []})
    body = json.dumps(gallery.layout(bare, ViewFilters()), cls=_Json)
    assert "no embeddings" in body
    assert "make run" in body


def test_without_places_a_note_stands_for_the_map(tmp_path):
    flat = _services(tmp_path, _rows() | {"ftr_prompt_clusters": [], "dim_clusters": []})
    body = json.dumps(gallery.layout(flat, ViewFilters()), cls=_Json)
    assert "no map of prompts" in body
    assert "gallery-search" in body


def test_at_first_the_most_used_pictures_are_shown_without_unsafe_ones(app):
    shown = _shown(app, "")
    pictured = {f"p{n}" for n in range(0, 60, 2)} - {"p4"}
    expected = pictured & _safe_prompts()
    assert shown.count('"gallery-card"') == min(24, len(expected))
    assert "most used first" in shown
    assert "with a picture" in shown


def test_a_build_without_pictures_shows_prompts_and_does_not_speak_of_pictures(tmp_path):
    plain = create_app(
        _services(tmp_path, _rows() | {"ftr_image_embeddings": []}), pages=(gallery,)
    )
    shown = _shown(plain, "")
    assert shown.count('"gallery-card"') == 24
    assert "with a picture" not in shown


def test_pictures_load_lazily_and_are_described_by_their_prompt(app):
    rows = _rows()["dim_prompts"]
    shown = json.loads(_shown(app, ""))
    images = [each for each in _components(shown) if each.get("type") == "Img"]
    assert images
    for image in images:
        number = int(image["props"]["src"].removeprefix("/img/abc"))
        assert image["props"]["alt"] == rows[number]["prompt_text"]
        assert next(iter(image["props"])) == "loading"
        assert image["props"]["loading"] == "lazy"


def test_the_switch_shows_unsafe_prompts_too(services):
    hidden = {row.prompt_id for row in find_prompts(services, "?pictures=all&n=240").rows}
    shown = {row.prompt_id for row in find_prompts(services, "?pictures=all&n=240&nsfw=1").rows}
    assert hidden == _safe_prompts()
    assert shown == {f"p{n}" for n in range(60)}


def test_filters_of_the_bar_and_quoted_words_hold(services):
    rows = _rows()
    styles = {r["prompt_id"]: r["art_style"] for r in rows["ftr_prompt_labels"]}
    texts = {r["prompt_id"]: r["prompt_text"] for r in rows["dim_prompts"]}
    found = find_prompts(services, "?style=anime&n=240&nsfw=1&q=" + quote('cat "number"'))
    assert {row.prompt_id for row in found.rows} == {
        each for each, style in styles.items() if style == "anime" and "number" in texts[each]
    }
    similarities = [row.similarity for row in found.rows]
    assert similarities == sorted(similarities, reverse=True)


def test_more_like_this_names_the_prompt_and_leaves_it_out(app, services):
    shown = _shown(app, "?like=p7&nsfw=1")
    assert "Like: <img src=x" in shown  # text, see the next test
    assert "p7" not in {row.prompt_id for row in find_prompts(services, "?like=p7&nsfw=1").rows}


def test_a_prompt_is_text_never_markup(app, services):
    shown = json.loads(_shown(app, "?q=number&nsfw=1&n=240"))
    texts = [each for each in _strings(shown) if "onerror" in each]
    assert texts
    for each in _components(shown):
        assert each["type"] not in {"Markdown", "DangerouslySetInnerHTML"}
        assert "dangerously_allow_html" not in each["props"]
    figure = map_figure(services, "?nsfw=1", MapChoice(has_webgl=False))
    hovers = [text for trace in figure["data"] for text in trace.get("text", ())]
    assert any("onerror" in text for text in hovers)
    assert not any("<" in text for text in hovers)


def test_a_region_keeps_the_prompts_inside(services):
    found = find_prompts(services, "?nsfw=1&n=240&lasso=-2,0;2,0;2,1;-2,1")
    assert {row.prompt_id for row in found.rows} == {f"p{n}" for n in range(1, 60, 2)}
    pictured = find_prompts(services, "?nsfw=1&n=240&pictures=only&lasso=-2,-1;2,-1;2,0;-2,0")
    assert {row.prompt_id for row in pictured.rows} == {f"p{n}" for n in range(0, 60, 2)} - {"p4"}


def test_map_shows_what_the_filters_leave(services):
    rows = _rows()
    asked = {r["prompt_id"] for r in rows["fct_generations"] if r["user_tier"] == "pro"}
    points = points_in_view(services, "?tier=pro&nsfw=1")
    assert set(points.table["prompt_id"].to_pylist()) == asked - {None}
    assert "prompts. Draw around" in map_note(points)
    assert "sample" in map_note(points_in_view(services, "?nsfw=1", most=5))


def test_map_callback_answers_with_and_without_webgl(app):
    for shown, is_packed in (("", True), ("#no-webgl", False)):
        values = {
            "gallery-map-query.data": shown,
            "gallery-map-colour.value": "domain",
            "gallery-map-density.checked": True,
            SEARCH: "",
        }
        figure = ask(app, "gallery-map.figure", values)["gallery-map"]["figure"]
        assert {trace["type"] for trace in figure["data"]} == {"scatter", "contour"}
        assert ("points" in figure["layout"].get("meta", {})) is is_packed


def test_details_have_parameters_session_and_neighbours(services):
    details = json.dumps(opened_details(services, "p7", "?nsfw=1"), cls=_Json)
    newest = max(
        (r for r in _rows()["fct_generations"] if r["prompt_id"] == "p7"),
        key=lambda r: (r["requested_at"], r["generation_id"]),
    )
    assert HOSTILE in set(_strings(json.loads(details)))
    assert f"/sessions?session={newest['session_id']}" in details
    assert details.count('"place": "neighbour"') == 6
    assert "There is no such prompt" in json.dumps(
        opened_details(services, "nobody", ""), cls=_Json
    )


@pytest.mark.parametrize("query", ["?like=nobody", "?image=nowhere"])
def test_what_cannot_be_answered_is_said_in_a_sentence(app, query):
    assert '"type": "Alert"' in _shown(app, query)


def test_unknown_keeps_what_nobody_knows(tmp_path):
    rows = _rows()
    for each in rows["fct_generations"][:40]:
        each["status"] = None
    unknown = {each["prompt_id"] for each in rows["fct_generations"] if each["status"] is None}
    found = find_prompts(_services(tmp_path, rows), "?status=unknown&n=240&nsfw=1&pictures=all")
    assert {row.prompt_id for row in found.rows} == unknown


def test_filters_the_search_does_not_know_hold_too(services):
    rows = _rows()
    labels = {row["prompt_id"]: row for row in rows["ftr_prompt_labels"]}
    everything = "&n=240&nsfw=1&pictures=all"

    def found(query):
        return {row.prompt_id for row in find_prompts(services, query + everything).rows}

    asked = {row["prompt_id"] for row in rows["fct_generations"]} - {None}
    rich = {each for each in asked if labels.get(each, {}).get("complexity_score") == 3}
    assert found("?complexity=3") == rich
    unlabelled = {each for each in asked if labels.get(each, {}).get("art_style") is None}
    anime = {each for each in asked if labels.get(each, {}).get("art_style") == "anime"}
    assert found("?style=not_labelled&style=anime") == unlabelled | anime
    short = {
        row["prompt_id"]
        for row in rows["fct_generations"]
        if row.get("prompt_length_category") == "short" and row["user_tier"] == "pro"
    }
    assert found("?length=short&tier=pro") == short
    bands = {row["session_id"]: row["friction_band"] for row in rows["fct_sessions"]}
    high = {r["prompt_id"] for r in rows["fct_generations"] if bands[r["session_id"]] == "high"}
    assert found("?friction=high") == high - {None}


def test_the_numbers_above_are_of_everything_that_matches(app):
    rows = _rows()
    kept = [
        row
        for row in rows["fct_generations"]
        if row["user_tier"] == "pro" and row["prompt_id"] in _safe_prompts()
    ]
    known = [row["status"] for row in kept if row.get("status")]
    values = {"gallery-matching.id": "gallery-matching", SEARCH: "?tier=pro&pictures=all"}
    shown = ask(app, "gallery-matching.children", values)["gallery-matching"]["children"]
    texts = list(_strings(shown))
    failed = percent(1 - known.count("success") / len(known))
    assert failed in texts
    assert any(f"n = {len(known)}" in text for text in texts)
    words = f"Numbers of all {len({row['prompt_id'] for row in kept})} prompts that match"
    assert any(text.startswith(words) for text in texts)


def test_a_search_says_that_its_numbers_are_of_the_prompts_shown(app):
    assert "Numbers of the 24 prompts shown" in _shown(app, "?q=number&nsfw=1")
    assert "gallery-matching" in _shown(app, "")


def test_the_map_hides_what_the_search_counts_as_unsafe(tmp_path):
    publish(tmp_path, _rows())
    reader = BuildReader(tmp_path)
    search = PromptSearch(reader, settings=SearchSettings(wait_s=60, nsfw_from=2.0))
    lenient = Services(reader=reader, search=search, mlflow_store=None, images=tmp_path)
    on_map = set(points_in_view(lenient, "").table["prompt_id"].to_pylist())
    found = {row.prompt_id for row in find_prompts(lenient, "?pictures=all&n=240").rows}
    asked = {row["prompt_id"] for row in _rows()["fct_generations"]}
    assert on_map == found & asked
    assert on_map > set(
        points_in_view(_services(tmp_path / "strict", _rows()), "").table["prompt_id"].to_pylist()
    )


def test_nothing_found_says_how_to_find_more(app):
    assert "No prompt passes" in _shown(app, "?q=" + quote('cat "zebra crossing"'))


def test_export_has_the_rows_shown(app):
    values = {"gallery-export.n_clicks": 1, SEARCH: "?q=number&nsfw=1"}
    data = ask(app, "gallery-download.data", values)["gallery-download"]["data"]
    assert data["filename"] == "gallery.csv"
    assert len(data["content"].splitlines()) == 1 + 24


def test_typing_keeps_the_rest_open():
    view = chosen_view("?tier=pro&lasso=0,0;1,0;1,1", " red fox ", pictures=False, nsfw=False)
    assert view.text == "red fox"
    assert view.pictures is None
    assert view.region is not None
    assert chosen_view("", "fox", pictures=True, nsfw=False).pictures is None
    assert chosen_view("?q=fox", "fox", pictures=True, nsfw=True).pictures == "only"


def _components(part):
    if isinstance(part, dict):
        if "namespace" in part:
            yield part
        for each in part.values():
            yield from _components(each)
    elif isinstance(part, list):
        for each in part:
            yield from _components(each)


def _strings(part):
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict | list):
        for each in part.values() if isinstance(part, dict) else part:
            yield from _strings(each)
