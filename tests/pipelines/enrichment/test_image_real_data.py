"""The 316 real pictures through the folder source and the default encoder."""

import csv
import os
from pathlib import Path

import numpy as np
import pytest
from image_runs import enrich, settings, warehouse

from genai_session_analyzer.embedding.image_efficientnet import EfficientNetEncoder
from genai_session_analyzer.model_results import ResultStore

pytestmark = [pytest.mark.real_data, pytest.mark.weights]


def neighbours(vectors, count):
    alike = vectors @ vectors.T
    np.fill_diagonal(alike, -1)
    return np.argsort(-alike, axis=1)[:, :count]


def test_nearest_pictures_look_alike(tmp_path):
    given = os.environ.get("GSA_REAL_DATA")
    if not given:
        pytest.skip("GSA_REAL_DATA is not set: no real data to read")
    folder = Path(given) / "images"
    parameters = settings(
        tmp_path,
        {"kind": "folder", "path": str(folder), "index": "index.csv"},
        batch_size=64,
    )
    with ResultStore(tmp_path / "results.sqlite") as store:
        rows, runs = enrich(warehouse([]), parameters, store, EfficientNetEncoder(tmp_path))
    assert len(rows) == 316
    assert runs["make_thumbnails"].metrics["rejected"] == 0
    with (folder / "index.csv").open(encoding="utf-8") as file:
        tags = {row["file"]: row["tags"] for row in csv.DictReader(file)}
    names = sorted(rows)
    vectors = np.array([rows[name]["image_embedding"] for name in names], dtype=np.float32)
    is_flux = np.array([name.startswith("flux") for name in names])
    same_kind = (is_flux[neighbours(vectors, 5)] == is_flux[:, np.newaxis]).mean()
    assert same_kind > 0.88  # by chance 0.58
    grids = [name for name in names if not name.startswith("flux")]
    of_grids = neighbours(vectors[~is_flux], 5)
    for tag, least in {"B&W": 0.3, "Landscape": 0.2, "Comic": 0.2}.items():
        has_tag = np.array([tag in tags[name].split(", ") for name in grids])
        assert has_tag[of_grids][has_tag].mean() > max(least, 2 * has_tag.mean())
    thumbnails = list((tmp_path / "thumbnails").rglob("*.webp"))
    assert np.mean([path.stat().st_size for path in thumbnails]) < 20_000
