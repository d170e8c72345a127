"""Our Kedro datasets: a view over parquet parts, a table from a stream of Arrow batches."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from kedro.io import DatasetError

from genai_session_analyzer.datasets.arrow_table import ArrowTableDataset
from genai_session_analyzer.datasets.parquet_view import ParquetViewDataset


@pytest.fixture
def connection(tmp_path):
    return {"backend": "duckdb", "database": str(tmp_path / "warehouse.duckdb")}


def part(path, *numbers):
    pq.write_table(pa.table({"number": list(numbers)}), path)
    return str(path)


def numbers_of(dataset):
    return sorted(dataset.load().to_pyarrow()["number"].to_pylist())


def test_the_view_covers_all_parts_and_follows_the_next_save(tmp_path, connection):
    view = ParquetViewDataset(view_name="raw", connection=connection)
    first, second = part(tmp_path / "it's 1.parquet", 1, 2), part(tmp_path / "2.parquet", 3)
    view.save([first, second])
    assert numbers_of(view) == [1, 2, 3]
    view.save([second])
    assert numbers_of(view) == [3]


def test_a_missing_part_is_an_error_and_the_old_view_stays(tmp_path, connection):
    view = ParquetViewDataset(view_name="raw", connection=connection)
    view.save([part(tmp_path / "1.parquet", 1)])
    with pytest.raises(DatasetError, match=r"gone\.parquet"):
        view.save([str(tmp_path / "gone.parquet")])
    assert numbers_of(view) == [1]


def stream(*batches):
    schema = pa.schema({"number": pa.int64()})
    made = (pa.record_batch([pa.array(batch)], schema=schema) for batch in batches)
    return pa.RecordBatchReader.from_batches(schema, made)


def test_a_stream_becomes_a_table(connection):
    table = ArrowTableDataset(table_name="numbers", connection=connection)
    table.save(stream([1, 2], [3]))
    assert numbers_of(table) == [1, 2, 3]
    table.save(stream([9]))
    assert numbers_of(table) == [9]


def test_a_stream_that_breaks_leaves_the_old_table(connection):
    table = ArrowTableDataset(table_name="numbers", connection=connection)
    table.save(stream([1]))

    def broken():
        yield pa.record_batch([pa.array([2])], names=["number"])
        raise ValueError("the source broke")

    reader = pa.RecordBatchReader.from_batches(pa.schema({"number": pa.int64()}), broken())
    with pytest.raises(DatasetError):
        table.save(reader)
    assert numbers_of(table) == [1]
