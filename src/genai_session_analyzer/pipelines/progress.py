"""Progress of long work: a bar where someone watches, else a line in the log now and then."""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    ProgressColumn,
    Task,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

LOGGER = logging.getLogger(__name__)
SECONDS_BETWEEN_LINES = 5.0


class Advance(Protocol):
    """What long work calls to say how far it has come."""

    def __call__(self, done: int) -> None:
        """`done` units more are finished."""


class _Rate(ProgressColumn):
    """Units finished, and how many a second."""

    def render(self, task: Task) -> Text:
        speed = f"{task.speed:,.0f}/s" if task.speed else ""
        return Text(f"{task.completed:,.0f} {speed}")


@contextmanager
def progress(
    title: str,
    total: int | None,
    console: Console | None = None,
    seconds_between_lines: float = SECONDS_BETWEEN_LINES,
) -> Iterator[Advance]:
    """Shows how far work has come while the block runs.

    Args:
        title: What is done, and in which units.
        total: Units of all the work; None where that is unknown.
        console: Where the bar goes; standard error by default.
        seconds_between_lines: Of the log, where that is no terminal.
    """
    shown = console or Console(stderr=True)
    if not shown.is_terminal:
        yield _LogLines(title, total, seconds_between_lines)
        return
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TaskProgressColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=shown, transient=True) as bar:
        task = bar.add_task(title, total=total)
        yield lambda done: bar.advance(task, done)


class _LogLines:
    """Logs a line at most every few seconds."""

    def __init__(self, title: str, total: int | None, pause: float) -> None:
        self._title, self._total, self._done, self._pause = title, total, 0, pause
        self._started = self._told = time.monotonic()

    def __call__(self, done: int) -> None:
        self._done += done
        now = time.monotonic()
        if now - self._told < self._pause:
            return
        self._told = now
        rate = self._done / (now - self._started)
        LOGGER.info(
            "%s: %s, %s/s%s", self._title, f"{self._done:,}", f"{rate:,.0f}", self._rest(rate)
        )

    def _rest(self, rate: float) -> str:
        if self._total is None or not rate:
            return ""
        seconds = max(0, self._total - self._done) / rate
        return f", {self._done / self._total:.0%}, {seconds:,.0f} s to go"
