"""What the gallery keeps in the URL, and how the map is drawn."""

import numpy as np
import pyarrow as pa
import pytest

from genai_session_analyzer.dashboard.figures.prompt_map import (
    COLOURINGS,
    MapTitle,
    MapView,
    prompt_map,
    titles_without_overlap,
)
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


@pytest.mark.parametrize("colour_by", COLOURINGS)
def test_every_point_is_drawn_once_whatever_the_colours(colour_by):
    figure = prompt_map(_points(), MapView(colour_by=colour_by))
    drawn = sorted(float(x) for trace in figure.data for x in trace.x)
    assert drawn == pytest.approx(np.linspace(-1, 1, 6))
    assert {trace.type for trace in figure.data} == {"scattergl"}
    assert all("<" not in text for trace in figure.data for text in trace.text)


def test_unknown_is_grey_and_a_value_keeps_its_colour():
    figure = prompt_map(_points(), MapView(colour_by="domain"))
    alone = prompt_map(_points().slice(0, 1), MapView(colour_by="domain"))
    colours = {trace.name: trace.marker.color for trace in figure.data}
    assert [trace.name for trace in figure.data] == ["animal", "unknown", "unknown"]
    assert alone.data[0].marker.color == colours["animal"] != colours["unknown"]


def test_titles_do_not_lie_on_one_another():
    titles = [
        MapTitle(1, "large cluster", 0, 0, 90),
        MapTitle(2, "right on it", 0.05, 0.01, 50),
        MapTitle(3, "elsewhere", 0, 0.6, 10),
    ]
    assert [title.cluster_id for title in titles_without_overlap(titles)] == [1, 3]


def test_a_region_is_outlined():
    figure = prompt_map(_points(), MapView(outline=REGION.corners))
    assert figure.layout.shapes[0].path == "M0.0,0.0L0.5,0.0L0.25,0.75Z"
