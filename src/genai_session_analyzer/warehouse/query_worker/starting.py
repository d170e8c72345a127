"""Starting a worker process: from an empty environment, in an empty folder."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

_PROCESS = "genai_session_analyzer.warehouse.query_worker"
_ENVIRONMENT = {"ARROW_DEFAULT_MEMORY_POOL": "system"}
"""Other pools reserve address space that the limit counts; the process clears it at once."""


def start_process() -> subprocess.Popen[bytes]:
    """Start a process that works in a folder where nothing is and nothing can be put.

    It reads messages on its standard input and answers on its standard output.
    """
    with _removed_folder() as folder:
        return subprocess.Popen(  # noqa: S603 - our own module, by our own interpreter
            [sys.executable, "-I", "-m", _PROCESS, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
            cwd="/",
            bufsize=0,
            pass_fds=(folder,),
            process_group=0,  # Ctrl-C is not for it; a session of its own would undo `os.nice`
        )


@contextmanager
def _removed_folder() -> Iterator[int]:
    """Open an empty folder that is removed before anybody is in it.

    So none is left behind, however this process and those it starts end.
    """
    with tempfile.TemporaryDirectory(prefix="gsa-worker-") as folder:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
