"""Every change that publishing makes to the disk, through one small object.

A test passes a subclass that fails at the k-th call; nothing else stands between the code and the
operating system. What DuckDB writes by itself is the one exception.
"""

import os
import shutil
from pathlib import Path

from genai_session_analyzer.warehouse.fingerprint import copy_of


class FileOperations:
    """File operations of the operating system, durable where it matters.

    Every method raises OSError when the operating system refuses.
    """

    def make_directory(self, path: Path) -> None:
        """Create `path` and its parents; an existing directory is fine."""
        path.mkdir(parents=True, exist_ok=True)

    def write(self, path: Path, content: bytes) -> None:
        """Write `content` to `path` and wait until it is on disk."""
        path.write_bytes(content)
        self.sync(path)

    def sync(self, path: Path) -> None:
        """Wait until a file's content, or a directory's list of names, is on disk."""
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        """Give `source` the name `target`, atomically, and wait until the name is on disk."""
        source.replace(target)
        self.sync(target.parent)

    def make_read_only(self, path: Path) -> None:
        """Set mode 0444."""
        path.chmod(0o444)

    def copy_whole(self, source: Path, target: Path, sha256: str) -> bool:
        """Copy a file to `target`, writable; return whether the bytes copied have that SHA-256."""
        return copy_of(source, target) == sha256

    def link(self, path: Path, target: Path) -> None:
        """Make `path` a symbolic link to `target`, which is read relative to `path`'s folder."""
        path.symlink_to(target)

    def remove(self, path: Path) -> None:
        """Remove a file or a link; a missing one is fine."""
        path.unlink(missing_ok=True)

    def remove_tree(self, path: Path) -> None:
        """Remove a directory and all below it."""
        shutil.rmtree(path)


DISK = FileOperations()
