"""What comes back for a question: an answer with its proof, readings to choose, or a no."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.wording import Definition

Route = Literal["plan", "sql", "edited", "confirmed"]
ChartKind = Literal["number", "bar", "line", "table"]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of the rows.

    Attributes:
        name: In the SQL.
        type: DuckDB's.
        unit: Of its measure: `rate`, `ms`, `credits` ...; empty where unknown or without one.
        is_key: Whether it says which group a row is; else it is a number about the group.
    """

    name: str
    type: str
    unit: str = ""
    is_key: bool = False


@dataclass(frozen=True, kw_only=True)
class AnswerRows:
    """The rows, at most as many as the worker's limit.

    Attributes:
        columns: In their order.
        values: One tuple per row.
        is_truncated: Whether there were more.
    """

    columns: tuple[Column, ...]
    values: tuple[tuple[Any, ...], ...]
    is_truncated: bool = False

    def column(self, name: str) -> list[Any]:
        """Return a column's values."""
        place = [column.name for column in self.columns].index(name)
        return [row[place] for row in self.values]


@dataclass(frozen=True, kw_only=True)
class ChartChoice:
    """How rows are best drawn, and how else they can be.

    Attributes:
        kind: The fitting one.
        kinds: All that can be drawn, the table always among them.
        x: Column along which is drawn; None for numbers alone.
        series: Column whose values get a colour each; None for one colour.
        y: Columns that are drawn; those of one unit.
    """

    kind: ChartKind
    kinds: tuple[ChartKind, ...]
    x: str | None = None
    series: str | None = None
    y: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DataOrigin:
    """The data behind an answer.

    Attributes:
        build: Id of the build.
        first_at: First request in it, UTC; None without rows.
        newest_at: Newest request, which counts as now.
        row_count: Generations in it.
        simulated_share: Share of generations with a simulated part, 0-1; None without rows.
    """

    build: str
    first_at: datetime | None
    newest_at: datetime | None
    row_count: int
    simulated_share: float | None


@dataclass(frozen=True, kw_only=True)
class HowMade:
    """How an answer came about.

    Attributes:
        route: A plan compiled to SQL, SQL that a model wrote, SQL that a person edited, or a
            question that was confirmed before.
        planner: Who made the plan or the SQL, in words.
        model: Name of the language model; None where none took part.
        attempts: Tries of the planner or model.
        is_verified: Whether two routes gave the same rows.
        confidence: 0-1; how much of the question the plan accounts for; None without a plan.
        milliseconds: By phase; what a language model writes is part of planning.
        elapsed_ms: From the question to the answer.
        ask_id: What its trace knows it by.
    """

    route: Route
    planner: str
    model: str | None = None
    attempts: int = 1
    is_verified: bool = False
    confidence: float | None = None
    milliseconds: Mapping[str, float] = field(default_factory=dict)
    elapsed_ms: float = 0.0
    ask_id: str = ""

    @property
    def sentence(self) -> str:
        """In words."""
        if self.route == "edited":
            return "SQL edited by you."
        made = {"plan": "Planned by", "sql": "SQL written by", "confirmed": "Read as"}[self.route]
        tries = "" if self.attempts == 1 else f", {self.attempts} attempts"
        verified = "; verified by two routes" if self.is_verified else ""
        return f"{made} {self.planner}{tries}{verified}."


@dataclass(frozen=True, kw_only=True)
class Answered:
    """Rows, and everything that is needed to judge them.

    Attributes:
        question: The words; empty for SQL without a question.
        plan: The reading; None where SQL was written or edited.
        sentence: What was understood.
        definitions: Of the measures in the plan.
        conventions: Conventions used, each a sentence.
        sql: What was run.
        rows: What came out.
        chart: How to draw them.
        origin: The data behind them.
        made: How it came about.
        warnings: Reasons for care, each a sentence.
    """

    question: str
    plan: QueryPlan | None
    sentence: str
    definitions: tuple[Definition, ...]
    conventions: tuple[str, ...]
    sql: str
    rows: AnswerRows
    chart: ChartChoice
    origin: DataOrigin
    made: HowMade
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A reading to choose: its sentence and its plan."""

    sentence: str
    plan: QueryPlan


@dataclass(frozen=True, kw_only=True)
class AskedBack:
    """A question with several readings: the person chooses.

    Attributes:
        question: The words.
        sentence: What is unclear.
        choices: The readings.
        origin: The data that would be asked.
        fallback: SQL that a language model wrote without a plan and that nothing bears out; None
            where there is none.
        model: Who wrote it.
    """

    question: str
    sentence: str
    choices: tuple[Choice, ...]
    origin: DataOrigin
    fallback: str | None = None
    model: str | None = None


@dataclass(frozen=True, kw_only=True)
class NotAnswered:
    """A question that was declined: why, and what could be asked instead."""

    question: str
    reason: str
    closest: tuple[str, ...]
    origin: DataOrigin


Answer = Answered | AskedBack | NotAnswered
