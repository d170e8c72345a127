"""What the gallery keeps in the URL, and how the map is drawn."""

import re
from base64 import b64decode

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import pytest

from genai_session_analyzer.dashboard.figures.map_colours import COLOURINGS
from genai_session_analyzer.dashboard.figures.map_titles import MapTitle, titles_without_overlap
from genai_session_analyzer.dashboard.figures.prompt_map import MapView, prompt_map
from genai_session_analyzer.dashboard.pages.gallery_view import GalleryView
from genai_session_analyzer.insights.map_region import Region

REGION = Region(corners=((0, 0), (0.5, 0), (0.25, 0.75)))


@pytest.mark.parametrize(
    "view",
    [
        GalleryView(),
        GalleryView(text='a "red fox" & more', include_nsfw=True, card_count=48),
        GalleryView(like_prompt="p1", pictures="all", region=REGION),
        GalleryView(like_image="painted/a b?c", pictures="only"),
    ],
)
def test_a_view_survives_its_url_and_keeps_what_is_not_its(view):
    query = view.into_query("?tier=pro&q=old&n=96&session=s1")
    assert GalleryView.from_query(query) == view
    assert "tier=pro" in query
    assert "session=s1" in query


@pytest.mark.parametrize("query", ["?lasso=abc&n=-5&pictures=maybe&nsfw=yes", None, "", "?n=²"])
def test_what_cannot_be_read_is_as_if_it_were_not_there(query):
    assert GalleryView.from_query(query) == GalleryView()


def test_only_the_last_of_what_is_looked_for_counts():
    assert GalleryView.from_query("?q=fox&like=p1") == GalleryView(like_prompt="p1")


def test_cards_are_bounded():
    assert GalleryView.from_query("?n=99999").card_count == 240


def test_pictures_alone_are_shown_only_while_nothing_is_looked_for():
    assert GalleryView().only_pictures
    assert not GalleryView(text="fox").only_pictures
    assert not GalleryView(region=REGION).only_pictures
    assert GalleryView(text="fox", pictures="only").only_pictures


def _points(count=6):
    return pa.table(
        {
            "x": np.linspace(-1, 1, count),
            "y": np.zeros(count),
            "cluster_id": [each % 3 - 1 for each in range(count)],
            "domain": [("animal", "unknown", None)[each % 3] for each in range(count)],
            "art_style": ["anime"] * count,
            "mood": ["dark", "serene"] * (count // 2),
            "snippet": ["a <b>bold</b> fox"] * count,
            "known_status_count": [each % 3 for each in range(count)],
            "failure_count": [each % 2 if each % 3 else 0 for each in range(count)],
        }
    )


def _drawn(points, view):
    """The map as the browser has it, every name and value checked by Plotly."""
    return go.Figure(prompt_map(points, view))


def _unpacked(figure):
    """Place and colour of each point, as the browser reads them from the figure."""
    packed = figure.layout.meta["points"]
    places = np.frombuffer(b64decode(packed["places"]), "<i2").reshape(-1, 2) / packed["units"]
    numbers = np.frombuffer(b64decode(packed["numbers"]), np.uint8)
    return places, [packed["colours"][number] for number in numbers], packed


@pytest.mark.parametrize("colour_by", COLOURINGS)
def test_every_point_is_packed_once_whatever_the_colours(colour_by):
    figure = _drawn(_points(), MapView(colour_by=colour_by))
    places, colours, packed = _unpacked(figure)
    assert sorted(places[:, 0]) == pytest.approx(np.linspace(-1, 1, 6), abs=1e-4)
    assert places[:, 1] == pytest.approx(0)
    assert all(re.fullmatch("#[0-9A-F]{6}", colour) for colour in colours)
    assert packed["texts"].split("\n") == ["a <b>bold</b> fox"] * 6
    assert {trace.type for trace in figure.data} <= {"scatter"}
    assert all(trace.x == (None,) for trace in figure.data)


@pytest.mark.parametrize("colour_by", COLOURINGS)
def test_without_webgl_the_same_points_are_shapes(colour_by):
    figure = _drawn(_points(), MapView(colour_by=colour_by, has_webgl=False))
    traces = [trace for trace in figure.data if trace.text is not None]
    drawn = sorted(float(x) for trace in traces for x in trace.x)
    assert drawn == pytest.approx(np.linspace(-1, 1, 6))
    assert figure.layout.meta is None
    assert all("<" not in text for trace in traces for text in trace.text)


def test_failures_lie_on_top_from_blue_to_red_and_the_unknown_is_grey():
    _, colours, _ = _unpacked(_drawn(_points(), MapView(colour_by="failure")))
    assert colours == ["#8A93A0"] * 2 + ["#0072B2"] * 2 + ["#E69F00", "#D55E00"]


def test_many_points_bring_no_texts():
    _, _, packed = _unpacked(_drawn(_points(10_002), MapView()))
    assert packed["texts"] is None


def test_unknown_is_grey_and_a_value_keeps_its_colour():
    figure = _drawn(_points(), MapView(colour_by="domain"))
    alone = _drawn(_points().slice(0, 1), MapView(colour_by="domain"))
    colours = {trace.name: trace.marker.color for trace in figure.data}
    assert list(colours) == ["animal", "unknown", "not labelled"]
    assert alone.data[0].marker.color == colours["animal"] != colours["unknown"]
    assert _unpacked(figure)[1] == [
        colours[("animal", "unknown", "not labelled")[each % 3]] for each in range(6)
    ]


def test_titles_do_not_lie_on_one_another():
    titles = [
        MapTitle(1, "large cluster", 0, 0, 90),
        MapTitle(2, "right on it", 0.05, 0.01, 50),
        MapTitle(3, "elsewhere", 0, 0.6, 10),
    ]
    assert [title.cluster_id for title in titles_without_overlap(titles)] == [1, 3]


def test_a_region_is_outlined():
    figure = _drawn(_points(), MapView(outline=REGION.corners))
    assert [tuple(corner) for corner in figure.layout.meta["outline"]] == list(REGION.corners)
    assert figure.layout.shapes[0].path == "M0.0,0.0L0.5,0.0L0.25,0.75Z"
