"""Locks between processes: separate files, never the database.

The operating system gives a lock back when its holder ends, however it ends, so nothing is left to
clean up after a `kill -9`. The lock files stay: removing one would let two holders in.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from genai_session_analyzer.errors import BuilderBusyError, PublishError


@contextmanager
def builder_lock(root: Path) -> Iterator[None]:
    """Hold the lock of the one run that may build, for as long as the block runs.

    Args:
        root: the published root, for example `data/published`; created when missing.

    Raises:
        BuilderBusyError: another run holds it; the message names its process.
        PublishError: the lock file cannot be opened.
    """
    with _held(root / "builder.lock", "is building"):
        yield


@contextmanager
def pointer_lock(root: Path) -> Iterator[None]:
    """Hold the lock under which CURRENT and the list of builds may change.

    Not the builder's lock: a run holds that one for minutes, and rolling back must not wait for it.

    Args:
        root: the published root; created when missing.

    Raises:
        BuilderBusyError: another process is publishing or rolling back.
        PublishError: the lock file cannot be opened.
    """
    with _held(root / "publish.lock", "is publishing or rolling back"):
        yield


@contextmanager
def _held(path: Path, doing: str) -> Iterator[None]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as problem:
        message = f"Cannot open the lock {path}: {problem}. Make {path.parent} writable."
        raise PublishError(message) from problem
    try:
        _lock(descriptor, path, doing)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, path: Path, doing: str) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as problem:
        holder = os.read(descriptor, 32).decode(errors="replace").strip() or "unknown"
        message = (
            f"Another run (process {holder}) {doing} in {path.parent}. "
            "Wait until it has ended, or end it, then try again."
        )
        raise BuilderBusyError(message) from problem
    with suppress(OSError):  # a full disk: the lock holds, only the message lacks its number
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
