"""Tables that models make: empty until then, typed as declared, replaced as a whole."""

import pyarrow as pa
import pytest

from genai_session_analyzer.datasets.feature_table import FeatureTableDataset
from genai_session_analyzer.errors import UnknownNameError
from genai_session_analyzer.schema import TABLES, TableValidator

NAME = "ftr_prompt_embeddings"


@pytest.fixture
def connection(tmp_path):
    return {"backend": "duckdb", "database": str(tmp_path / "warehouse.duckdb")}


def embeddings(*prompt_ids):
    """Rows as an encoder's step returns them: the vectors as lists of any length."""
    count = len(prompt_ids)
    return pa.table(
        {
            "model": pa.array(["hash"] * count, pa.string()),
            "prompt_id": pa.array(prompt_ids, pa.string()),
            "embedding": pa.array([[0.5] * 384] * count, pa.list_(pa.float32())),
            "revision": pa.array(["1"] * count, pa.string()),
            "mlflow_run_id": pa.array(["run"] * count, pa.string()),
        }
    )


def test_a_table_that_was_never_made_is_empty_and_typed(connection):
    table = FeatureTableDataset(table_name=NAME, connection=connection).load()
    assert table.count().to_pyarrow().as_py() == 0
    TableValidator(NAME).validate(table)


@pytest.mark.parametrize("as_stream", [False, True])
def test_rows_come_back_in_the_declared_columns_and_types(connection, as_stream):
    dataset = FeatureTableDataset(table_name=NAME, connection=connection)
    rows = embeddings("b", "a")
    dataset.save(rows.to_reader() if as_stream else rows)
    table = dataset.load()
    assert tuple(table.columns) == TABLES[NAME].column_names
    assert str(table.schema()["embedding"]) == "array<float32, 384>"
    assert sorted(table.prompt_id.to_pyarrow().to_pylist()) == ["a", "b"]


def test_saving_replaces_all_rows(connection):
    dataset = FeatureTableDataset(table_name=NAME, connection=connection)
    dataset.save(embeddings("a", "b"))
    dataset.save(embeddings("c"))
    assert dataset.load().prompt_id.to_pyarrow().to_pylist() == ["c"]


def test_a_stream_that_breaks_leaves_the_old_rows(connection):
    def broken():
        yield from embeddings("c").to_batches()
        raise OSError("the disk is gone")

    dataset = FeatureTableDataset(table_name=NAME, connection=connection)
    dataset.save(embeddings("a"))
    with pytest.raises(Exception, match="the disk is gone"):
        dataset.save(pa.RecordBatchReader.from_batches(embeddings().schema, broken()))
    assert dataset.load().prompt_id.to_pyarrow().to_pylist() == ["a"]


def test_a_table_of_an_older_shape_is_emptied(connection):
    dataset = FeatureTableDataset(table_name=NAME, connection=connection)
    dataset.connection.raw_sql(f"CREATE TABLE {NAME} AS SELECT 'a' AS prompt_id")
    assert dataset.load().count().to_pyarrow().as_py() == 0
    assert tuple(dataset.load().columns) == TABLES[NAME].column_names


def test_an_undeclared_table_is_refused(connection):
    with pytest.raises(UnknownNameError, match="ftr_prompt_labels"):
        FeatureTableDataset(table_name="ftr_prompt_label", connection=connection)
