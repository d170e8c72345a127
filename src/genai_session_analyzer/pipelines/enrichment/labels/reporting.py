"""What a labelling looks like as a whole: shares, coverage, drift, and what stayed unknown."""

from collections.abc import Mapping
from io import BytesIO

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from genai_session_analyzer.pipelines.enrichment.labels.calibration import DECIDED_FIELDS
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import UNKNOWN
from genai_session_analyzer.pipelines.enrichment.tracking import StepRun

COVERED_FIELDS = ("domain", "art_style", "setting", "lighting")
"""Fields that can be `unknown`."""


def log_distribution(run: StepRun, labels: pa.Table, previous: Mapping[str, float]) -> None:
    """Log each label's share, each field's coverage, and how far the shares moved.

    Args:
        run: Where to.
        labels: Rows of `ftr_prompt_labels`.
        previous: Metrics of the run before; none where there was none.
    """
    shares = label_shares(labels)
    metrics = {_metric(field, label): share for (field, label), share in shares.items()}
    metrics |= {f"coverage.{field}": coverage(labels, field) for field in COVERED_FIELDS}
    metrics |= {f"drift.{field}": drift for field, drift in _drifts(shares, previous).items()}
    run.log_metrics(metrics)


def label_shares(labels: pa.Table) -> dict[tuple[str, str], float]:
    """Return the share of each value of domain, art_style and mood among the labelled prompts."""
    shares: dict[tuple[str, str], float] = {}
    for field in DECIDED_FIELDS:
        total = max(1, labels.num_rows - labels[field].null_count)
        for each in pc.value_counts(labels[field].drop_null()).to_pylist():
            shares[field, str(each["values"])] = each["counts"] / total
    return shares


def coverage(labels: pa.Table, field: str) -> float:
    """Return the share of prompts whose value of a field is known, 0 to 1; 1 of no prompts."""
    known = pc.fill_null(pc.not_equal(labels[field], UNKNOWN), False)
    return pc.sum(known, min_count=0).as_py() / labels.num_rows if labels.num_rows else 1.0


def _drifts(
    shares: Mapping[tuple[str, str], float], previous: Mapping[str, float]
) -> dict[str, float]:
    """Per field, the total variation distance to the shares before: 0 equal, 1 disjoint."""
    drifts: dict[str, float] = {}
    for field in DECIDED_FIELDS:
        now = {_metric(*key): share for key, share in shares.items() if key[0] == field}
        before = {key: share for key, share in previous.items() if key.startswith(f"{field}.")}
        if before:
            moved = [abs(now.get(key, 0.0) - before.get(key, 0.0)) for key in now | before]
            drifts[field] = sum(moved) / 2
    return drifts


def _metric(field: str, label: str) -> str:
    return f"{field}.{label.replace(' ', '_')}"


def log_unknowns(run: StepRun, labels: pa.Table, dim_prompts: ir.Table, row_count: int) -> None:
    """Keep a sample of prompts whose domain or style is unknown, or whose labelling failed, as CSV.

    Args:
        run: Where to.
        labels: Rows of `ftr_prompt_labels`.
        dim_prompts: Where the texts are.
        row_count: Prompts at most, the first by id: ids are hashes.
    """
    is_unknown = pc.or_(
        pc.or_kleene(
            pc.equal(labels["domain"], UNKNOWN), pc.equal(labels["art_style"], UNKNOWN)
        ).fill_null(False),
        pc.equal(labels["parse_status"], "failed"),
    )
    columns = ["prompt_id", "parse_status", "domain", "domain_confidence", "art_style"]
    sample = labels.filter(is_unknown).sort_by("prompt_id").select(columns).slice(0, row_count)
    if sample.num_rows:
        rows = ibis.memtable(sample).left_join(dim_prompts, "prompt_id")
        text = rows.select(*columns, "prompt_text").order_by("prompt_id").to_pyarrow()
        file = BytesIO()
        arrow_csv.write_csv(text, file)
        run.log_text(file.getvalue().decode(), "unknown_or_failed.csv")
