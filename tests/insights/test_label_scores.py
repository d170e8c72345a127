"""Scores of labels against scikit-learn and against sums by hand."""

import ibis
import numpy as np
import pyarrow as pa
import pytest
from sklearn import metrics

from genai_session_analyzer.insights.label_grading import grade_labels
from genai_session_analyzer.insights.label_scores import (
    accuracy,
    average_precision,
    bootstrap,
    calibration_error,
    class_scores,
    confusion,
    quadratic_kappa,
    roc_auc,
    wilson,
)


@pytest.fixture(scope="module")
def drawn():
    generator = np.random.default_rng(3)
    scores = generator.integers(0, 20, 300) / 20  # with ties
    return scores, generator.random(300) < 0.2 + 0.4 * scores


def test_auc_and_average_precision_equal_scikit_learns(drawn):
    scores, flags = drawn
    assert roc_auc(scores, flags) == pytest.approx(metrics.roc_auc_score(flags, scores))
    assert average_precision(scores, flags) == pytest.approx(
        metrics.average_precision_score(flags, scores)
    )


def test_kappa_equals_scikit_learns():
    generator = np.random.default_rng(1)
    one = generator.integers(1, 6, 200)
    other = np.clip(one + generator.integers(-1, 2, 200), 1, 5)
    expected = metrics.cohen_kappa_score(one, other, weights="quadratic", labels=range(1, 6))
    assert quadratic_kappa(one.tolist(), other.tolist()) == pytest.approx(expected)
    assert quadratic_kappa([1, 3, 5], [1, 3, 5]) == 1.0


def test_class_scores_equal_scikit_learns():
    generator = np.random.default_rng(2)
    labels = ("a", "b", "c")
    right, given = (generator.choice(labels, 100).tolist() for _ in range(2))
    found = class_scores(confusion(given, [right], labels), labels)
    expected = metrics.f1_score(right, given, labels=labels, average=None)
    assert [each.f1 for each in found] == pytest.approx(expected)


def test_two_annotators_count_half_each():
    assert accuracy(["a", "a", "b", "b"], [["a"] * 4, ["a", "b", "b", "b"]]).value == 0.625
    matrix = confusion(["a"], [["a"], ["b"]], ("a", "b"))
    assert matrix.tolist() == [[0.5, 0.0], [0.5, 0.0]]


def test_wilson_interval_is_the_textbooks():
    found = wilson(0.5, 100)
    assert (found.low, found.high) == pytest.approx((0.4038, 0.5962), abs=1e-4)
    assert (wilson(1.0, 10).high, wilson(0.0, 10).low) == pytest.approx((1.0, 0.0))
    assert (wilson(0.3, 0).low, wilson(0.3, 0).high) == (0.0, 1.0)


def test_calibration_error_is_the_mean_gap_by_tenths():
    sure = np.array([0.95, 0.95, 0.15, 1.0])
    rights = np.array([1.0, 0.0, 0.0, 1.0])
    by_hand = (abs(0.95 + 0.95 + 1.0 - 2.0) + 0.15) / 4
    assert calibration_error(sure, rights) == pytest.approx(by_hand)


def test_bootstrap_draws_whole_groups():
    values = np.array([0.0, 0.0, 1.0, 1.0])
    found = bootstrap(lambda rows: values[rows].mean(), np.array([7, 7, 9, 9]), 200, 0)
    assert (found.value, found.low, found.high) == (0.5, 0.0, 1.0)
    sole = bootstrap(lambda rows: values[rows].mean(), np.zeros(4, dtype=int), 50, 0)
    assert (sole.low, sole.high) == (0.5, 0.5)


def test_corpus_labels_are_graded_where_the_meaning_is_known():
    labels = {
        "prompt_id": ["a", "b", "c", "d"],
        "domain": ["animal", "animal", None, "object"],
        "art_style": ["anime", "anime", "anime", "anime"],
        "mood": ["dark", "epic", "dark", "dark"],
    }
    truth = {
        "prompt_id": ["a", "b", "c", "e"],
        "meant_domain": ["animal", "object", "animal", "animal"],
        "meant_art_style": [None, "anime", None, None],
        "meant_mood": ["dark", "dark", "dark", "dark"],
    }
    grades = grade_labels(ibis.memtable(pa.table(labels)), ibis.memtable(pa.table(truth)))
    assert {field: each.value for field, each in grades.items()} == pytest.approx(
        {"domain": 1 / 3, "art_style": 1.0, "mood": 2 / 3}
    )
