"""The labeler against labelled prompts, as metrics and confusion matrices of a run."""

import io
from html import escape
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.insights.label_scores import accuracy, confusion, quadratic_kappa
from genai_session_analyzer.pipelines.enrichment.labels.calibration import DECIDED_FIELDS
from genai_session_analyzer.pipelines.enrichment.labels.gold import (
    ANNOTATORS,
    GoldLabels,
    read_gold,
)
from genai_session_analyzer.pipelines.enrichment.labels.labeler import LexiconLabeler
from genai_session_analyzer.pipelines.enrichment.labels.prompt_label import PromptLabel
from genai_session_analyzer.pipelines.enrichment.tracking import StepRun

Matrix = NDArray[np.float64]


def log_gold_scores(run: StepRun, labeler: LexiconLabeler, path: Path) -> None:
    """Label the prompts of a file of labelled ones; log accuracy, kappa and confusion matrices.

    Args:
        run: Where to.
        labeler: Its calibration may have been fitted to the same file: then these are in-sample.
        path: CSV as `read_gold` reads it.

    Raises:
        SourceError: The file cannot be read.
    """
    gold = read_gold(path)
    embeddings = labeler.anchors.encoder.encode(gold.prompts)
    records = labeler.label(gold.prompts, embeddings)
    given = [record.label for record in records if record.label is not None]
    run.log_metrics({f"gold.{name}": value for name, value in gold_scores(gold, given).items()})
    for field in DECIDED_FIELDS:
        labels = labeler.anchors.taxonomy.labels(field)
        annotated = [gold.values(field, each) for each in ANNOTATORS]
        matrix = confusion([str(getattr(each, field)) for each in given], annotated, labels)
        run.log_text(matrix_csv(matrix, labels), f"confusion_{field}.csv")
        run.log_text(matrix_html(matrix, labels, field), f"confusion_{field}.html")


def gold_scores(gold: GoldLabels, labels: list[PromptLabel]) -> dict[str, float]:
    """Return the accuracy per field and complexity's kappa, each the mean over both annotators."""
    scores = {
        field: accuracy(
            [str(getattr(each, field)) for each in labels],
            [gold.values(field, annotator) for annotator in ANNOTATORS],
        ).value
        for field in DECIDED_FIELDS
    }
    levels = [each.complexity_score for each in labels]
    kappas = [
        quadratic_kappa(levels, [int(each) for each in gold.values("complexity_score", annotator)])
        for annotator in ANNOTATORS
    ]
    return scores | {"complexity_kappa": float(np.mean(kappas))}


def matrix_csv(matrix: Matrix, labels: tuple[str, ...]) -> str:
    """Return a confusion matrix as CSV: a row per right label, a column per given one."""
    text = io.StringIO()
    text.write(",".join(("right", *labels)) + "\n")
    for label, row in zip(labels, matrix, strict=True):
        text.write(",".join((label, *(f"{count:g}" for count in row))) + "\n")
    return text.getvalue()


def matrix_html(matrix: Matrix, labels: tuple[str, ...], title: str) -> str:
    """Return a confusion matrix as a page: the more often, the darker; rows are what is right."""
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    head = "".join(f"<th>{escape(label)}</th>" for label in labels)
    body = ""
    for label, row, dark in zip(labels, matrix, shares, strict=True):
        cells = "".join(
            f'<td style="background:rgba(30,90,160,{share:.2f})">{count:g}</td>'
            for count, share in zip(row, dark, strict=True)
        )
        body += f"<tr><th>{escape(label)}</th>{cells}</tr>"
    return (
        f'<!doctype html><meta charset="utf-8"><title>{escape(title)}</title>'
        "<style>td,th{padding:4px 8px;font:13px sans-serif;text-align:right}</style>"
        f"<h1>{escape(title)}: right (rows) against given (columns)</h1>"
        f"<table><tr><th></th>{head}</tr>{body}</table>"
    )
