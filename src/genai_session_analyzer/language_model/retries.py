"""Asking a server again: what is worth it, how long to wait, and when to give up."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TypeVar

import numpy as np

LONGEST_WAIT_S = 60.0

Result = TypeVar("Result")


class TransientError(Exception):
    """A failure that may be gone the next time; `wait_s` is what the server asked to wait."""

    def __init__(self, said: str, wait_s: float | None = None, is_timeout: bool = False) -> None:
        """Say what happened.

        Args:
            said: The failure, in one line.
            wait_s: Seconds that the server asks to wait; None where it does not.
            is_timeout: Whether no reply came in time.
        """
        super().__init__(said)
        self.wait_s = wait_s
        self.is_timeout = is_timeout


class GivenUpError(Exception):
    """It failed as often as it may; the message says how, and how often."""


@dataclass(frozen=True)
class Limits:
    """How long one waits for a reply, how often again, and how long before the second attempt."""

    timeout_s: float = 120.0
    max_retries: int = 4
    first_wait_s: float = 0.5


class Retries:
    """Attempts with waits that double, each shortened at random by up to a half.

    The random part spreads clients out that failed together; a timeout is tried once more only.

    *Source*: equal jitter of M. Brooker, "Exponential Backoff And Jitter", 2015.
    """

    def __init__(self, limits: Limits, seed: int = 0) -> None:
        """Try nothing yet.

        Args:
            limits: How often, and how long to wait.
            seed: Of the random part of the waits.
        """
        self._limits = limits
        self._random = np.random.default_rng(seed)
        self._lock = threading.Lock()

    def until_done(self, attempt: Callable[[], Result], wait: Callable[[float], object]) -> Result:
        """Return what the first attempt returns that does not fail.

        Args:
            attempt: Raises `TransientError` where another one is worth it.
            wait: Sleeps for so many seconds.

        Raises:
            GivenUpError: Every attempt failed, or the server asks to wait for over a minute.
        """
        failures = 0
        while True:
            try:
                return attempt()
            except TransientError as problem:
                failures += 1
                seconds = self._wait_s(problem, failures)
            wait(seconds)

    def _wait_s(self, problem: TransientError, failures: int) -> float:
        most = min(1, self._limits.max_retries) if problem.is_timeout else self._limits.max_retries
        if failures > most:
            times = "once" if failures == 1 else f"{failures} times in a row"
            raise GivenUpError(f"{problem}; tried {times}") from problem
        asked = problem.wait_s or 0.0
        if asked > LONGEST_WAIT_S:
            raise GivenUpError(f"{problem}; it asks to wait {asked:.0f} s") from problem
        with self._lock:
            share = float(self._random.uniform(0.5, 1.0))
        return max(
            asked,
            share * min(LONGEST_WAIT_S, self._limits.first_wait_s * 2.0 ** (failures - 1)),
        )


def asked_wait_s(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that `Retry-After` asks for; None without one that can be read.

    A moment instead of seconds is taken as seen by the server's own clock, its `Date` header.

    Args:
        headers: Of the response; found by names in lower case.
    """
    asked = headers.get("retry-after", "").strip()
    try:
        return max(0.0, float(asked))
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(asked)
        now = parsedate_to_datetime(headers.get("date", ""))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return None
