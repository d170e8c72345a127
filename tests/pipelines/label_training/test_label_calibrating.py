"""Numbers are fitted to labelled prompts; those fitted to some prompts say how good on others."""

import csv

import numpy as np
import pytest

from genai_session_analyzer.embedding import HashEncoder
from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.enrichment.labels.calibration import load_calibration
from genai_session_analyzer.pipelines.enrichment.labels.complexity import level_probabilities
from genai_session_analyzer.pipelines.enrichment.labels.evidence import FEATURES
from genai_session_analyzer.pipelines.enrichment.labels.gold import GOLD_COLUMNS, read_gold
from genai_session_analyzer.pipelines.enrichment.labels.labeler import LexiconLabeler
from genai_session_analyzer.pipelines.enrichment.labels.scoring import FieldWeights, softmax
from genai_session_analyzer.pipelines.enrichment.labels.similarity_evidence import LabelAnchors
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import load_taxonomy
from genai_session_analyzer.pipelines.label_training.calibrating import (
    assign_folds,
    cross_validate,
    fit_calibration,
    fit_temperatures,
    gold_sample,
)
from genai_session_analyzer.pipelines.label_training.fitting import (
    fit_complexity,
    fit_field,
    fit_temperature,
)
from genai_session_analyzer.pipelines.label_training.scores import out_of_fold_scores

LABELS = ("animal", "object", "unknown")
PROMPTS = (
    ("photo of a {} cat", "animal", "photography", "neutral", 1),
    ("a {} car, oil painting by rembrandt", "object", "oil painting", "neutral", 2),
    ("{} horror demon, digital art, artstation, dark", "fantasy", "digital art", "dark", 3),
    ("donald trump in a {} hat", "fanart", "unknown", "humorous", 2),
)


@pytest.fixture(scope="module")
def gold(tmp_path_factory):
    path = tmp_path_factory.mktemp("gold") / "labels.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(
            ["prompt", *(f"{name}_{each}" for each in "ab" for name in GOLD_COLUMNS.values())]
        )
        for number in range(40):
            text, *values = PROMPTS[number % 4]
            writer.writerow(
                [text.format(["red", "big", "old"][number % 3]), *values, 0, *values, 0]
            )
    return read_gold(path)


@pytest.fixture(scope="module")
def sample(gold):
    encoder = HashEncoder(dimension=64)
    labeler = LexiconLabeler(LabelAnchors(load_taxonomy(), encoder), load_calibration())
    return gold_sample(labeler, gold, encoder.encode(gold.prompts))


def drawn(count, seed=0):
    """Features, and the shares that known weights give."""
    generator = np.random.default_rng(seed)
    features = np.zeros((count, 3, len(FEATURES)))
    features[:, :, FEATURES.index("similarity")] = generator.normal(size=(count, 3))
    features[:, 2, FEATURES.index("silent")] = generator.integers(0, 2, count)
    known = FieldWeights(features={"similarity": 1.5, "silent": 2.0}, biases={"object": -1.0})
    return features, known.probabilities(features, LABELS)


def test_known_weights_are_found_again():
    features, shares = drawn(2000)
    found = fit_field(features, shares, LABELS)
    assert np.abs(found.probabilities(features, LABELS) - shares).max() < 0.05
    assert found.features["similarity"] == pytest.approx(1.5, abs=0.2)


def test_temperature_tames_scores_that_are_too_sure():
    _, shares = drawn(2000)
    loud = softmax(3 * np.log(shares))
    assert fit_temperature(FieldWeights(), loud, shares).temperature == pytest.approx(3, abs=0.06)
    assert fit_temperature(FieldWeights(), shares, shares).temperature == pytest.approx(1, abs=0.06)


def test_known_thresholds_are_found_again():
    counts = np.random.default_rng(1).normal(2, 1, size=(3000, 5))
    scores = counts @ np.array([2.0, 0.5, 0, 0, 0])
    shares = level_probabilities(scores, np.array([2.0, 4.0, 6.0, 8.0]))
    found = fit_complexity(counts, shares)
    assert found.thresholds == pytest.approx((2, 4, 6, 8), abs=0.4)
    assert found.counts["words"] == pytest.approx(2, abs=0.2)


def test_labelled_prompts_are_learnt_and_held_out_ones_scored(sample):
    start = load_calibration()
    held_out = cross_validate(sample, start, assign_folds(len(sample), 4, 0))
    fitted = fit_temperatures(sample, fit_calibration(sample, start), held_out)
    scores = out_of_fold_scores(sample, fitted, held_out)
    assert scores["domain.accuracy"] == scores["art_style.accuracy"] == 1.0
    assert scores["domain.coverage"] == 1.0
    assert fitted.intent == start.intent
    assert fitted.subject == start.subject


def test_a_fold_is_not_fitted_to_itself(sample):
    """Prompts of one label that all lie in one fold cannot be learnt by the others."""
    folds = np.array([0 if number % 4 == 3 else 1 + number % 2 for number in range(len(sample))])
    held_out = cross_validate(sample, load_calibration(), folds)
    fanart = sample.fields["domain"].labels.index("fanart")
    assert sample.fields["domain"].targets[folds == 0, fanart].all()
    assert (held_out["domain"][folds == 0].argmax(axis=1) != fanart).all()


def test_folds_are_equal_and_repeatable():
    folds = assign_folds(23, 5, 1)
    assert sorted(np.bincount(folds)) == [4, 4, 5, 5, 5]
    assert (folds == assign_folds(23, 5, 1)).all()
    assert (folds != assign_folds(23, 5, 2)).any()


def test_a_label_that_does_not_exist_is_refused(gold):
    with pytest.raises(SourceError, match="row 1: domain is 'animal'"):
        gold.shares("domain", ("object",))


def test_a_file_without_columns_is_refused(tmp_path):
    path = tmp_path / "labels.csv"
    path.write_text("prompt,domain_a\nx,animal\n", encoding="utf-8")
    with pytest.raises(SourceError, match="domain_b"):
        read_gold(path)
    with pytest.raises(SourceError, match="nowhere"):
        read_gold(tmp_path / "nowhere.csv")
