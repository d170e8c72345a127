"""What is told of a language model's labels: statuses, tokens, cost, agreement, failures."""

import json
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from genai_session_analyzer.model_results import WorkCounts
from genai_session_analyzer.pipelines.enrichment.labels.llm_labeling import Usage
from genai_session_analyzer.pipelines.enrichment.labels.llm_parameters import (
    LanguageModelLabelParameters,
)
from genai_session_analyzer.pipelines.enrichment.labels.prompt_label import (
    PARSE_STATUSES,
    Confidences,
)

COMPARED_FIELDS = ("domain", "art_style", "mood", "complexity_score", "has_nsfw_intent")
"""Fields with few values: free words of two labelers are rarely the same."""
MOST_FAILURES = 50


def work_metrics(
    counts: WorkCounts, usage: Usage, prices: LanguageModelLabelParameters
) -> dict[str, float]:
    """Return what this run did: counts, prompts a second, requests, tokens, cost."""
    cost = usage.cost(
        prices.price_per_million_prompt_tokens, prices.price_per_million_completion_tokens
    )
    return {
        **counts.as_metrics(),
        "requests": usage.requests,
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.completion_tokens,
        "cost": cost,
    }


def label_metrics(labels: pa.Table, first_labels: pa.Table, selected: int) -> dict[str, float]:
    """Return how many labels have which parse status, the coverage, and agreement with labeler 1.

    Args:
        labels: The language model's, columns of `LABEL_ROWS`.
        first_labels: Labeler 1's of the same prompts at least: prompt_id and `COMPARED_FIELDS`.
        selected: Prompts that were to be labelled.

    Returns:
        Shares are 0-1; agreement of a field is left out where no prompt has both labels.
    """
    statuses = pc.value_counts(labels["parse_status"]).to_pylist()
    found = {each["values"]: each["counts"] for each in statuses}
    metrics = {f"parse_{status}": float(found.get(status, 0)) for status in PARSE_STATUSES}
    valid = labels.num_rows - found.get("failed", 0)
    metrics["coverage"] = valid / selected if selected else 1.0
    both = labels.join(first_labels, "prompt_id", right_suffix="_first", join_type="inner")
    for field in COMPARED_FIELDS:
        agreement = pc.mean(pc.equal(both[field], both[f"{field}_first"])).as_py()
        if agreement is not None:
            metrics[f"agreement_{field}"] = agreement
    return metrics


def with_confidences(labels: pa.Table, accuracy: Confidences) -> pa.Table:
    """Return the labels with each field's measured accuracy as its confidence.

    The same for every prompt, since what a model says of its own certainty means nothing; null
    where nobody has measured it, and where there is no label.
    """
    is_valid = pc.not_equal(labels["parse_status"], "failed")
    for field, value in accuracy.model_dump().items():
        name = f"{field}_confidence"
        known = pc.if_else(is_valid, pa.scalar(value, pa.float64()), pa.scalar(None, pa.float64()))
        labels = labels.set_column(labels.schema.get_field_index(name), name, known)
    return labels


def failure_sample(failures: pa.Table, texts: Mapping[str, str]) -> str:
    """Return failed prompts as JSON lines: id, prompt, what was wrong, attempts.

    Args:
        failures: As `ResultStore.failures` returns them.
        texts: By prompt id; other prompts' failures are left out.
    """
    lines = [
        json.dumps(
            {
                "prompt_id": row["content_id"],
                "prompt_text": texts[row["content_id"]],
                "error": row["error"],
                "attempts": row["attempts"],
            },
            ensure_ascii=False,
        )
        for row in failures.to_pylist()
        if row["content_id"] in texts
    ]
    return "\n".join(lines[:MOST_FAILURES])
