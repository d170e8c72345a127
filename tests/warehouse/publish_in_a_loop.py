"""Publish builds until killed: `python publish_in_a_loop.py ROOT [DIES_AT]`.

Prints `ready`, then the id of each build once it is served. With DIES_AT, the process kills itself
just before that file operation of its first publish.
"""

import itertools
import os
import signal
import sys
from pathlib import Path

from sample_builds import FailingFiles, publish_sample

from genai_session_analyzer.warehouse.builds import build_names
from genai_session_analyzer.warehouse.file_operations import DISK


class DyingFiles(FailingFiles):
    def fail(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    root = Path(sys.argv[1])
    dies_at = int(sys.argv[2]) if len(sys.argv) > 2 else None
    files = DyingFiles(dies_at) if dies_at else DISK
    keep = 1 if dies_at else 3
    print("ready", flush=True)
    for version in itertools.count(len(build_names(root)) + 2):
        build = publish_sample(
            root, version, files, keep=keep, link=root.parent / "warehouse.duckdb"
        )
        print(build.id, flush=True)
        if dies_at:
            return


main()
