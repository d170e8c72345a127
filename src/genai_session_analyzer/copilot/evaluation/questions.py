"""Gold questions: what was asked, and the SQL whose result is right."""

import json
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from genai_session_analyzer.errors import AnalyzerError

UNCLASSED = "all"
"""Class of the questions of a file that names none."""


class QuestionsError(AnalyzerError):
    """A file of gold questions cannot be used; the message names file, line and remedy."""


def _one_or_many(value: object) -> object:
    """A text alone is a list of one."""
    return (value,) if isinstance(value, str) else value


class _Given(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="ignore", populate_by_name=True, coerce_numbers_to_str=True
    )


class FollowUp(_Given):
    """A question that changes another: `follow_up` is asked after `first_question`."""

    first_question: str = Field(min_length=1)
    follow_up: str | None = None


class GoldQuestion(_Given):
    """One question with its right answers.

    Attributes:
        id: Its name, once in a file.
        category: Kind of question (`class` in the file).
        question: The words; of a follow-up, the words of the follow-up.
        context: The question before, where this one follows up on it.
        gold_sql: A SELECT with the right result; None where the question must be declined or
            asked back.
        alt_sql: Other readings that are right too.
        ordered: Whether the order of the rows was asked for.
        why: Why it must be declined.
    """

    id: str = Field(min_length=1)
    category: str = Field(default=UNCLASSED, alias="class")
    question: str = Field(min_length=1)
    context: FollowUp | None = None
    gold_sql: str | None
    alt_sql: Annotated[tuple[str, ...], BeforeValidator(_one_or_many)] = ()
    ordered: bool = False
    why: str = ""

    @property
    def asked(self) -> str:
        """What is asked: the follow-up where there is one."""
        return (self.context.follow_up if self.context else None) or self.question

    @property
    def first_question(self) -> str | None:
        """The question before it; None where there is none."""
        return self.context.first_question if self.context else None

    @property
    def right_sql(self) -> tuple[str, ...]:
        """Every SELECT whose result is right; none where the question must be declined."""
        return () if self.gold_sql is None else (self.gold_sql, *self.alt_sql)


def read_questions(path: Path) -> tuple[GoldQuestion, ...]:
    """Return the questions of a file of JSON lines, in its order; empty lines are passed over.

    Raises:
        QuestionsError: The file cannot be read, a line is no question, an id comes twice, or there
            is none.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as problem:
        raise QuestionsError(f"{path} cannot be read: {problem}. Give a JSONL file.") from problem
    numbered = [(number, line) for number, line in enumerate(lines, start=1) if line.strip()]
    questions = tuple(_parse(path, number, line) for number, line in numbered)
    seen: set[str] = set()
    for (number, _), question in zip(numbered, questions, strict=True):
        if question.id in seen:
            raise QuestionsError(f"{path}:{number}: id {question.id!r} comes twice. Rename one.")
        seen.add(question.id)
    if not questions:
        raise QuestionsError(f"{path} has no questions. Give one JSON object per line.")
    return questions


def _parse(path: Path, number: int, line: str) -> GoldQuestion:
    try:
        content = json.loads(line)
    except json.JSONDecodeError as problem:
        message = f"{path}:{number}: no JSON ({problem.msg}). Give one JSON object per line."
        raise QuestionsError(message) from problem
    try:
        return GoldQuestion.model_validate(_without_nulls(content))
    except ValidationError as problem:
        first = problem.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the line"
        remedy = "Needed: id, question, gold_sql (null = must be declined)."
        raise QuestionsError(f"{path}:{number}: {place}: {first['msg']}. {remedy}") from problem


def _without_nulls(content: object) -> object:
    """Optional keys given as null count as not given; gold_sql's null means something."""
    if not isinstance(content, dict):
        return content
    return {key: value for key, value in content.items() if value is not None or key == "gold_sql"}
