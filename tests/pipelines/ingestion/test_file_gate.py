import hashlib
import os
from pathlib import Path

import pytest

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.ingestion.files.discovery import find_source_files
from genai_session_analyzer.pipelines.ingestion.files.formats import FileFormat, FileKind
from genai_session_analyzer.pipelines.ingestion.files.gate import check_file, require_unchanged
from genai_session_analyzer.pipelines.ingestion.files.limits import CsvDialect, GateLimits


@pytest.fixture
def log(tmp_path: Path) -> Path:
    path = tmp_path / "log.csv"
    path.write_bytes(b"a,b\n1,2\n")
    return path


def test_a_sound_file_is_described_by_its_bytes(log: Path) -> None:
    seen: list[int] = []
    checked = check_file(log, GateLimits(chunk_bytes=3), seen.append)
    assert checked.sha256 == hashlib.sha256(b"a,b\n1,2\n").hexdigest()
    assert checked.byte_count == 8
    assert checked.format == FileFormat(FileKind.CSV, is_gzip=False)
    assert seen[-1] == 8
    assert seen == sorted(seen)


def test_links_are_followed(log: Path) -> None:
    link = log.with_name("link.csv")
    link.symlink_to(log)
    assert check_file(link, GateLimits()).real_path == log.resolve()


@pytest.mark.parametrize("kind", ["missing", "folder", "fifo", "device", "dangling", "loop"])
def test_what_is_no_regular_file_is_refused_without_opening_it(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.csv"
    if kind == "folder":
        path.mkdir()
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "dangling":
        path.symlink_to(tmp_path / "nowhere.csv")
    elif kind == "loop":
        path.symlink_to(path)
    with pytest.raises(SourceError, match=r"x\.csv: (not a regular file|cannot be read)") as error:
        check_file(path, GateLimits())
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("change", ["append", "replace", "remove"])
def test_a_file_that_changes_after_the_gate_is_noticed(log: Path, change: str) -> None:
    checked = check_file(log, GateLimits())
    require_unchanged(checked)
    if change == "append":
        log.write_bytes(log.read_bytes() + b"3,4\n")
    elif change == "replace":
        other = log.with_name("other")
        other.write_bytes(log.read_bytes())
        other.replace(log)
    else:
        log.unlink()
    with pytest.raises(SourceError, match="changed while it was being read"):
        require_unchanged(checked)


def test_a_name_with_a_line_break_stays_on_one_line(tmp_path: Path) -> None:
    path = tmp_path / "a\nb.csv"
    path.write_bytes(b"")
    with pytest.raises(SourceError, match=r"a\\nb\.csv: the file is empty") as error:
        check_file(path, GateLimits())
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "wrong", [{"delimiter": '"'}, {"delimiter": ""}, {"quote": "é"}, {"delimiter": "\n"}]
)
def test_a_dialect_in_which_characters_clash_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="CsvDialect"):
        CsvDialect(**wrong)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "below").mkdir()
    names = [
        "b.jsonl.gz",
        "a.csv",
        "c.PARQUET",
        "notes.txt",
        ".hidden.csv",
        "below/d.csv",
        "[1].csv",
    ]
    for name in names:
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("a.csv", ["a.csv"]),
        ("", ["[1].csv", "a.csv", "b.jsonl.gz", "c.PARQUET"]),
        ("*", ["[1].csv", "a.csv", "b.jsonl.gz", "c.PARQUET"]),
        ("**/*.csv", ["[1].csv", "a.csv", "d.csv"]),
        ("[1].csv", ["[1].csv"]),
        ("[ab].*", ["a.csv", "b.jsonl.gz"]),
    ],
)
def test_a_file_a_folder_and_a_glob_name_files(folder: Path, asked: str, found: list[str]) -> None:
    assert sorted(path.name for path in find_source_files(f"{folder}/{asked}")) == found


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("nowhere.csv", "no such file or folder"),
        ("*.tsv", "no file matches"),
        ("notes.txt", "only .txt"),
        ("n*", "only .txt"),
    ],
)
def test_what_names_no_readable_file_says_what_would(folder: Path, asked: str, told: str) -> None:
    with pytest.raises(SourceError, match=told):
        find_source_files(f"{folder}/{asked}")


def test_an_address_is_no_file() -> None:
    with pytest.raises(SourceError, match="only local files"):
        find_source_files("https://example.org/log.csv")
