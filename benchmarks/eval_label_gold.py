"""A labeler against labelled prompts and against PartiPrompts' categories."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from eval_label_texts import ROUNDS, SEED, as_dict, embed_texts, label_texts, values
from genai_session_analyzer.insights.label_scores import (
    Interval,
    accuracy,
    bootstrap,
    calibration_error,
    class_scores,
    confusion,
    quadratic_kappa,
)
from genai_session_analyzer.pipelines.enrichment.labels.calibration import DECIDED_FIELDS
from genai_session_analyzer.pipelines.enrichment.labels.gold import (
    ANNOTATORS,
    GoldLabels,
    read_gold,
)
from genai_session_analyzer.pipelines.enrichment.labels.labeler import LexiconLabeler
from genai_session_analyzer.pipelines.enrichment.labels.prompt_label import LabelRecord
from genai_session_analyzer.pipelines.label_training.calibrating import (
    assign_folds,
    cross_validate,
    gold_sample,
)
from genai_session_analyzer.pipelines.label_training.scores import out_of_fold_scores

FOLD_COUNT = 10


def evaluate_gold(
    labeler: LexiconLabeler, path: Path, llm_labels: Path | None
) -> dict[str, object]:
    """The labeler as shipped, refitted on folds of the file, and another labeler's results.

    Shipped numbers were fitted to 250 prompts: on those their scores are in-sample, on any other
    file held out. The folds' scores are out of sample on every file.
    """
    gold = read_gold(path)
    records = label_texts(labeler, gold.prompts)
    given = [values(record) for record in records]
    sample = gold_sample(labeler, gold, embed_texts(labeler.anchors.encoder, tuple(gold.prompts)))
    folds = assign_folds(len(sample), FOLD_COUNT, SEED)
    held_out = cross_validate(sample, labeler.calibration, folds)
    found: dict[str, object] = {
        "rows": len(given),
        "annotators": annotator_agreement(gold),
        "shipped": scores_of(gold, given),
        "out_of_fold": out_of_fold_scores(sample, labeler.calibration, held_out),
        "ece": {field: _ece(gold, records, field) for field in DECIDED_FIELDS},
    }
    if llm_labels:
        found["other"] = scores_of(gold, _other_labels(llm_labels, gold))
    return found


def scores_of(gold: GoldLabels, given: Sequence[Mapping[str, str] | None]) -> dict[str, object]:
    """Accuracy and F1 per class, the mean over both annotators; of the rows that have a label."""
    rows = [row for row, each in enumerate(given) if each is not None]
    labels = [each for each in given if each is not None]
    found: dict[str, object] = {"labelled_rows": len(rows)}
    for field in DECIDED_FIELDS:
        predicted = [each[field] for each in labels]
        annotated = _annotated(gold, field, rows)
        names = sorted({*predicted, *(name for side in annotated for name in side)})
        matrix = confusion(predicted, annotated, names)
        found[field] = {
            "accuracy": as_dict(accuracy(predicted, annotated)),
            "either": as_dict(accuracy(_lenient(predicted, annotated), annotated[:1])),
            "coverage": sum(name != "unknown" for name in predicted) / max(1, len(predicted)),
            "classes": [
                vars(score) | {"f1_interval": _f1_interval(predicted, annotated, score.label)}
                for score in class_scores(matrix, names)
            ],
            "labels": names,
            "confusion": matrix.tolist(),
        }
    found["complexity_kappa"] = as_dict(_kappa(gold, labels, rows))
    return found


def annotator_agreement(gold: GoldLabels) -> dict[str, float]:
    """Share of rows on which both annotators agree: what a labeler can be held to."""
    return {
        field: float(np.mean(np.array(gold.values(field, "a")) == gold.values(field, "b")))
        for field in (*DECIDED_FIELDS, "complexity_score", "has_nsfw_intent")
    }


def evaluate_parti(labeler: LexiconLabeler, path: Path) -> dict[str, object]:
    """Share of PartiPrompts whose domain is one of their category's."""
    domains = labeler.anchors.taxonomy.parti_domains
    rows = [row for row in pq.read_table(path).to_pylist() if row["category"].strip('"') in domains]
    records = label_texts(labeler, [row["prompt"] for row in rows])
    by_category: dict[str, list[bool]] = {}
    for row, record in zip(rows, records, strict=True):
        category = row["category"].strip('"')
        by_category.setdefault(category, []).append(values(record)["domain"] in domains[category])
    rights = np.array([right for each in by_category.values() for right in each])
    texts = ["right" if right else "wrong" for right in rights]
    return {
        "rows": len(rows),
        "accuracy": as_dict(accuracy(texts, [["right"] * len(texts)])),
        "categories": {name: float(np.mean(each)) for name, each in sorted(by_category.items())},
    }


def _annotated(gold: GoldLabels, field: str, rows: Sequence[int]) -> list[list[str]]:
    return [[gold.values(field, each)[row] for row in rows] for each in ANNOTATORS]


def _lenient(predicted: Sequence[str], annotated: Sequence[Sequence[str]]) -> list[str]:
    """The first annotator's value wherever the prediction is one of the annotators'."""
    return [
        right[0] if given in right else ""
        for given, right in zip(predicted, zip(*annotated, strict=True), strict=True)
    ]


def _f1_interval(
    predicted: Sequence[str], annotated: Sequence[Sequence[str]], label: str
) -> list[float]:
    given = np.array([each == label for each in predicted])
    right = np.array([[each == label for each in side] for side in annotated])

    def f1(rows: np.ndarray) -> float:
        hits = (right[:, rows] & given[rows]).sum()
        total = right[:, rows].sum() + len(right) * given[rows].sum()
        return float(2 * hits / total) if total else 0.0

    interval = bootstrap(f1, np.arange(len(given)), ROUNDS, SEED)
    return [interval.low, interval.high]


def _kappa(gold: GoldLabels, labels: Sequence[Mapping[str, str]], rows: Sequence[int]) -> Interval:
    levels = np.array([int(each["complexity_score"]) for each in labels])
    sides = [
        np.array([int(gold.values("complexity_score", each)[row]) for row in rows])
        for each in ANNOTATORS
    ]
    return bootstrap(
        lambda drawn: float(
            np.mean([quadratic_kappa(levels[drawn], side[drawn]) for side in sides])
        ),
        np.arange(len(levels)),
        ROUNDS,
        SEED,
    )


def _ece(gold: GoldLabels, records: Sequence[LabelRecord], field: str) -> float:
    sure = np.array([getattr(each.confidences, field) for each in records])
    rights = np.mean(
        [
            [values(each)[field] == right for each, right in zip(records, side, strict=True)]
            for side in (gold.values(field, each) for each in ANNOTATORS)
        ],
        axis=0,
    )
    return calibration_error(sure, rights)


def _other_labels(path: Path, gold: GoldLabels) -> list[Mapping[str, str] | None]:
    """Another labeler's values by prompt, in the gold file's order; None where it gave none."""
    with path.open(encoding="utf-8", newline="") as file:
        if path.suffix == ".csv":
            rows = list(csv.DictReader(file))
        else:
            rows = [json.loads(line) for line in file]
    known = {row["prompt"]: row for row in rows if row.get("domain")}
    return [known.get(prompt) for prompt in gold.prompts]
