"""A dashboard's server, started by its command as a person would, and what it uses."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

MOST_SECONDS = 120
"""A server that has not answered by then never will."""


@dataclass(frozen=True)
class Server:
    """A server that answers.

    Attributes:
        port: On 127.0.0.1.
        started_s: Seconds from the command to the first answered request.
        pid: Of the command; the process that serves is its child.
    """

    port: int
    started_s: float
    pid: int

    def cpu_s(self) -> float:
        """Seconds of processor time so far, of both processes; NaN where there is no /proc."""
        proc = Path("/proc")
        if not proc.is_dir():
            return float("nan")
        children = (proc / f"{self.pid}/task/{self.pid}/children").read_text().split()
        return sum(_cpu_s(proc / str(pid)) for pid in (self.pid, *children))


@contextmanager
def served(root: Path) -> Iterator[Server]:
    """Serve the builds under a published root on a free port; ended on leaving.

    Raises:
        RuntimeError: It does not answer.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "genai_session_analyzer.cli", "dashboard"]
    began = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--root", str(root), "--port", str(port)], stdout=subprocess.DEVNULL
    )
    try:
        _wait_for_answer(process, port)
        yield Server(port, time.perf_counter() - began, process.pid)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait_for_answer(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + MOST_SECONDS
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=MOST_SECONDS)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except ConnectionError:
            if process.poll() is not None or time.monotonic() > deadline:
                message = f"the dashboard does not answer on port {port}"
                raise RuntimeError(message) from None
            time.sleep(0.02)
        else:
            return
        finally:
            connection.close()


def _cpu_s(process: Path) -> float:
    fields = (process / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
