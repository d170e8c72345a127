"""The map's points, its regions and its failure density, against slower calculations."""

import math
import random
from datetime import date

import ibis
import numpy as np
import pytest

from genai_session_analyzer.insights.gallery_loading import load_gallery_rows
from genai_session_analyzer.insights.map_density import failure_density
from genai_session_analyzer.insights.map_points import (
    cluster_places,
    nearest_on_map,
    prompt_map_points,
)
from genai_session_analyzer.insights.map_region import Region, prompts_inside
from genai_session_analyzer.semantic.view_filters import ViewFilters
from rows import generation, minutes, table

PROMPTS = 40
EVERYTHING = ViewFilters()
TABLES_READ = (
    "dim_prompts",
    "fct_generations",
    "fct_sessions",
    "ftr_prompt_clusters",
    "ftr_prompt_labels",
)
STATUSES = ("success", "success", "timeout", None)


def _prompt(number: int) -> str:
    return f"p{number:02d}"


def _generations() -> list[dict]:
    return [
        generation(
            number,
            prompt_id=_prompt(number * 7 % PROMPTS),
            status=STATUSES[number % 4],
            user_tier=("free", "pro")[number % 2],
            image_nsfw=2.0 if number == 11 else 0.1,
            requested_at=minutes(60 * number),
        )
        for number in range(120)
    ]


def _places() -> list[dict]:
    chance = random.Random(3)  # noqa: S311
    return [
        {
            "prompt_id": _prompt(number),
            "cluster_id": number % 3 - 1,
            "x": chance.uniform(-1, 1),
            "y": chance.uniform(-1, 1),
            "mlflow_run_id": "run",
        }
        for number in range(PROMPTS)
    ]


@pytest.fixture(scope="module")
def backend():
    backend = ibis.duckdb.connect()
    table("fct_generations", _generations(), backend)
    table("ftr_prompt_clusters", _places(), backend)
    labels = [
        {
            "prompt_id": _prompt(number),
            "domain": "animal",
            "art_style": ("anime", "sketch")[number % 2],
            "mood": "dark",
            "has_nsfw_intent": number == 5,
        }
        for number in range(PROMPTS)
        if number != 6
    ]
    table("ftr_prompt_labels", labels, backend)
    texts = [{"prompt_id": _prompt(n), "prompt_text": "long " * 50} for n in range(PROMPTS)]
    table("dim_prompts", texts, backend)
    clusters = [
        {"cluster_id": n, "parent_id": None, "level": 1, "title": f"t{n}", "prompt_count": 10 + n}
        for n in range(2)
    ]
    table("dim_clusters", [*clusters, {"cluster_id": 9, "level": 0}], backend)
    table("fct_sessions", [{"session_id": "ann-1", "friction_band": "low"}], backend)
    return backend


@pytest.fixture(scope="module")
def rows(backend):
    return load_gallery_rows(backend)


def test_points_count_the_generations_that_pass(rows):
    filters = ViewFilters(user_tier=("pro",), first_day=date(2024, 1, 2), last_day=date(2024, 1, 3))
    found = prompt_map_points(rows, filters)

    expected: dict[str, list] = {}
    for each in _generations():
        day = each["requested_date"]
        if each["user_tier"] == "pro" and date(2024, 1, 2) <= day <= date(2024, 1, 3):
            expected.setdefault(each["prompt_id"], []).append(each["status"])
    points = {row["prompt_id"]: row for row in found.table.to_pylist()}
    assert points.keys() == expected.keys()
    for prompt_id, statuses in expected.items():
        row = points[prompt_id]
        assert row["generation_count"] == len(statuses)
        assert row["success_count"] == statuses.count("success")
        assert row["failure_count"] == statuses.count("timeout")
        assert row["known_status_count"] == len(statuses) - statuses.count(None)
        assert row["art_style"] == (
            None if prompt_id == "p06" else ("anime", "sketch")[int(prompt_id[1:]) % 2]
        )
        assert len(row["snippet"]) == 90
    assert found.prompt_count == len(expected)
    assert not found.is_sample


def test_unsafe_prompts_are_left_out_unless_asked_for(rows):
    everything = prompt_map_points(rows, EVERYTHING).table["prompt_id"].to_pylist()
    safe = prompt_map_points(rows, EVERYTHING, unsafe_from=0.5).table["prompt_id"].to_pylist()
    blurred = _prompt(11 * 7 % PROMPTS)
    assert set(everything) - set(safe) == {"p05", blurred}


def test_a_sample_says_so_and_lies_in_the_larger_one(rows):
    small = prompt_map_points(rows, EVERYTHING, most=5)
    large = prompt_map_points(rows, EVERYTHING, most=15)
    assert small.is_sample
    assert small.prompt_count == large.prompt_count == PROMPTS
    assert small.table["prompt_id"].to_pylist() == large.table["prompt_id"].to_pylist()[:5]


def test_no_point_where_nothing_passes(rows):
    found = prompt_map_points(rows, ViewFilters(user_tier=("enterprise",)))
    assert (found.table.num_rows, found.prompt_count) == (0, 0)


def test_clusters_lie_at_the_median_of_their_prompts_largest_first(backend):
    places = cluster_places(backend)
    assert [place.cluster_id for place in places] == [1, 0]
    for place in places:
        mine = [each for each in _places() if each["cluster_id"] == place.cluster_id]
        assert place.x == pytest.approx(np.median([each["x"] for each in mine]))
        assert place.y == pytest.approx(np.median([each["y"] for each in mine]))


def test_nearest_is_the_one_at_the_least_distance(rows):
    for x, y in ((0.1, 0.2), (-3, 4), (0.9, -0.9)):
        expected = min(_places(), key=lambda each: math.dist((x, y), (each["x"], each["y"])))
        assert nearest_on_map(rows, x, y) == expected["prompt_id"]


def test_nothing_is_near_on_an_empty_map():
    empty = ibis.duckdb.connect()
    for name in TABLES_READ:
        table(name, [], empty)
    assert nearest_on_map(load_gallery_rows(empty), 0, 0) is None


def _turns(corners, x, y) -> int:
    """How often the outline winds around a point: the sum of the angles it is seen under."""
    angle = 0.0
    for (x1, y1), (x2, y2) in zip(corners, (*corners[1:], corners[0]), strict=True):
        step = math.atan2(y2 - y, x2 - x) - math.atan2(y1 - y, x1 - x)
        angle += (step + math.pi) % (2 * math.pi) - math.pi
    return round(angle / (2 * math.pi))


@pytest.mark.parametrize("seed", range(5))
def test_inside_is_what_the_outline_winds_around_an_odd_number_of_times(rows, seed):
    chance = random.Random(100 + seed)  # noqa: S311
    corners = tuple((chance.uniform(-1, 1), chance.uniform(-1, 1)) for _ in range(7))
    inside = prompts_inside(rows, Region(corners=corners))
    expected = [p["prompt_id"] for p in _places() if _turns(corners, p["x"], p["y"]) % 2]
    assert list(rows.ids(inside)) == expected


def test_a_region_survives_its_text():
    region = Region(corners=((0.1, -0.25), (1, 2), (-0.5, 0)))
    assert Region.parse(region.text()) == region


@pytest.mark.parametrize(
    "text", ["", "1,2", "1,2;3,4", "a,b;c,d;e,f", "1,2;3,4;5", "nan,1;2,3;4,5", "1,1;" * 80 + "1,1"]
)
def test_what_is_no_outline_is_no_region(text):
    assert Region.parse(text) is None


def test_failures_glow_where_they_gather():
    left, right = np.full(300, -0.8), np.full(300, 0.8)
    places = (np.concatenate([left, right]), np.tile(np.linspace(-0.5, 0.5, 300), 2))
    failures = np.concatenate([np.ones(300), np.zeros(300)])
    density = failure_density(places, failures, 1 - failures)
    said = density.log_ratio[~np.isnan(density.log_ratio)]
    at_left = density.log_ratio[36, np.abs(density.x + 0.8).argmin()]
    at_right = density.log_ratio[36, np.abs(density.x - 0.8).argmin()]
    assert at_left > 1
    assert at_right < -1
    assert np.isnan(density.log_ratio[36, 36])  # nobody asked there
    assert len(said) < density.log_ratio.size / 2
    assert (density.failure_count, density.success_count) == (300, 300)


def test_evenly_spread_failures_glow_nowhere():
    chance = np.random.default_rng(1)
    places = (chance.uniform(-1, 1, 40_000), chance.uniform(-1, 1, 40_000))
    failures = (np.arange(40_000) % 10 == 0).astype(float)
    density = failure_density(places, failures, 1 - failures)
    assert np.nanquantile(np.abs(density.log_ratio), 0.95) < 0.6


def test_without_failures_nothing_is_said():
    density = failure_density((np.zeros(9), np.zeros(9)), np.zeros(9), np.ones(9))
    assert np.isnan(density.log_ratio).all()
