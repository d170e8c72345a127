"""Moving CURRENT and the link from one build to another, and clearing what is no longer wanted.

Callers hold `pointer_lock`. Everything here may raise OSError; the publisher and `rollback` turn it
into a sentence.
"""

import os
from pathlib import Path

from genai_session_analyzer.errors import NoBuildError, PublishError
from genai_session_analyzer.warehouse.builds import (
    Build,
    build_names,
    builds_directory,
    current_build,
)
from genai_session_analyzer.warehouse.file_operations import FileOperations


def refuse_foreign_link(link: Path | None) -> None:
    """Stop before a file that is not a link of ours would be replaced by one.

    Raises:
        PublishError: something other than a symbolic link lies at `link`.
    """
    if link is not None and link.exists() and not link.is_symlink():
        message = (
            f"{link} is a file or folder of its own, not a link to a build. "
            "Move it away, then publish again."
        )
        raise PublishError(message)


def point_at(root: Path, build: Build, link: Path | None, files: FileOperations) -> None:
    """Serve `build`: replace CURRENT atomically, then the link."""
    staged = root / "CURRENT.tmp"
    files.write(staged, build.to_json())
    files.replace(staged, root / "CURRENT")
    if link is not None:
        point_link_at(link, build, files)


def point_link_at(link: Path, build: Build, files: FileOperations) -> None:
    """Make `link` a relative symbolic link to the build's file, atomically."""
    staged = link.with_name(link.name + ".tmp")
    files.make_directory(link.parent)
    files.remove(staged)
    files.link(staged, Path(os.path.relpath(build.path.resolve(), link.parent.resolve())))
    files.replace(staged, link)


def prune(root: Path, keep: int, files: FileOperations) -> None:
    """Remove all builds but the newest `keep` and the current one.

    A folder loses its name first, so that a half-removed build is never taken for a whole one.
    """
    current = current_build(root).id
    for name in build_names(root)[:-keep]:
        if name != current:
            remove_build(root, name, files)


def remove_build(root: Path, build_id: str, files: FileOperations) -> None:
    """Remove one build, whether or not it is whole; a missing one is fine."""
    folder = builds_directory(root) / build_id
    if folder.exists():
        leftover = folder.with_name(f"{build_id}.tmp")
        files.replace(folder, leftover)
        files.remove_tree(leftover)


def clear_leftovers(root: Path, files: FileOperations) -> None:
    """Remove what killed or failed runs left half-done, all named `*.tmp`."""
    files.remove(root / "CURRENT.tmp")
    for leftover in sorted(builds_directory(root).glob("*.tmp")):
        files.remove_tree(leftover)


def describe_served(root: Path) -> str:
    """Return a sentence saying what readers get now."""
    try:
        return f"Build {current_build(root).id} is served."
    except NoBuildError:
        return "No build is served."
