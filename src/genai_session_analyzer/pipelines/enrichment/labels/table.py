"""Stored label records as rows of `ftr_prompt_labels`."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import json as arrow_json

from genai_session_analyzer.model_results import Configuration
from genai_session_analyzer.pipelines.enrichment.labels.prompt_label import (
    LABEL_FIELDS,
    LabelRecord,
)

_VALUE_TYPES = {"complexity_score": pa.int32(), "has_nsfw_intent": pa.bool_()}
_TYPE_OF = {field: _VALUE_TYPES.get(field, pa.string()) for field in LABEL_FIELDS}
_SOURCES = ("labeler", "model", "revision", "prompt_version", "parse_status")
_RECORD = pa.schema(
    [
        ("label", pa.struct(list(_TYPE_OF.items()))),
        ("confidences", pa.struct([(field, pa.float64()) for field in LABEL_FIELDS])),
        *((name, pa.string()) for name in _SOURCES),
    ]
)
LABEL_ROWS = pa.schema(
    [
        ("prompt_id", pa.string()),
        *(
            column
            for field in LABEL_FIELDS
            for column in ((field, _TYPE_OF[field]), (f"{field}_confidence", pa.float64()))
        ),
        ("labeler", pa.string()),
        ("model", pa.string()),
        ("revision", pa.string()),
        ("prompt_version", pa.string()),
        ("content_id", pa.string()),
        ("parse_status", pa.string()),
        ("mlflow_run_id", pa.string()),
    ]
)
"""Columns of `ftr_prompt_labels`."""


@dataclass(frozen=True)
class LabelOrigin:
    """Where labels come from; a stored failure has nothing but this and its prompt."""

    labeler: str
    model: str
    revision: str
    prompt_version: str

    def failed_record(self) -> LabelRecord:
        """Return the record of a prompt that this labeler could not label."""
        return LabelRecord(
            label=None,
            labeler=self.labeler,
            model=self.model,
            revision=self.revision,
            prompt_version=self.prompt_version,
            parse_status="failed",
        )


def label_table(
    results: Iterable[pa.RecordBatch],
    configuration: Configuration,
    origin: LabelOrigin,
    prompt_ids: pa.Array,
) -> pa.Table:
    """Return the label rows of the prompts that are asked for.

    Args:
        results: As `ResultStore.read` yields them for that configuration; an item is a prompt.
        configuration: What the results depend on; with the prompt it makes `content_id`.
        origin: What failed rows say of themselves.
        prompt_ids: Strings; other prompts' results are left out.

    Returns:
        One row per prompt that has a result or a failure, key prompt_id, columns of `LABEL_ROWS`;
        the label is null where parse_status is failed.
    """
    failure = origin.failed_record().to_payload()
    batches = []
    for batch in results:
        kept = batch.filter(pc.is_in(batch["content_id"], value_set=prompt_ids))
        if kept.num_rows:
            batches.append(_rows(kept, configuration, failure))
    return pa.Table.from_batches(batches, schema=LABEL_ROWS)


def content_id(configuration: Configuration, prompt_id: str) -> str:
    """Return what identifies one result: SHA-256 over its configuration's digest and the prompt."""
    return hashlib.sha256(f"{configuration.digest}\n{prompt_id}".encode()).hexdigest()


def _rows(results: pa.RecordBatch, configuration: Configuration, failure: bytes) -> pa.RecordBatch:
    records = _records(pc.fill_null(results["payload"], failure))
    prompt_ids = results["content_id"]
    columns = {name: records[name] for name in _SOURCES} | {
        "prompt_id": prompt_ids,
        "content_id": pa.array(content_id(configuration, each.as_py()) for each in prompt_ids),
        "mlflow_run_id": results["run_id"],
    }
    for field in LABEL_FIELDS:
        columns[field] = pc.struct_field(records["label"], field)
        columns[f"{field}_confidence"] = pc.struct_field(records["confidences"], field)
    return pa.RecordBatch.from_arrays(
        [columns[name] for name in LABEL_ROWS.names], schema=LABEL_ROWS
    )


def _records(payloads: pa.Array) -> pa.RecordBatch:
    """All payloads parsed at once: each is one line of JSON."""
    lines = b"\n".join(payloads.to_pylist())
    options = arrow_json.ParseOptions(explicit_schema=_RECORD, unexpected_field_behavior="error")
    reading = arrow_json.ReadOptions(use_threads=False, block_size=max(len(lines) + 1, 1 << 20))
    parsed = arrow_json.read_json(BytesIO(lines), reading, options)
    return parsed.combine_chunks().to_batches()[0]
