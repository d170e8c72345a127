"""Curves of a calibration against a plain count, its picture against its record."""

import json

import numpy as np
import plotly.graph_objects as go
import pytest

from genai_session_analyzer.insights.calibration import Shape
from genai_session_analyzer.insights.calibration_picture import PANELS_PER_ROW, calibration_picture
from genai_session_analyzer.insights.calibration_record import as_record

SHAPES = tuple(
    Shape(name, unit, np.asarray)
    for name, unit in (
        ("sizes", "rows"),
        ("repeats", "0 or 1"),
        ("seconds", "s"),
        ("errors", "errors"),
        ("days", "means"),
    )
)


def samples(seed, size=400):
    rng = np.random.default_rng(seed)
    return {
        "sizes": np.ceil(rng.lognormal(1, 2, size)),
        "repeats": (rng.random(size) < 0.2).astype(float),
        "seconds": rng.random(size) * 60,
        "errors": rng.poisson(0.2, size).astype(float),
        "days": rng.normal(10, 1, 24),
    }


@pytest.fixture(scope="module")
def record():
    found = as_record(samples(0), {"classic": samples(1), "realistic": samples(2)})
    return json.loads(json.dumps(found))  # as `make calibrate` keeps it


@pytest.fixture(scope="module")
def picture(record):
    return calibration_picture(record, SHAPES)


def test_curves_are_shares_that_a_plain_count_finds(record):
    for name, values in samples(1).items():
        curve = record["classic"][name]["curve"]
        assert curve["shares"][-1] == 1
        assert curve["values"][-1] == pytest.approx(values.max(), rel=1e-4)
        for value, share in zip(curve["values"], curve["shares"], strict=True):
            plain = sum(one <= value * (1 + 1e-5) for one in values) / len(values)
            assert share == pytest.approx(plain, abs=2 / len(values))


def test_a_curve_has_few_points_and_each_value_once(record):
    for described in record["real"].values():
        values = described["curve"]["values"]
        assert len(values) <= 101
        assert values == sorted(set(values))


def test_the_record_says_how_far_each_simulation_is(record):
    assert "distance" not in record["real"]["sizes"]
    for name, values in samples(0).items():
        found = record["realistic"][name]
        assert found["real_count"] == len(values)
        assert 0 < found["distance"] < found["chance_distance"] * 1.5
        assert 0 < found["usual_chance"] < found["chance_distance"]


def test_a_picture_is_a_figure_with_a_panel_per_shape(record, picture):
    figure = go.Figure(picture)  # Plotly checks every name and value
    assert len(figure.data) == len(SHAPES) * len(record)
    assert [trace.name for trace in figure.data if trace.showlegend] == list(record)
    assert len({trace.xaxis for trace in figure.data}) == len(SHAPES)
    for shape, title in zip(SHAPES, figure.layout.annotations, strict=True):
        assert f"<b>{shape.name}</b> ({shape.unit})" in title.text
        for column in ("classic", "realistic"):
            assert f"{column} {record[column][shape.name]['distance']:.2f}" in title.text


def test_panels_do_not_overlap_and_shares_are_bars(record, picture):
    layout = picture["layout"]
    places = [
        (*layout[f"xaxis{number}"]["domain"], *layout[f"yaxis{number}"]["domain"])
        for number in range(1, len(SHAPES) + 1)
    ]
    for number, (left, right, bottom, top) in enumerate(places):
        assert 0 <= left < right <= 1
        assert 0 <= bottom < top <= 1
        for other_left, other_right, other_bottom, other_top in places[number + 1 :]:
            beside = right <= other_left or other_right <= left
            assert beside or top <= other_bottom or other_top <= bottom
    assert len({bottom for _, _, bottom, _ in places}) == -(-len(SHAPES) // PANELS_PER_ROW)
    bars = [trace for trace in picture["data"] if trace["type"] == "bar"]
    assert [bar["y"][0] for bar in bars] == [record[name]["repeats"]["mean"] for name in record]


def test_only_what_spreads_far_and_is_above_zero_has_a_log_scale(picture):
    scales = [picture["layout"][f"xaxis{number}"].get("type") for number in range(1, 6)]
    assert scales == ["log", None, None, None, None]
