"""Reading the current build's file to its end while its reader is still being imported."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from genai_session_analyzer.errors import NoBuildError
from genai_session_analyzer.warehouse.builds import current_build, find_damage


@contextmanager
def early_check(root: Path) -> Iterator["Future[str | None]"]:
    """Check the current build in a thread of its own, which has ended on leaving.

    Args:
        root: The published root.

    Yields:
        The SHA-256 of its file where it is whole: `checked_sha256` of a `BuildReader`. None where
        there is no build or it is damaged; the reader then says so.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="early-check") as pool:
        yield pool.submit(_whole_sha256, root)


def _whole_sha256(root: Path) -> str | None:
    try:
        build = current_build(root)
    except NoBuildError:
        return None
    return build.sha256 if find_damage(build) is None else None
