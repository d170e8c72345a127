"""One file of questions, evaluated with its progress shown."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from genai_session_analyzer.copilot.evaluation.answerers import Answerer
from genai_session_analyzer.copilot.evaluation.questions import read_questions
from genai_session_analyzer.copilot.evaluation.report import as_json
from genai_session_analyzer.copilot.evaluation.scoring import Judge, Scored, evaluate
from genai_session_analyzer.copilot.evaluation.summary import Summary, summarise


@dataclass(frozen=True, kw_only=True)
class Evaluation:
    """What came of one file of questions.

    Attributes:
        file: The questions.
        answerer: Who answered.
        scored: Each question with its verdict, in the file's order.
        summary: The counts.
    """

    file: Path
    answerer: str
    scored: tuple[Scored, ...]
    summary: Summary

    @property
    def title(self) -> str:
        """What its table is called."""
        return f"{self.file.stem}: {self.answerer}"

    def as_json(self) -> dict[str, Any]:
        """Return all of it."""
        named = {"file": self.file.name, "answerer": self.answerer}
        return named | as_json(self.scored, self.summary)


def evaluate_file(file: Path, answerer: Answerer, judge: Judge, console: Console) -> Evaluation:
    """Return the evaluation of a file, its progress shown on the console meanwhile.

    Raises:
        QuestionsError: The file cannot be used.
        AnalyzerError: The answerer cannot answer at all.
    """
    questions = read_questions(file)
    with _bar(console) as bar:
        task = bar.add_task(file.stem, total=len(questions), counts="")
        scored = evaluate(questions, answerer, judge, on_scored=_advance(bar, task))
    return Evaluation(file=file, answerer=answerer.name, scored=scored, summary=summarise(scored))


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[counts]}"),
        console=console,
        transient=True,
    )


def _advance(bar: Progress, task: Any) -> Callable[[Scored], None]:
    """What moves the bar on at each scored question."""
    counts = {"right": 0, "wrong": 0}

    def advance(scored: Scored) -> None:
        """Count one more question."""
        counts["right"] += scored.is_right
        counts["wrong"] += scored.is_wrong
        said = f"{counts['right']} right, {counts['wrong']} wrong"
        bar.update(task, advance=1, counts=said)

    return advance
