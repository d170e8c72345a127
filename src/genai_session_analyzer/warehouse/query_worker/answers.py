"""What a worker process's answer, or its death, means to who asked."""

import signal
from collections.abc import Mapping
from textwrap import shorten
from typing import Any

from genai_session_analyzer.errors import (
    QueryCancelledError,
    QueryDeadlineError,
    QueryError,
    QueryFailedError,
    QueryMemoryError,
)
from genai_session_analyzer.warehouse.query_worker.confinement import TOO_MUCH_MEMORY
from genai_session_analyzer.warehouse.query_worker.settings import WorkerSettings

RECYCLED = frozenset({"deadline", "cancelled", "stopped", "memory", "broken"})
"""After these another process takes over: what they leave in this one is not known."""

_LONGEST = 500
"""Characters of an engine's message that are shown."""


def error_of_status(header: Mapping[str, Any], settings: WorkerSettings) -> QueryError:
    """Return the error for an answer that is no rows."""
    status = header.get("status")
    if status in {"deadline", "stopped"}:
        seconds = settings.limits.soft_deadline_s
        return QueryDeadlineError(
            f"The query was stopped after {seconds:g} s. Add a filter, or fewer groups."
        )
    if status == "cancelled":
        return QueryCancelledError("The query was cancelled; nothing was changed.")
    if status == "memory":
        return _too_much_memory(settings)
    return QueryFailedError(_one_line(str(header.get("message", "The worker gave no reason."))))


def error_of_death(exit_status: int, settings: WorkerSettings) -> QueryError:
    """Return the error for a process that ended without an answer.

    Args:
        exit_status: As `subprocess` tells it: negative for a signal.
        settings: The limits it had.
    """
    if exit_status == TOO_MUCH_MEMORY:
        return _too_much_memory(settings)
    how = signal.Signals(-exit_status).name if exit_status < 0 else f"exit status {exit_status}"
    return QueryFailedError(
        f"The engine's process ended while running the query ({how}); nothing was changed, and a"
        " new one takes over. Write the query in another way."
    )


def _too_much_memory(settings: WorkerSettings) -> QueryMemoryError:
    limit = settings.reader.memory_limit
    return QueryMemoryError(
        f"The query needs more than {limit} of memory. Add a filter or LIMIT, or fewer groups."
    )


def _one_line(message: str) -> str:
    """Return an engine's message in one line, without its drawing of the place."""
    lines = [line.strip() for line in message.split("\n")]
    told = [line for line in lines if line and not line.startswith("LINE ") and line.strip("^~ ")]
    return shorten(" ".join(told), _LONGEST, placeholder=" ...")
