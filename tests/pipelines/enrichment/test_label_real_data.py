"""Labeler 1 with its real encoder on labelled prompts, held to what it reaches.

The shipped numbers were fitted to these prompts; out-of-fold scores say what to expect of others.
"""

import os
from pathlib import Path

import numpy as np
import pytest

from genai_session_analyzer.embedding import TextEncoderSettings, text_encoder
from genai_session_analyzer.pipelines.enrichment.labels.calibration import load_calibration
from genai_session_analyzer.pipelines.enrichment.labels.gold import read_gold
from genai_session_analyzer.pipelines.enrichment.labels.gold_report import gold_scores
from genai_session_analyzer.pipelines.enrichment.labels.labeler import LexiconLabeler
from genai_session_analyzer.pipelines.enrichment.labels.similarity_evidence import LabelAnchors
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import load_taxonomy
from genai_session_analyzer.pipelines.label_training.calibrating import (
    assign_folds,
    cross_validate,
    fit_calibration,
    gold_sample,
)
from genai_session_analyzer.pipelines.label_training.scores import out_of_fold_scores

pytestmark = [pytest.mark.real_data, pytest.mark.weights]

REACHED_OUT_OF_FOLD = {
    "domain.accuracy": 0.72,
    "art_style.accuracy": 0.76,
    "mood.accuracy": 0.52,
    "complexity_kappa": 0.90,
}


@pytest.fixture(scope="module")
def gold():
    folder = os.environ.get("GSA_REAL_DATA")
    if not folder:
        pytest.skip("GSA_REAL_DATA is not set: no labelled prompts to score on")
    return read_gold(Path(folder) / "labelled/prompt_labels.csv")


@pytest.fixture(scope="module")
def labeler(tmp_path_factory):
    settings = TextEncoderSettings(cache=tmp_path_factory.mktemp("models"))
    return LexiconLabeler(LabelAnchors(load_taxonomy(), text_encoder(settings)), load_calibration())


@pytest.fixture(scope="module")
def embeddings(labeler, gold):
    return labeler.anchors.encoder.encode(gold.prompts)


def test_shipped_numbers_reach_the_aims_where_they_were_fitted(labeler, gold, embeddings):
    records = labeler.label(gold.prompts, embeddings)
    scores = gold_scores(gold, [record.label for record in records])
    assert scores["domain"] >= 0.75
    assert scores["art_style"] >= 0.80
    assert scores["mood"] >= 0.58
    assert scores["complexity_kappa"] >= 0.90


def test_folds_that_were_not_fitted_to_reach_nearly_as_much(labeler, gold, embeddings):
    sample = gold_sample(labeler, gold, embeddings)
    start = load_calibration()
    held_out = cross_validate(sample, start, assign_folds(len(sample), 10, 0))
    scores = out_of_fold_scores(sample, start, held_out)
    assert {
        name: value for name, value in scores.items() if value < REACHED_OUT_OF_FOLD.get(name, 0)
    } == {}
    assert max(scores[f"{field}.ece"] for field in ("domain", "art_style", "mood")) < 0.12


def test_the_shipped_numbers_are_what_the_training_gives(labeler, gold, embeddings):
    sample = gold_sample(labeler, gold, embeddings)
    shipped = load_calibration()
    fitted = fit_calibration(sample, shipped)
    for field, part in sample.fields.items():
        was = shipped.fields[field].probabilities(part.features, part.labels)
        now = fitted.fields[field].probabilities(part.features, part.labels)
        assert np.abs(was - now).max() < 0.05
