"""An evaluation as a table for people and as JSON."""

from collections.abc import Iterator, Sequence
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from genai_session_analyzer.copilot.evaluation.scoring import Scored
from genai_session_analyzer.copilot.evaluation.summary import Group, Summary, wilson

_COLUMNS = ("class", "n", "right (95 %)", "wrong (95 %)", "silent", "p50 ms", "p95 ms")


def summary_table(summary: Summary, title: str) -> Table:
    """Return one row per class, then the totals; shares with their 95 % intervals."""
    table = Table(title=Text(title), box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
    for number, name in enumerate(_COLUMNS):
        table.add_column(name, justify="right" if number else "left", no_wrap=True)
    for group in summary.classes:
        table.add_row(*_cells(group))
    table.add_section()
    for group in (summary.answerable, summary.declines, summary.total):
        table.add_row(*_cells(group), style="bold")
    return table


def faults(scored: Sequence[Scored]) -> Iterator[str]:
    """Yield a few lines for each question that was not answered as it should be."""
    for each in scored:
        if not each.is_right:
            yield f"{each.question.id} {each.verdict}: {_words(each)}"
            yield from (f"    {line}" for line in (each.predicted.said, each.reason) if line)


def as_json(scored: Sequence[Scored], summary: Summary) -> dict[str, Any]:
    """Return the totals, and each question with its verdict, SQL, route and seconds."""
    return summary.as_json() | {"questions": [_question_json(each) for each in scored]}


def _question_json(scored: Scored) -> dict[str, Any]:
    predicted = scored.predicted
    return {
        "id": scored.question.id,
        "class": scored.question.category,
        "question": scored.question.asked,
        "verdict": scored.verdict,
        "reason": scored.reason,
        "outcome": predicted.outcome,
        "route": predicted.route,
        "said": predicted.said,
        "sql": predicted.sql,
        "seconds": round(predicted.seconds, 6),
    }


def _words(scored: Scored) -> str:
    first = scored.question.first_question
    return scored.question.asked if first is None else f"{first} » {scored.question.asked}"


def _cells(group: Group) -> tuple[str, ...]:
    return (
        group.name,
        str(group.count),
        _share(group.right, group.count),
        _share(group.wrong, group.count),
        f"{group.share(group.abstained):.0%}",
        f"{group.seconds_p50 * 1000:,.0f}",
        f"{group.seconds_p95 * 1000:,.0f}",
    )


def _share(count: int, trials: int) -> str:
    """Such as `82% (75-87)`."""
    low, high = wilson(count, trials)
    share = count / trials if trials else 0.0
    return f"{share:.0%} ({low * 100:.0f}-{high * 100:.0f})"
