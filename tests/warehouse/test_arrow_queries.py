"""Statements over Arrow tables in memory: right, by threads at once, and unable to reach a file."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from genai_session_analyzer.warehouse.arrow_queries import query_arrow


def test_statements_see_the_table_by_its_name() -> None:
    rows = pa.table({"kind": ["a", "b", "a"], "n": [1, 2, 4]})
    asked = ("SELECT sum(n) AS n FROM seen", "SELECT kind, sum(n) AS n FROM seen GROUP BY ALL")
    together, by_kind = query_arrow("seen", rows, *asked)
    assert together.to_pylist() == [{"n": 7}]
    assert {row["kind"]: row["n"] for row in by_kind.to_pylist()} == {"a": 5, "b": 2}


def test_threads_see_only_their_own_rows() -> None:
    def total(count: int) -> int:
        rows = pa.table({"n": list(range(count))})
        return int(query_arrow("seen", rows, "SELECT count(*) AS n FROM seen")[0]["n"][0].as_py())

    counts = [1 + number * 37 % 500 for number in range(200)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(total, counts)) == counts


def test_the_table_is_forgotten_even_after_a_mistake() -> None:
    with pytest.raises(duckdb.BinderException):
        query_arrow("once", pa.table({"n": [1]}), "SELECT nothing FROM once")
    with pytest.raises(duckdb.CatalogException):
        query_arrow("other", pa.table({"n": [1]}), "SELECT * FROM once")


def test_no_file_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "secret.csv"
    file.write_text("n\n1\n", encoding="utf-8")
    with pytest.raises(duckdb.PermissionException):
        query_arrow("seen", pa.table({"n": [1]}), f"SELECT * FROM '{file}'")  # noqa: S608
    with pytest.raises(duckdb.InvalidInputException):
        query_arrow("seen", pa.table({"n": [1]}), "SET enable_external_access = true")
