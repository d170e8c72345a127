import csv
import gzip
import hashlib
import io
import json
import random
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from bad_files import BAD_FILES, ODD_FILES, PAGES, SMALL, Case, parquet_bytes, parquet_with
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.ingestion.files.limits import CsvDialect, GateLimits
from genai_session_analyzer.pipelines.ingestion.files.readers import (
    SourceRows,
    drop_source_rows,
    read_source_file,
)

Read = tuple[SourceRows, dict[int, tuple[object, ...]], dict[int, list[str]]]


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(config={"threads": "1"}) as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("files")


def read(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    limits: GateLimits = SMALL,
    dialect: CsvDialect | None = None,
) -> Read:
    """Read a file; return what it is, its rows by number and its reasons by number."""
    source = read_source_file(connection, path, limits=limits, dialect=dialect or CsvDialect())
    rows = {row[0]: row[1:] for row in connection.table(source.rows).fetchall()}
    broken = {number: reasons for number, reasons, _ in connection.table(source.broken).fetchall()}
    drop_source_rows(connection, source)
    return source, rows, broken


def tables_left(connection: duckdb.DuckDBPyConnection) -> list[object]:
    names = "SELECT table_name FROM duckdb_tables() UNION SELECT view_name FROM duckdb_views()"
    return connection.execute(f"FROM ({names}) WHERE table_name LIKE 'source_%'").fetchall()


@pytest.mark.parametrize("bad", BAD_FILES, ids=str)
def test_a_bad_file_gives_one_line_and_leaves_nothing(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, bad: Case
) -> None:
    path = tmp_path / bad.name
    path.write_bytes(bad.data)
    with pytest.raises(SourceError) as error:
        read(connection, path)
    told = str(error.value)
    assert told.startswith(f"{path}: ")
    assert bad.error in told
    assert "\n" not in told
    assert told.endswith(".")
    assert tables_left(connection) == []


@pytest.mark.parametrize("odd", ODD_FILES, ids=str)
@pytest.mark.parametrize("chunk_bytes", [16_777_216, 7])
def test_an_odd_file_gives_its_rows_and_its_broken_records(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, odd: Case, chunk_bytes: int
) -> None:
    path = tmp_path / odd.name
    path.write_bytes(odd.data)
    limits = SMALL.model_copy(update={"chunk_bytes": chunk_bytes})
    source, rows, broken = read(connection, path, limits, odd.dialect)
    assert rows == odd.rows
    assert broken == odd.broken
    assert source.row_count == len(odd.rows) + len(odd.broken)
    assert source.sha256 == hashlib.sha256(odd.data).hexdigest()


def test_the_manifest_is_long_enough() -> None:
    assert len(BAD_FILES) + len(ODD_FILES) >= 80


@pytest.mark.parametrize(
    ("name", "data", "shown"),
    [
        ("f.csv", b"a,b\n\xff\x00,caf\xe9\n1,2\n", {"raw": "\\xFF\\x00,caf\\xE9"}),
        ("f.csv", "a,b\né🐈\n1,2\n".encode(), {"raw": "é🐈"}),
        ("f.jsonl", b'{"a":1}\n{"a":"\x07"\n', {"raw": '{"a":"\x07"'}),
        ("f.parquet", parquet_with(b"\xff"), {"id": 2, "prompt": "\\xFF"}),
    ],
)
def test_a_broken_record_is_shown_as_json(
    connection: duckdb.DuckDBPyConnection,
    tmp_path: Path,
    name: str,
    data: bytes,
    shown: dict[str, object],
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    source = read_source_file(connection, path, limits=SMALL, dialect=CsvDialect())
    found = connection.table(source.broken).project("row_json").fetchall()
    drop_source_rows(connection, source)
    assert [json.loads(row_json) for (row_json,) in found] == [shown]


def test_parquet_keeps_its_types_and_reads_a_name_with_glob_characters(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    folder = tmp_path / "day=1"
    folder.mkdir()
    path = folder / "[a]*?.parquet"
    path.write_bytes(parquet_bytes(pa.table({"n": [1, 2], "x": [0.5, None], "t": ["a", "b"]})))
    source = read_source_file(connection, path, limits=SMALL, dialect=CsvDialect())
    rows = connection.table(source.rows)
    assert source.columns == ("n", "x", "t")
    assert rows.columns == ["source_row", "n", "x", "t"]
    assert [str(each) for each in rows.types] == ["BIGINT", "BIGINT", "DOUBLE", "VARCHAR"]
    drop_source_rows(connection, source)


def test_two_files_of_the_same_bytes_do_not_share_tables(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    sources = []
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_bytes(b"a\n1\n")
        sources.append(
            read_source_file(connection, tmp_path / name, limits=SMALL, dialect=CsvDialect())
        )
    assert sources[0].sha256 == sources[1].sha256
    assert sources[0].rows != sources[1].rows
    for source in sources:
        drop_source_rows(connection, source)


def test_progress_covers_both_passes(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(b"a,b\n" + b"1,2\n" * 100)
    seen: list[tuple[int, int]] = []
    source = read_source_file(
        connection,
        path,
        limits=GateLimits(chunk_bytes=50),
        dialect=CsvDialect(),
        on_progress=lambda done, total: seen.append((done, total)),
    )
    drop_source_rows(connection, source)
    assert seen == sorted(seen)
    assert seen[-1] == (808, 808)
    assert len(seen) > 16


def prompts(count: int) -> Iterator[dict[str, object]]:
    chance = random.Random(7)  # noqa: S311
    words = [
        "cat",
        "a, b",
        'the "best"',
        "8k\n",
        "猫",
        "🐈‍⬛",
        "لوحة",
        "{[",
        "\\",
        "\r\n",
        "'",
        "\t",
    ]
    for number in range(count):
        yield {
            "id": number,
            "prompt": " ".join(chance.choices(words, k=chance.randint(0, 12))),
            "latency": chance.choice([None, 1.5, 10**20, -3]),
            "ok": chance.choice([True, False, None]),
            "sizes": {"w": chance.randint(1, 9), "tags": chance.sample(words, 2)},
        }


def test_100_000_csv_records_equal_what_the_csv_module_reads(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = tmp_path / "f.csv.gz"
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, ["id", "prompt", "latency", "ok", "sizes"])
    writer.writeheader()
    writer.writerows(prompts(100_000))
    path.write_bytes(gzip.compress(text.getvalue().encode(), 1))
    limits = GateLimits(chunk_bytes=1_000_003)
    _, rows, broken = read(connection, path, limits)
    text.seek(0)
    expected = list(csv.reader(text))[1:]
    assert not broken
    assert list(rows) == list(range(1, 100_001))
    assert [[value or "" for value in row] for row in rows.values()] == expected


def test_100_000_json_lines_equal_what_the_json_module_reads(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    path = tmp_path / "f.jsonl"
    lines = [json.dumps(each, ensure_ascii=n % 2 == 0) for n, each in enumerate(prompts(100_000))]
    path.write_text("\n".join(lines))
    source, rows, broken = read(connection, path, GateLimits(chunk_bytes=1_000_003))
    assert not broken
    assert source.columns == ("id", "prompt", "latency", "ok", "sizes")
    assert len(rows) == 100_000
    for number, (*_, nested) in rows.items():
        assert json.loads(str(nested)) == json.loads(lines[number - 1])["sizes"]
    for at, name in enumerate(source.columns[:4]):
        expected = [json.loads(line)[name] for line in lines]
        told = [str(value).lower() if isinstance(value, bool) else value for value in expected]
        read_back = [row[at] for row in rows.values()]
        assert read_back == [None if value is None else str(value) for value in told]


MUTATED = {
    "m.csv": b'a,b,c\n1,"x, y",z\n2,"q ""r""\ns",\n3,\xf0\x9f\x90\x88,t\n' * 2,
    "m.jsonl": b'{"a":1,"b":"x \\" y"}\n{"a":[{"c":"\xf0\x9f\x90\x88"}],"d":null}\n{"a":1e9}\n' * 2,
    "m.csv.gz": gzip.compress(b'a,b\n1,x\n2,"y\nz"\n' * 9),
    "m.parquet": PAGES,
    "m2.parquet": parquet_with(b"x"),
}
BYTES = st.one_of(
    st.binary(max_size=3), st.sampled_from([b'"', b",", b"\n", b"\r", b"\0", b"\xff"])
)
CHANGES = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3), BYTES), min_size=1, max_size=4)


def mutated(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for place, removed, inserted in changes:
        at = int(place * len(data))
        data = data[:at] + inserted + data[at + removed :]
    return data


@pytest.mark.parametrize("name", MUTATED)
@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(changes=CHANGES, chunk_bytes=st.sampled_from([5, 64, 16_777_216]))
@example(changes=[(0.5, 1, b'"')], chunk_bytes=5)
def test_a_mutated_file_is_read_or_refused(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    name: str,
    changes: list[tuple[float, int, bytes]],
    chunk_bytes: int,
) -> None:
    path = folder / name
    path.write_bytes(mutated(MUTATED[name], changes))
    limits = SMALL.model_copy(update={"chunk_bytes": chunk_bytes})
    try:
        source, rows, broken = read(connection, path, limits)
    except SourceError:
        assert tables_left(connection) == []
        return
    assert source.row_count == len(rows) + len(broken)
    assert sorted([*rows, *broken]) == list(range(1, source.row_count + 1))
    assert all(broken.values())
    whole, *others = read(connection, path, SMALL)
    assert (whole.columns, *others) == (source.columns, rows, broken)


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=8)


@settings(
    max_examples=100,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(values=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
def test_what_the_csv_module_writes_is_read_back(
    connection: duckdb.DuckDBPyConnection, folder: Path, values: list[tuple[str, str]]
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([("a", "b"), *values])
    path = folder / "written.csv"
    path.write_text(text.getvalue(), newline="")
    _, rows, broken = read(connection, path)
    assert not broken
    assert [(a or "", b or "") for a, b in rows.values()] == values


@pytest.mark.parametrize("start", range(8))
def test_bytes_are_told_from_text_as_python_tells_them(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path, start: int
) -> None:
    chance = random.Random(start)  # noqa: S311
    edges = bytes.fromhex("41 80 8f 90 9f a0 bf c0 c2 df e0 ed ef f0 f4 f5 ff")
    lines = [bytes(chance.choices(edges, k=4)) for _ in range(4_000)]
    path = tmp_path / "f.csv"
    path.write_bytes(b"\n".join([b"a", *lines]))
    _, rows, broken = read(connection, path)
    for number, line in enumerate(lines, start=1):
        try:
            text = line.decode()
        except UnicodeDecodeError:
            assert broken[number] == ["invalid_utf8"]
        else:
            assert rows[number] == (text,)
