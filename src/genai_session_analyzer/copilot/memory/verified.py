"""Questions whose plan or SQL a person confirmed: a YAML file that people read and review."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.errors import AnalyzerError

_HEADER = "# Questions with a confirmed answer. Times are written as they were asked for (said).\n"


class MemoryFileError(AnalyzerError):
    """A file of the copilot's memory cannot be read or written."""


class VerifiedQuery(BaseModel):
    """A question and what answers it: a plan, or SQL where no plan can say it.

    Attributes:
        question: The words.
        plan: The reading. Its times carry no dates, only `said`: "last week" is another week later.
        sql: One SELECT, where there is no plan.
        confirmed_by: Who said that it is right.
        confirmed_at: The day of that.
        build: The build it was confirmed on; empty for what holds on every build.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    question: str = Field(min_length=1, max_length=500)
    plan: QueryPlan | None = None
    sql: str | None = Field(default=None, min_length=1, max_length=20_000)
    confirmed_by: str = Field(min_length=1)
    confirmed_at: date
    build: str = ""

    @model_validator(mode="after")
    def _is_plan_or_sql(self) -> Self:
        if (self.plan is None) == (self.sql is None):
            raise ValueError("give either plan or sql")
        return self


_QUERIES = TypeAdapter(tuple[VerifiedQuery, ...])


def load_verified(path: Path) -> tuple[VerifiedQuery, ...]:
    """Return the queries of a file in its order; none where there is no file.

    Raises:
        MemoryFileError: It cannot be read, is no YAML, or an entry is not valid.
    """
    if not path.exists():
        return ()
    try:
        return _parsed(path.read_text(encoding="utf-8"), str(path))
    except OSError as problem:
        raise MemoryFileError(f"Cannot read {path}: {problem}. Make it readable.") from problem


@cache
def packaged_verified() -> tuple[VerifiedQuery, ...]:
    """Return the queries that come with the package: examples over all that plans can say."""
    source = files("genai_session_analyzer.copilot.memory") / "verified_queries.yml"
    return _parsed(source.read_text(encoding="utf-8"), "verified_queries.yml")


def add_verified(path: Path, query: VerifiedQuery) -> None:
    """Write a query to a file, in place of one with the same question; all of it or nothing.

    Args:
        path: The user's file; it and its folder are made where missing.
        query: What was confirmed.

    Raises:
        MemoryFileError: The file cannot be read or written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _sole_writer(path):
            kept = [each for each in load_verified(path) if not same_question(each, query.question)]
            _replace(path, _HEADER + verified_yaml((*kept, query)))
    except OSError as problem:
        remedy = "Make its folder writable."
        raise MemoryFileError(f"Cannot write {path}: {problem}. {remedy}") from problem


def same_question(query: VerifiedQuery, question: str) -> bool:
    """Return whether the words are the same but for case, spaces and a closing mark."""
    return _plain(query.question) == _plain(question)


def verified_yaml(queries: tuple[VerifiedQuery, ...]) -> str:
    """Return queries as the text of a file, without what is left at its default."""
    entries = [_lists(each.model_dump(exclude_defaults=True)) for each in queries]
    return yaml.safe_dump(entries, sort_keys=False, allow_unicode=True, width=100)


def _parsed(text: str, where: str) -> tuple[VerifiedQuery, ...]:
    try:
        return _QUERIES.validate_python(yaml.safe_load(text) or ())
    except yaml.YAMLError as problem:
        line = " ".join(str(problem).split())
        raise MemoryFileError(f"{where} is no YAML: {line}. Correct it there.") from problem
    except ValidationError as problem:
        first = problem.errors(include_url=False)[0]
        place = ".".join(str(each) for each in first["loc"])
        raise MemoryFileError(
            f"{where}, entry {place}: {first['msg']}. Correct or remove the entry (counted from 0)."
        ) from problem


def _plain(question: str) -> str:
    return " ".join(question.casefold().split()).rstrip(" ?.!")


def _lists(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _lists(each) for key, each in value.items()}
    return [_lists(each) for each in value] if isinstance(value, tuple | list) else value


@contextmanager
def _sole_writer(path: Path) -> Iterator[None]:
    import fcntl  # noqa: PLC0415  # not on every system that can read the file

    with path.with_name(f".{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f".{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
