"""Serving an earlier build again."""

from pathlib import Path

from genai_session_analyzer.errors import NoBuildError, PublishError, UnknownNameError
from genai_session_analyzer.warehouse.builder_lock import pointer_lock
from genai_session_analyzer.warehouse.builds import (
    Build,
    current_build,
    find_damage,
    list_builds,
    read_pointer,
)
from genai_session_analyzer.warehouse.file_operations import DISK, FileOperations
from genai_session_analyzer.warehouse.pointer import (
    describe_served,
    point_at,
    refuse_foreign_link,
)


def rollback(
    root: Path,
    build_id: str | None = None,
    *,
    link: Path | None = None,
    files: FileOperations = DISK,
) -> Build:
    """Point CURRENT at an earlier build, after reading its file to the last byte.

    Args:
        root: the published root.
        build_id: the build to serve; it may also be a newer one. None: the newest whole build older
            than the current one (the newest whole one of all where CURRENT is damaged).
        link: the link to move along, for example `data/warehouse.duckdb`.
        files: the file operations; tests pass failing ones.

    Raises:
        NoBuildError: nothing has been published, or no earlier build is whole.
        UnknownNameError: no build has this id.
        PublishError: the build is damaged, or the disk refuses; the old one is still served.
        BuilderBusyError: another process is publishing.
    """
    read_pointer(root)
    with pointer_lock(root):
        refuse_foreign_link(link)
        target = _named(root, build_id) if build_id else _newest_earlier(root)
        try:
            point_at(root, target, link, files)
        except OSError as problem:
            message = f"Rolling back to {target.id} failed: {problem}. {describe_served(root)}"
            raise PublishError(message) from problem
        return target


def _named(root: Path, build_id: str) -> Build:
    builds = {build.id: build for build in list_builds(root)}
    if build_id not in builds:
        raise UnknownNameError("build", build_id, builds)
    damage = find_damage(builds[build_id])
    if damage:
        message = (
            f"Build {build_id} {damage}; CURRENT was not moved. {describe_served(root)} "
            f"Choose another of: {', '.join(builds)}."
        )
        raise PublishError(message)
    return builds[build_id]


def _newest_earlier(root: Path) -> Build:
    before = _current_id(root)
    earlier = [build for build in list_builds(root) if before is None or build.id < before]
    for build in reversed(earlier):
        if find_damage(build) is None:
            return build
    message = (
        f"No whole build older than {before} is left in {root} "
        f"(looked at: {', '.join(build.id for build in earlier) or 'none'}). Run `make run`."
    )
    raise NoBuildError(message)


def _current_id(root: Path) -> str | None:
    try:
        return current_build(root).id
    except NoBuildError:
        return None
