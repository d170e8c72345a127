"""What people said about answers: one JSON line each, only ever added to."""

import os
from datetime import datetime
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from genai_session_analyzer.copilot.memory.verified import MemoryFileError


class Feedback(BaseModel):
    """A verdict on one answer.

    Attributes:
        question: What was asked.
        verdict: A thumb, or `edited` where the SQL was changed and run.
        sql: What was run.
        sql_before: What it was before the edit.
        comment: In the person's words.
        planner: How the answer was made.
        build: The build that was asked.
        said_at: When, UTC.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str = Field(max_length=500)
    verdict: Literal["up", "down", "edited"]
    sql: str = Field(max_length=20_000)
    sql_before: str | None = Field(default=None, max_length=20_000)
    comment: str = Field(default="", max_length=2_000)
    planner: str = ""
    build: str = ""
    said_at: datetime


def record_feedback(path: Path, feedback: Feedback) -> None:
    """Add a line to a file, which is made where missing; lines of several writers do not mix.

    Raises:
        MemoryFileError: It cannot be written.
    """
    line = feedback.model_dump_json(exclude_defaults=True) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(descriptor, line.encode())
        finally:
            os.close(descriptor)
    except OSError as problem:
        remedy = "Make its folder writable."
        raise MemoryFileError(f"Cannot write {path}: {problem}. {remedy}") from problem


def read_feedback(path: Path) -> tuple[Feedback, ...]:
    """Return what was recorded, oldest first; none where there is no file.

    Raises:
        MemoryFileError: It cannot be read, or a line is not valid.
    """
    if not path.exists():
        return ()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as problem:
        raise MemoryFileError(f"Cannot read {path}: {problem}. Make it readable.") from problem
    return tuple(_read(line, f"{path}, line {number}") for number, line in enumerate(lines, 1))


def _read(line: str, where: str) -> Feedback:
    try:
        return Feedback.model_validate_json(line)
    except ValidationError as problem:
        reason = problem.errors(include_url=False)[0]["msg"]
        raise MemoryFileError(f"{where}: {reason}. Remove the line.") from problem
