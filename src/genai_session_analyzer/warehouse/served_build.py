"""Choosing the build to read: the one CURRENT names, or the newest whole one before it."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from genai_session_analyzer.errors import NoBuildError
from genai_session_analyzer.warehouse.builds import (
    Build,
    find_damage,
    list_builds,
    parse_pointer,
    read_pointer,
)
from genai_session_analyzer.warehouse.open_build import OpenBuild
from genai_session_analyzer.warehouse.reader_settings import ReaderSettings


@dataclass(frozen=True)
class ServedBuild:
    """An open build, the bytes of CURRENT that led to it, and what went wrong on the way."""

    pointer: bytes
    opened: OpenBuild
    problems: tuple[str, ...]

    @property
    def notice(self) -> str | None:
        """One sentence for the user where this is not the build that CURRENT names, else None."""
        if not self.problems:
            return None
        return (
            f"You see build {self.opened.build.id} because {' and '.join(self.problems)}; "
            "run `make run` to publish a new one."
        )


def open_served_build(
    root: Path, settings: ReaderSettings, checked_sha256: str | None = None
) -> ServedBuild:
    """Open the current build, or the newest earlier one whose file is whole.

    Every file is read to its end before it is opened, but one with the SHA-256 that this process
    has itself just found (`checked_sha256`). Where CURRENT moves meanwhile (a build that
    has just been pruned looks missing), the choice starts again.

    Raises:
        NoBuildError: nothing has been published, or no whole build is left.
    """
    while True:
        pointer = read_pointer(root)
        opened, problems = _open_first_whole(root, pointer, settings, checked_sha256)
        if problems and read_pointer(root) != pointer:
            continue
        if opened is None:
            message = f"No build in {root} can be read: {', '.join(problems)}. Run `make run`."
            raise NoBuildError(message)
        return ServedBuild(pointer, opened, problems)


def _open_first_whole(
    root: Path, pointer: bytes, settings: ReaderSettings, checked_sha256: str | None
) -> tuple[OpenBuild | None, tuple[str, ...]]:
    candidates, problems = _candidates(root, pointer)
    for build in candidates:
        damage = None if build.sha256 == checked_sha256 else find_damage(build)
        if damage is None:
            try:
                return OpenBuild(build, settings), tuple(problems)
            except duckdb.IOException as problem:
                damage = f"cannot be opened ({problem})"
        problems.append(f"build {build.id} {damage}")
    return None, tuple(problems)


def _candidates(root: Path, pointer: bytes) -> tuple[list[Build], list[str]]:
    builds = list_builds(root)
    try:
        current = parse_pointer(root, pointer)
    except NoBuildError:
        return builds[::-1], ["CURRENT is damaged"]
    earlier = [build for build in builds if build.id < current.id]
    return [current, *reversed(earlier)], []
