"""A throw-away copy of the project to run in, and the cost of a command in it."""

import os
import re
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parent.parent
_TIME_OF = re.compile(r"time of (\w+)\W+([\d.]+) s")


@dataclass(frozen=True)
class Cost:
    """What a command took, from the shell's point of view.

    Attributes:
        wall_s: Seconds from start to prompt.
        cpu_s: Seconds of all cores together.
        peak_mb: Largest resident memory in MB (10^6 bytes).
    """

    wall_s: float
    cpu_s: float
    peak_mb: float


def copy_project(target: Path) -> Path:
    """A project folder with this configuration and the installed package, and no data."""
    target.mkdir(parents=True)
    shutil.copy(PROJECT / "pyproject.toml", target)
    shutil.copytree(PROJECT / "conf", target / "conf")
    (target / "src").mkdir()  # Kedro wants one; the package itself is installed
    return target


def run_kedro(project: Path, *arguments: str) -> Cost:
    """Runs `kedro run` there in a process of its own and waits; its output is in `run.log`.

    Raises:
        RuntimeError: It failed; its output is in the message.
    """
    command = [str(Path(sys.executable).parent / "kedro"), "run", *arguments]
    return run_command(command, project, project / "run.log")


def run_command(command: list[str], folder: Path, log: Path) -> Cost:
    """Runs a command in a folder, its output into a file, and waits.

    Raises:
        RuntimeError: It failed; its output is in the message.
    """
    with log.open("wb") as output:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        told = log.read_text(encoding="utf-8", errors="replace")
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{told}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, _peak_mb(usage))


def pipeline_seconds(project: Path) -> dict[str, float]:
    """Seconds by pipeline, from the closing table of the run that went last there."""
    told = (project / "run.log").read_text(encoding="utf-8", errors="replace")
    return {name: float(seconds) for name, seconds in _TIME_OF.findall(told)}


def _peak_mb(usage: resource.struct_rusage) -> float:
    """`ru_maxrss` is in kB on Linux and in bytes on macOS."""
    return usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
