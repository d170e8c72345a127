"""Two labelers' words made one row per prompt."""

from collections.abc import Mapping

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from genai_session_analyzer.pipelines.enrichment.labels.llm_parameters import (
    LabelField,
    LanguageModelLabelParameters,
)
from genai_session_analyzer.pipelines.enrichment.labels.prompt_label import LABEL_FIELDS
from genai_session_analyzer.pipelines.enrichment.labels.table import LABEL_ROWS

_ORIGIN = ("model", "revision", "prompt_version", "content_id", "parse_status", "mlflow_run_id")
_SECOND = "_second"


def merge_labels(
    first_labels: ir.Table,
    language_model_labels: ir.Table,
    language_model_labeling: LanguageModelLabelParameters,
) -> pa.Table:
    """One row per prompt of labeler 1 (key `prompt_id`): ftr_prompt_labels.

    Where the language model gave a valid label, each field is its word, unless labeler 1's
    confidence in that field reaches `keep_first_from`: explicit words of the prompt win. Such a row
    names both labelers ("lexicon+language_model") and the language model's model, revision, prompt
    version, content id and run; labeler 1's labels are kept in its own table. All other rows are
    labeler 1's, those of failed replies among them.

    Args:
        first_labels: Labeler 1's, one row per prompt, columns of `LABEL_ROWS`.
        language_model_labels: The language model's, the same columns; any subset of the prompts.
        language_model_labeling: Its `keep_first_from` decides.
    """
    valid = language_model_labels.filter(language_model_labels.parse_status != "failed")
    both = first_labels.left_join(valid, "prompt_id", rname=f"{{name}}{_SECOND}")
    has_second = both[f"parse_status{_SECOND}"].notnull()
    columns = dict(_fields(both, has_second, language_model_labeling.keep_first_from))
    names = both.labeler.concat("+", both[f"labeler{_SECOND}"])
    columns["labeler"] = ibis.ifelse(has_second, names, both.labeler)
    for name in _ORIGIN:
        columns[name] = ibis.ifelse(has_second, both[f"{name}{_SECOND}"], both[name])
    merged = both.select(prompt_id=both.prompt_id, **columns).order_by("prompt_id")
    return merged.to_pyarrow().select(LABEL_ROWS.names).cast(LABEL_ROWS)


def _fields(
    both: ir.Table, has_second: ir.BooleanValue, keep_first_from: Mapping[LabelField, float]
) -> dict[str, ir.Value]:
    """Each field and its confidence, from whichever labeler's word counts."""
    columns: dict[str, ir.Value] = {}
    kept_from = {str(field): confidence for field, confidence in keep_first_from.items()}
    for field in LABEL_FIELDS:
        is_second = has_second
        if field in kept_from:
            sure = both[f"{field}_confidence"].fill_null(0.0) >= kept_from[field]
            is_second = has_second & ~(sure & both[field].notnull())
        for name in (field, f"{field}_confidence"):
            columns[name] = ibis.ifelse(is_second, both[f"{name}{_SECOND}"], both[name])
    return columns
