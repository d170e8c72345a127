"""Small builds for worker processes, and what the system knows of those processes."""

import os
import subprocess
from pathlib import Path

import duckdb

from genai_session_analyzer.warehouse.builds import Build

NUMBER_OF_ROWS = 20


def write_numbers(folder: Path, version: int) -> Build:
    """A build with one table `numbers` of 20 rows, each with the version."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "warehouse.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute(
            f"CREATE TABLE numbers AS SELECT range AS n, n / 3 AS third, {version} AS version"  # noqa: S608
            f" FROM range({NUMBER_OF_ROWS})"
        )
    path.chmod(0o444)
    name = f"2026010{version}T000000000000Z"
    return Build(id=name, path=path, sha256="0" * 64, rows={"numbers": NUMBER_OF_ROWS})


def is_alive(process_id: int) -> bool:
    """Whether the process runs: neither gone nor a zombie."""
    command = ["ps", "-o", "stat=", "-p", str(process_id)]
    state = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    return bool(state) and not state.startswith("Z")


def children() -> list[str]:
    """The processes that this one has started, zombies included: id and state."""
    command = ["ps", "-o", "pid=,stat=,comm=", "--ppid", str(os.getpid())]
    lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
    return [line for line in lines if not line.strip().endswith("ps")]


def open_files() -> int:
    """How many files and pipes this process has open."""
    return len(list(Path("/dev/fd").iterdir()))
