"""Friction against arithmetic done by hand."""

from typing import Any

import ibis
import pytest
from pydantic import ValidationError

from genai_session_analyzer.semantic.friction import (
    FrictionParameters,
    friction_band,
    friction_formula,
    friction_score,
    latency_ceiling_ms,
)

DEFAULT = FrictionParameters()
SESSION = {"errors": "float64", "latency": "float64", "retries": "float64", "ceiling": "float64"}


def score(
    errors: float | None,
    latency: float | None,
    retries: float | None,
    parameters: FrictionParameters = DEFAULT,
) -> float | None:
    row = {"errors": errors, "latency": latency, "retries": retries, "ceiling": None}
    table = ibis.memtable([row], schema=SESSION)
    value = friction_score(table.errors, table.latency, table.retries, parameters)
    return table.select(score=value).to_pyarrow()["score"].to_pylist()[0]


@pytest.mark.parametrize(
    ("errors", "latency", "retries", "expected"),
    [
        (0.0, 0.0, 0.0, 0.0),
        (1.0, 5000.0, 2.0, 100.0),
        (1.0, 900_000.0, 40.0, 100.0),
        (0.5, 0.0, 0.0, 25.0),
        (0.0, 2500.0, 0.0, 16.5),
        (0.0, 0.0, 1.0, 8.5),
        (0.25, 1000.0, 0.5, 12.5 + 6.6 + 4.25),
        (1 / 3, 0.0, 0.0, 16.6667),
        (None, 1000.0, 0.5, None),
        (0.25, None, 0.5, None),
        (0.25, 1000.0, None, None),
    ],
)
def test_friction_weighs_errors_latency_and_retries(
    errors: float | None, latency: float | None, retries: float | None, expected: float | None
) -> None:
    assert score(errors, latency, retries) == expected


def test_weights_and_ceilings_are_parameters() -> None:
    parameters = FrictionParameters(
        error_weight=0, latency_weight=80, retry_weight=20, latency_ceiling_ms=100, retry_ceiling=4
    )
    assert score(1.0, 50.0, 1.0, parameters) == 40 + 5


def test_a_ceiling_per_row_replaces_the_one_of_the_parameters() -> None:
    rows = [
        {"errors": 0.0, "latency": 6000.0, "retries": 0.0, "ceiling": ceiling}
        for ceiling in (6000.0, 12_000.0, None)
    ]
    table = ibis.memtable(rows, schema=SESSION)
    value = friction_score(table.errors, table.latency, table.retries, DEFAULT, table.ceiling)
    assert table.select(score=value).to_pyarrow()["score"].to_pylist() == [33.0, 16.5, None]


def test_bands_begin_at_10_and_30() -> None:
    scores = [0.0, 9.9999, 10.0, 29.9999, 30.0, 100.0, None]
    table = ibis.memtable([{"score": s} for s in scores], schema={"score": "float64"})
    bands = table.select(band=friction_band(table.score, DEFAULT)).to_pyarrow()["band"].to_pylist()
    assert bands == ["low", "low", "medium", "medium", "high", "high", None]


WORK = {
    "model_version": "string",
    "steps": "int32",
    "width": "int32",
    "height": "int32",
    "image_count": "int32",
}


def ceiling(parameters: FrictionParameters, **generation: Any) -> float:
    table = ibis.memtable([dict.fromkeys(WORK) | generation], schema=WORK)
    value = table.select(ceiling=latency_ceiling_ms(table, parameters))
    return value.to_pyarrow()["ceiling"].to_pylist()[0]


def test_the_ceiling_follows_model_and_work() -> None:
    parameters = FrictionParameters(
        latency_ceiling_ms_by_model={"v9": 9000}, latency_ms_per_step_megapixel=100
    )
    large = {"steps": 100, "width": 1000, "height": 1000}
    assert ceiling(DEFAULT, model_version="v9", **large) == 5000
    assert ceiling(parameters) == 5000
    assert ceiling(parameters, model_version="v8") == 5000
    assert ceiling(parameters, model_version="v9") == 9000
    assert ceiling(parameters, model_version="v9", **large) == 100 * 1 * 100
    assert ceiling(parameters, image_count=3, **large) == 3 * 100 * 1 * 100
    assert ceiling(parameters, steps=10, width=500, height=500) == 5000
    assert ceiling(parameters, steps=100, width=50_000, height=50_000) == 100 * 2500 * 100


@pytest.mark.parametrize(
    "wrong",
    [
        {"error_weight": 60},
        {"error_weight": -1, "retry_weight": 68},
        {"latency_ceiling_ms": 0},
        {"retry_ceiling": 0},
        {"medium_from": 30},
        {"latency_ceiling_ms_by_model": {"v1.4": -5}},
        {"ceiling": 5000},
    ],
)
def test_parameters_that_make_no_score_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        FrictionParameters(**wrong)


def test_the_formula_in_words_shows_the_numbers_in_use() -> None:
    words = friction_formula(DEFAULT)
    assert words.startswith(
        "50 x error_rate + 33 x min(1, mean_latency_ms / 5000) + 17 x min(1, mean_retry_count / 2)"
    )
    assert "low < 10, medium < 30" in words
    other = FrictionParameters(latency_ceiling_ms_by_model={"v9": 9000}, high_from=40)
    assert "5000 unless the model" in friction_formula(other)
    assert "medium < 40" in friction_formula(other)
