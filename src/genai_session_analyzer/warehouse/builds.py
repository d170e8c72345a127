"""What a build is, where it lies, and which one is served."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from genai_session_analyzer.errors import NoBuildError
from genai_session_analyzer.warehouse.fingerprint import sha256_of

BUILD_ID_PATTERN = r"^\d{8}T\d{12}Z$"
_BUILD_ID_FORMAT = "%Y%m%dT%H%M%S%fZ"

BuildId = Annotated[str, Field(pattern=BUILD_ID_PATTERN)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
RowCounts = Mapping[str, Annotated[int, Field(ge=0)]]


class _Facts(BaseModel):
    """What CURRENT and build.json hold."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    build: BuildId
    sha256: Sha256
    rows: RowCounts


class Build(BaseModel):
    """One published build: its id, its file, the file's SHA-256 and the rows of each table."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: BuildId
    path: Path
    sha256: Sha256
    rows: RowCounts

    def to_json(self) -> bytes:
        """Return what CURRENT and build.json hold: build, sha256, rows (a count per table)."""
        facts = _Facts(build=self.id, sha256=self.sha256, rows=self.rows)
        return facts.model_dump_json(indent=2).encode() + b"\n"


def new_build_id(now: datetime, root: Path | None = None) -> str:
    """Return an id whose text order is time order, such as `20260131T142530123456Z`.

    Args:
        now: the moment, with a time zone.
        root: a published root; the id is then later than all of its builds, even where the clock
            has been set back.

    Raises:
        ValueError: `now` has no time zone.
    """
    if now.tzinfo is None:
        message = f"{now} has no time zone; pass datetime.now(UTC)."
        raise ValueError(message)
    wanted = now.astimezone(UTC).strftime(_BUILD_ID_FORMAT)
    latest = max(build_names(root), default="") if root else ""
    if wanted > latest:
        return wanted
    next_moment = datetime.strptime(latest, _BUILD_ID_FORMAT) + timedelta(microseconds=1)
    return next_moment.strftime(_BUILD_ID_FORMAT)


def builds_directory(root: Path) -> Path:
    """Return the folder that holds one folder per build."""
    return root / "builds"


def build_file(root: Path, build_id: str) -> Path:
    """Return a build's database file; its stem is fixed, for DuckDB names the catalog by it."""
    return builds_directory(root) / build_id / "warehouse.duckdb"


def build_names(root: Path) -> list[str]:
    """Return the ids of all build folders, oldest first, whether or not they can be read."""
    directory = builds_directory(root)
    if not directory.is_dir():
        return []
    return sorted(
        entry.name for entry in directory.iterdir() if re.match(BUILD_ID_PATTERN, entry.name)
    )


def list_builds(root: Path) -> list[Build]:
    """Return the builds under `root`, oldest first; folders without a readable build.json are not.

    The files themselves are not read: `find_damage` does that.
    """
    parsed = [_parse_manifest(root, name) for name in build_names(root)]
    return [build for build in parsed if build is not None]


def read_pointer(root: Path) -> bytes:
    """Return the bytes of CURRENT.

    Raises:
        NoBuildError: there is none, or it cannot be read.
    """
    try:
        return (root / "CURRENT").read_bytes()
    except FileNotFoundError as problem:
        message = f"Nothing has been published in {root} yet. Run `make run`."
        raise NoBuildError(message) from problem
    except OSError as problem:
        message = f"{root / 'CURRENT'} cannot be read: {problem}. Run `make run`."
        raise NoBuildError(message) from problem


def parse_pointer(root: Path, content: bytes) -> Build:
    """Return the build that CURRENT's content names.

    Raises:
        NoBuildError: the content is not what publishing writes.
    """
    build = _parse(root, content)
    if build is None:
        message = (
            f"{root / 'CURRENT'} is damaged. Run `gsa rollback` to serve the newest whole build, "
            "or `make run` to publish a new one."
        )
        raise NoBuildError(message)
    return build


def current_build(root: Path) -> Build:
    """Return the build that CURRENT names; its file is not read.

    Raises:
        NoBuildError: nothing has been published, or CURRENT is damaged.
    """
    return parse_pointer(root, read_pointer(root))


def find_damage(build: Build) -> str | None:
    """Return what is wrong with a build's file, as half a sentence, or None where it is whole.

    A `.wal` beside the file counts: somebody opened the build for writing, and DuckDB would replay
    it into what readers see.
    """
    if not build.path.is_file():
        return "is missing"
    if build.path.with_name(build.path.name + ".wal").exists():
        return "was opened for writing (a .wal file lies beside it)"
    try:
        found = sha256_of(build.path)
    except OSError as problem:
        return f"cannot be read ({problem})"
    return None if found == build.sha256 else "is damaged (its SHA-256 is not the published one)"


def _parse(root: Path, content: bytes) -> Build | None:
    try:
        facts = _Facts.model_validate_json(content)
    except ValidationError:
        return None
    path = build_file(root, facts.build)
    return Build(id=facts.build, path=path, sha256=facts.sha256, rows=facts.rows)


def _parse_manifest(root: Path, name: str) -> Build | None:
    try:
        content = (builds_directory(root) / name / "build.json").read_bytes()
    except OSError:
        return None
    build = _parse(root, content)
    return build if build is not None and build.id == name else None
