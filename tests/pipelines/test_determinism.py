"""The same rows and seed give the same tables, whatever the threads and the order of the rows."""

import ibis
import pytest

from flow import all_tables, corpus_generations


def content(tables):
    """Sorted rows of every table, as text, so that the last bit of a number counts."""
    return {
        name: sorted(map(repr, table.to_pyarrow().to_pylist())) for name, table in tables.items()
    }


@pytest.fixture(scope="module")
def reference(simulation):
    raw = corpus_generations(6_000, 3, backend=ibis.duckdb.connect(threads=1))
    return content(all_tables(raw, simulation))


@pytest.mark.parametrize("threads", [1, 2, 4])
def test_the_number_of_threads_changes_no_table(reference, simulation, threads):
    raw = corpus_generations(6_000, 3, backend=ibis.duckdb.connect(threads=threads))
    assert content(all_tables(raw, simulation)) == reference


def test_the_order_of_the_rows_changes_no_table(reference, simulation):
    backend = ibis.duckdb.connect()
    raw = corpus_generations(6_000, 3, backend=backend)
    backend.raw_sql("CREATE TABLE shuffled AS FROM raw_generations ORDER BY hash(raw_id)")
    backend.create_table("raw_generations", backend.table("shuffled"), overwrite=True)
    assert content(all_tables(backend.table("raw_generations"), simulation)) == reference
    assert raw.count().execute() == 6_000
