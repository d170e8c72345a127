"""What `make eval-labels` measures, each as plain values."""

import csv
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import ibis
import numpy as np
import pyarrow.parquet as pq

from genai_session_analyzer.embedding import TextEncoder, TextEncoderSettings, text_encoder
from genai_session_analyzer.insights.label_grading import grade_labels
from genai_session_analyzer.insights.label_scores import (
    Interval,
    accuracy,
    average_precision,
    bootstrap,
    calibration_error,
    class_scores,
    confusion,
    quadratic_kappa,
    roc_auc,
)
from genai_session_analyzer.pipelines.enrichment.labels.calibration import (
    DECIDED_FIELDS,
    load_calibration,
)
from genai_session_analyzer.pipelines.enrichment.labels.gold import (
    ANNOTATORS,
    GoldLabels,
    read_gold,
)
from genai_session_analyzer.pipelines.enrichment.labels.labeler import LexiconLabeler
from genai_session_analyzer.pipelines.enrichment.labels.nsfw_classifier import (
    load_nsfw_classifier,
)
from genai_session_analyzer.pipelines.enrichment.labels.prompt_label import LabelRecord
from genai_session_analyzer.pipelines.enrichment.labels.similarity_evidence import LabelAnchors
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import load_taxonomy
from genai_session_analyzer.pipelines.label_training.calibrating import (
    assign_folds,
    cross_validate,
    gold_sample,
)
from genai_session_analyzer.pipelines.label_training.flagged_prompts import (
    read_flagged_prompts,
    some_prompts,
    split_by_user,
)
from genai_session_analyzer.pipelines.label_training.nsfw_scores import baseline_scores
from genai_session_analyzer.pipelines.label_training.parameters import NsfwParameters
from genai_session_analyzer.pipelines.label_training.scores import out_of_fold_scores

FOLD_COUNT = 10
SEED = 0
ROUNDS = 500
ORDINARY_PROMPTS = 2_352


def shipped_labeler(classifier_file: Path) -> LexiconLabeler:
    """Labeler 1 as it ships, with the NSFW classifier where it was trained on this encoder."""
    encoder = text_encoder(TextEncoderSettings())
    classifier = load_nsfw_classifier(classifier_file)
    if classifier is not None:
        classifier.check_encoder(encoder)
    return LexiconLabeler(LabelAnchors(load_taxonomy(), encoder), load_calibration(), classifier)


@lru_cache(maxsize=16)
def embed_texts(encoder: TextEncoder, texts: tuple[str, ...]) -> np.ndarray:
    """The texts' vectors, once."""
    return encoder.encode(texts)


def label_texts(labeler: LexiconLabeler, texts: Sequence[str]) -> list[LabelRecord]:
    """The texts' records."""
    return labeler.label(texts, embed_texts(labeler.anchors.encoder, tuple(texts)))


def evaluate_gold(
    labeler: LexiconLabeler, path: Path, llm_labels: Path | None
) -> dict[str, object]:
    """The labeler as shipped, refitted on folds of the file, and another labeler's results.

    Shipped numbers were fitted to 250 prompts: on those their scores are in-sample, on any other
    file held out. The folds' scores are out of sample on every file.
    """
    gold = read_gold(path)
    records = label_texts(labeler, gold.prompts)
    given = [_values(record) for record in records]
    sample = gold_sample(
        labeler, gold, embed_texts(labeler.anchors.encoder, tuple(gold.prompts))
    )
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
    """Accuracy and F1 per class, the mean over both annotators; rows without a label are left out."""
    rows = [row for row, each in enumerate(given) if each is not None]
    labels = [each for each in given if each is not None]
    found: dict[str, object] = {"labelled_rows": len(rows)}
    for field in DECIDED_FIELDS:
        predicted = [each[field] for each in labels]
        annotated = _annotated(gold, field, rows)
        names = sorted({*predicted, *(name for side in annotated for name in side)})
        matrix = confusion(predicted, annotated, names)
        found[field] = {
            "accuracy": _as_dict(accuracy(predicted, annotated)),
            "either": _as_dict(accuracy(_lenient(predicted, annotated), annotated[:1])),
            "coverage": sum(name != "unknown" for name in predicted) / max(1, len(predicted)),
            "classes": [
                vars(score) | {"f1_interval": _f1_interval(predicted, annotated, score.label)}
                for score in class_scores(matrix, names)
            ],
            "labels": names,
            "confusion": matrix.tolist(),
        }
    found["complexity_kappa"] = _as_dict(_kappa(gold, labels, rows))
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
    rows = [
        row
        for row in pq.read_table(path).to_pylist()
        if row["category"].strip('"') in domains
    ]
    records = label_texts(labeler, [row["prompt"] for row in rows])
    by_category: dict[str, list[bool]] = {}
    for row, record in zip(rows, records, strict=True):
        category = row["category"].strip('"')
        by_category.setdefault(category, []).append(
            _values(record)["domain"] in domains[category]
        )
    rights = np.array([right for each in by_category.values() for right in each])
    texts = ["right" if right else "wrong" for right in rights]
    return {
        "rows": len(rows),
        "accuracy": _as_dict(accuracy(texts, [["right"] * len(texts)])),
        "categories": {name: float(np.mean(each)) for name, each in sorted(by_category.items())},
    }


def evaluate_nsfw(labeler: LexiconLabeler, real: Path) -> dict[str, object]:
    """AUC and AP of the intent's score: on flags of held-out users, and on I2P against ordinary."""
    nsfw = NsfwParameters()
    parts = split_by_user(read_flagged_prompts(real / "prompts/discord_jobs.parquet"), nsfw)
    held_out = some_prompts(parts.held_out, nsfw.max_held_out, flagged_first=False)
    texts, flags = [str(text) for text in held_out.texts], held_out.is_flagged
    users = np.unique(held_out.users.astype(str), return_inverse=True)[1]
    scores = nsfw_scores(labeler, texts)
    baseline = baseline_scores(parts, held_out)
    i2p = pq.read_table(real / "labelled/i2p_nsfw.parquet")["prompt"].to_pylist()
    ordinary = [text for text, flag in zip(texts, flags, strict=True) if not flag]
    ordinary = ordinary[:ORDINARY_PROMPTS]
    both = nsfw_scores(labeler, [*i2p, *ordinary])
    is_i2p = np.arange(len(both)) < len(i2p)
    return {
        "classifier": labeler.classifier.digest[:12] if labeler.classifier else "none",
        "discord": _auc_and_ap(scores, flags, users),
        "discord_baseline": _auc_and_ap(baseline, flags, users),
        "discord_gain": _as_dict(
            bootstrap(
                lambda rows: (
                    roc_auc(scores[rows], flags[rows]) - roc_auc(baseline[rows], flags[rows])
                ),
                users,
                ROUNDS,
                SEED,
            )
        ),
        "i2p": _auc_and_ap(both, is_i2p, np.arange(len(both))),
        "flagged_share": float(flags.mean()),
        "intent_share": float(np.mean([_is_intent(each) for each in label_texts(labeler, texts)])),
    }


def nsfw_scores(labeler: LexiconLabeler, texts: Sequence[str]) -> np.ndarray:
    """The classifier's risk where there is one, else the intent's probability by the lexicon."""
    if labeler.classifier is not None:
        vectors = embed_texts(labeler.anchors.encoder, tuple(texts))
        return labeler.classifier.risks(labeler.read(texts).words, vectors)
    scores = []
    for record in label_texts(labeler, texts):
        sure = record.confidences.has_nsfw_intent or 0.0
        scores.append(sure if _is_intent(record) else 1 - sure)
    return np.array(scores)


def evaluate_corpus(labeler: LexiconLabeler, count: int) -> dict[str, object]:
    """Domain, style and mood of prompts of the embedded corpus against what they were to mean."""
    from genai_session_analyzer.pipelines.ingestion.corpus.generator import (  # noqa: PLC0415
        generate_corpus,
    )

    meant = generate_corpus(count)
    return meant


def _is_intent(record: LabelRecord) -> bool:
    return record.label is not None and record.label.has_nsfw_intent


def _values(record: LabelRecord) -> dict[str, str]:
    if record.label is None:
        raise ValueError("labeler 1 labels every prompt")
    return {name: str(value) for name, value in record.label.model_dump().items()}


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


def _kappa(
    gold: GoldLabels, labels: Sequence[Mapping[str, str]], rows: Sequence[int]
) -> Interval:
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
            [_values(each)[field] == right for each, right in zip(records, side, strict=True)]
            for side in (gold.values(field, each) for each in ANNOTATORS)
        ],
        axis=0,
    )
    return calibration_error(sure, rights)


def _auc_and_ap(
    scores: np.ndarray, flags: np.ndarray, groups: np.ndarray
) -> dict[str, object]:
    return {
        "rows": len(scores),
        "auc": _as_dict(bootstrap(lambda r: roc_auc(scores[r], flags[r]), groups, ROUNDS, SEED)),
        "ap": _as_dict(
            bootstrap(lambda r: average_precision(scores[r], flags[r]), groups, ROUNDS, SEED)
        ),
    }


def _as_dict(interval: Interval) -> dict[str, float]:
    return {"value": interval.value, "low": interval.low, "high": interval.high}


def _other_labels(path: Path, gold: GoldLabels) -> list[Mapping[str, str] | None]:
    """Another labeler's values by prompt, in the gold file's order; None where it gave none."""
    with path.open(encoding="utf-8", newline="") as file:
        if path.suffix == ".csv":
            rows = list(csv.DictReader(file))
        else:
            rows = [json.loads(line) for line in file]
    known = {row["prompt"]: row for row in rows if row.get("domain")}
    return [known.get(prompt) for prompt in gold.prompts]
