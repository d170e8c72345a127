"""Encoding in batches: by hand, and on Spark's workers."""

import shutil
from importlib.util import find_spec

import numpy as np
import pyarrow as pa
import pytest

from genai_session_analyzer.embedding import HashEncoder
from genai_session_analyzer.embedding.spark_batches import (
    EMBEDDED,
    embed_on_spark,
    embedded_batches,
)

ENCODER = HashEncoder(dimension=16, revision="7")
PROMPTS = [(f"p{number}", f"a lake, number {number} 🎨") for number in range(1000)]


def test_each_batch_keeps_its_rows_in_order():
    batches = [
        pa.RecordBatch.from_pydict({"prompt_id": ["a", "b"], "prompt_text": ["one", "two"]}),
        pa.RecordBatch.from_pydict({"prompt_id": ["c"], "prompt_text": ["three"]}),
    ]
    rows = pa.Table.from_batches(embedded_batches(batches, ENCODER), EMBEDDED).to_pylist()
    assert [row["prompt_id"] for row in rows] == ["a", "b", "c"]
    assert {(row["model"], row["revision"]) for row in rows} == {("hash", "7")}
    assert np.array_equal(
        [row["embedding"] for row in rows], ENCODER.encode(["one", "two", "three"])
    )


def test_an_empty_batch_is_an_empty_batch():
    empty = pa.RecordBatch.from_pydict({"prompt_id": [], "prompt_text": []})
    (batch,) = embedded_batches([empty], ENCODER)
    assert batch.num_rows == 0
    assert batch.schema == EMBEDDED


@pytest.mark.java
@pytest.mark.skipif(
    find_spec("pyspark") is None or shutil.which("java") is None,
    reason="needs the extra `spark` and Java 17",
)
def test_sparks_workers_give_the_vectors_the_encoder_gives(tmp_path):
    from genai_session_analyzer.datasets.spark_session import (  # noqa: PLC0415
        SparkSettings,
        spark_session,
    )

    settings = SparkSettings(
        root=str(tmp_path),
        options={
            "spark.ui.enabled": "false",
            "spark.sql.execution.arrow.maxRecordsPerBatch": "100",
        },
    )
    session = spark_session(settings)
    prompts = session.createDataFrame(PROMPTS, "prompt_id string, prompt_text string")
    embed_on_spark(prompts.repartition(4), ENCODER).write.parquet(str(tmp_path / "embedded"))
    found = {
        row["prompt_id"]: row
        for row in session.read.parquet(str(tmp_path / "embedded")).toArrow().to_pylist()
    }
    session.stop()
    assert set(found) == {prompt_id for prompt_id, _ in PROMPTS}
    expected = ENCODER.encode([text for _, text in PROMPTS])
    assert np.array_equal([found[prompt_id]["embedding"] for prompt_id, _ in PROMPTS], expected)
    assert {row["revision"] for row in found.values()} == {"7"}
