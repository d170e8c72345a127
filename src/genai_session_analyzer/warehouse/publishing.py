"""Publishing: a new build beside the others, checked, then CURRENT moved to it.

The order is what makes a kill at any moment harmless: everything happens under a `.tmp` name; the
folder gets its name once its content is on disk; CURRENT is replaced last, in one step.
"""

from pathlib import Path

import duckdb

from genai_session_analyzer.errors import NoBuildError, PublishError
from genai_session_analyzer.warehouse.build_checks import check_build_file
from genai_session_analyzer.warehouse.build_plan import BuildPlan, BuildUpdate
from genai_session_analyzer.warehouse.build_writer import update_build_file, write_build_file
from genai_session_analyzer.warehouse.builder_lock import pointer_lock
from genai_session_analyzer.warehouse.builds import (
    Build,
    build_file,
    build_names,
    builds_directory,
    current_build,
    list_builds,
)
from genai_session_analyzer.warehouse.file_operations import DISK, FileOperations
from genai_session_analyzer.warehouse.fingerprint import sha256_of
from genai_session_analyzer.warehouse.pointer import (
    clear_leftovers,
    describe_served,
    point_at,
    prune,
    refuse_foreign_link,
    remove_build,
)
from genai_session_analyzer.warehouse.sql_text import one_line


def publish_build(
    connection: duckdb.DuckDBPyConnection,
    root: Path,
    plan: BuildPlan,
    files: FileOperations = DISK,
    update: BuildUpdate | None = None,
) -> Build:
    """Write, check and serve a new build; on any failure the old one stays served.

    Args:
        connection: to the warehouse that holds the plan's tables, committed.
        root: the published root, for example `data/published`; created when missing.
        plan: the build's id, tables, checks, how many builds to keep, and the link to move.
        files: the file operations; tests pass failing ones.
        update: what differs from an earlier build; the new one is then made from a copy of that.
            Where the earlier one is missing or damaged, all rows are copied as ever.

    Returns:
        The build that is now served.

    Raises:
        PublishError: a table is missing, a check failed, the disk is full or refuses. The message
            says which build is served. In the rare case that CURRENT had moved already (the link
            could not be moved, or an old build not be removed), that is the new one.
        BuilderBusyError: another process is publishing or rolling back.
    """
    with pointer_lock(root):
        _refuse_id_out_of_order(root, plan.build_id)
        refuse_foreign_link(plan.link)
        try:
            files.make_directory(builds_directory(root))
            clear_leftovers(root, files)
            rows = _write_rows(connection, root, plan, files, update)
            build = _finish_build(root, plan, rows, files)
            point_at(root, build, plan.link, files)
            prune(root, plan.keep, files)
        except (OSError, duckdb.Error, PublishError, NoBuildError) as problem:
            raise _failure(root, plan.build_id, problem) from problem
        return build


def _refuse_id_out_of_order(root: Path, build_id: str) -> None:
    latest = max(build_names(root), default="")
    if build_id <= latest:
        message = (
            f"Build {build_id} is not later than {latest}, which exists. "
            "Take the id from new_build_id(now, root)."
        )
        raise PublishError(message)


def _staged(root: Path, build_id: str) -> Path:
    return builds_directory(root) / f"{build_id}.tmp" / build_file(root, build_id).name


def _write_rows(
    connection: duckdb.DuckDBPyConnection,
    root: Path,
    plan: BuildPlan,
    files: FileOperations,
    update: BuildUpdate | None,
) -> dict[str, int]:
    staged = _staged(root, plan.build_id)
    files.make_directory(staged.parent)
    base = {build.id: build for build in list_builds(root)}.get(update.base) if update else None
    if update and base and base.path.is_file():
        if files.copy_whole(base.path, staged, base.sha256):
            rows = update_build_file(connection, staged, plan, update)
            if rows is not None:
                return rows
        files.remove(staged)
    return write_build_file(connection, staged, plan)


def _finish_build(
    root: Path, plan: BuildPlan, rows: dict[str, int], files: FileOperations
) -> Build:
    staged = _staged(root, plan.build_id)
    staging = staged.parent
    check_build_file(staged, plan, rows)
    build = Build(
        id=plan.build_id,
        path=build_file(root, plan.build_id),
        sha256=sha256_of(staged),
        rows=rows,
    )
    files.sync(staged)
    files.make_read_only(staged)
    files.write(staging / "build.json", build.to_json())
    files.make_read_only(staging / "build.json")
    files.sync(staging)
    files.replace(staging, build.path.parent)
    return build


def _failure(root: Path, build_id: str, problem: Exception) -> PublishError:
    cause = one_line(problem).rstrip(".")
    if _may_be_served(root, build_id):
        return PublishError(
            f"Publishing build {build_id} did not finish: {cause}. {describe_served(root)} "
            "The next publish completes what is missing."
        )
    _discard(root, build_id)
    return PublishError(
        f"Build {build_id} was not published: {cause}. {describe_served(root)} "
        f"Remove the cause (for a full or read-only disk: below {root}), then run `make run`."
    )


def _may_be_served(root: Path, build_id: str) -> bool:
    try:
        return current_build(root).id == build_id
    except NoBuildError:
        return (root / "CURRENT").exists()


def _discard(root: Path, build_id: str) -> None:
    try:
        remove_build(root, build_id, DISK)
        clear_leftovers(root, DISK)
    except OSError:  # the disk is failing; the next publish clears what is left
        return
