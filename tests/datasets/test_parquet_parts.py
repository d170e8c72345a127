"""Parquet parts listed for Spark: DuckDB's side of them, and what Spark says without them."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from kedro.io import DatasetError

from genai_session_analyzer.datasets.parquet_parts import (
    ArrowPartDataset,
    ListedPartsDataset,
    SparkPartsDataset,
)

SCHEMA = pa.schema({"number": pa.int64()})


@pytest.fixture
def where(tmp_path):
    return {
        "connection": {"backend": "duckdb", "database": str(tmp_path / "warehouse.duckdb")},
        "list_path": str(tmp_path / "lists" / "raw.json"),
    }


def numbers_of(dataset):
    return sorted(dataset.load().to_pyarrow()["number"].to_pylist())


def listed(where):
    return json.loads(Path(where["list_path"]).read_text(encoding="utf-8"))


def test_parts_are_a_view_and_a_list(tmp_path, where):
    paths = [str(tmp_path / f"{number}.parquet") for number in (1, 2)]
    for number, path in enumerate(paths):
        pq.write_table(pa.table({"number": [number]}), path)
    dataset = ListedPartsDataset(view_name="raw", **where)
    dataset.save(paths)
    assert numbers_of(dataset) == [0, 1]
    assert listed(where) == paths
    dataset.save([])  # a dry run has no parts to give
    assert listed(where) == paths


@pytest.mark.parametrize("rows", [[], [1, 2, 3]])
def test_a_table_or_a_stream_becomes_one_part(where, rows):
    dataset = ArrowPartDataset(view_name="made", **where)
    dataset.save(pa.table({"number": rows}, schema=SCHEMA))
    assert numbers_of(dataset) == rows
    dataset.save(pa.table({"number": [7]}, schema=SCHEMA).to_reader())
    assert numbers_of(dataset) == [7]
    assert len(listed(where)) == 1


def test_a_stream_that_breaks_leaves_the_old_part(where):
    dataset = ArrowPartDataset(view_name="made", **where)
    dataset.save(pa.table({"number": [1]}, schema=SCHEMA))

    def broken():
        yield pa.record_batch([pa.array([2])], schema=SCHEMA)
        raise ValueError("the source broke")

    with pytest.raises(DatasetError):
        dataset.save(pa.RecordBatchReader.from_batches(SCHEMA, broken()))
    assert numbers_of(dataset) == [1]


def test_without_a_list_spark_is_not_even_started(where):
    dataset = SparkPartsDataset(list_path=where["list_path"], spark={"root": "anywhere"})
    with pytest.raises(DatasetError, match="without --pipeline"):
        dataset.load()
