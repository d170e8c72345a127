"""An answer on a terminal, and as JSON."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from genai_session_analyzer.copilot.answering.answer import (
    Answer,
    Answered,
    AskedBack,
    DataOrigin,
    NotAnswered,
)

SHOWN_ROWS = 40
UNKNOWN = "-"


def print_answer(answer: Answer, console: Console) -> None:
    """Write an answer for people: sentence, table, SQL, what it rests on, how it was made.

    Prompts and SQL are written as text: nothing in them is taken for markup.
    """
    for part in _parts(answer):
        console.print(part, soft_wrap=isinstance(part, Text))


def as_json_object(answer: Answer) -> dict[str, Any]:
    """Return the whole answer as JSON's types.

    `status` is answered, asked_back or declined; moments are ISO 8601, UTC; rows are lists.
    """
    if isinstance(answer, NotAnswered):
        return {
            "status": "declined",
            "question": answer.question,
            "reason": answer.reason,
            "closest": list(answer.closest),
            "data": _origin(answer.origin),
        }
    if isinstance(answer, AskedBack):
        return {
            "status": "asked_back",
            "question": answer.question,
            "sentence": answer.sentence,
            "readings": [
                {"sentence": each.sentence, "plan": each.plan.model_dump(mode="json")}
                for each in answer.choices
            ],
            "data": _origin(answer.origin),
        }
    return _answered(answer)


def _answered(answer: Answered) -> dict[str, Any]:
    return {
        "status": "answered",
        "question": answer.question,
        "sentence": answer.sentence,
        "sql": answer.sql,
        "columns": [
            {"name": each.name, "type": each.type, "unit": each.unit}
            for each in answer.rows.columns
        ],
        "rows": [[_plain(value) for value in row] for row in answer.rows.values],
        "row_count": len(answer.rows.values),
        "is_truncated": answer.rows.is_truncated,
        "chart": answer.chart.kind,
        "definitions": [
            {
                "name": each.name,
                "description": each.description,
                "formula": each.formula,
                "unit": each.unit,
            }
            for each in answer.definitions
        ],
        "conventions": list(answer.conventions),
        "warnings": list(answer.warnings),
        "data": _origin(answer.origin),
        "made": {
            "route": answer.made.route,
            "planner": answer.made.planner,
            "model": answer.made.model,
            "attempts": answer.made.attempts,
            "is_verified": answer.made.is_verified,
            "confidence": answer.made.confidence,
            "elapsed_ms": round(answer.made.elapsed_ms, 2),
            "milliseconds": _rounded(answer.made.milliseconds),
        },
        "plan": None if answer.plan is None else answer.plan.model_dump(mode="json"),
    }


def _parts(answer: Answer) -> list[RenderableType]:
    if isinstance(answer, NotAnswered):
        closest = [Text(f"Closest: {'; '.join(answer.closest)}")] if answer.closest else []
        return [Text(answer.reason, style="bold"), *closest]
    if isinstance(answer, AskedBack):
        readings = [Text(f"  {n}. {each.sentence}") for n, each in enumerate(answer.choices, 1)]
        return [Text(answer.sentence, style="bold"), *readings]
    notes = [Text(f"! {each}", style="yellow") for each in answer.warnings]
    meanings = [Text(_meaning(each.name, each.formula, each.unit)) for each in answer.definitions]
    conventions = [Text(each, style="dim") for each in answer.conventions]
    return [
        Text(answer.sentence, style="bold"),
        *_table(answer),
        *notes,
        *meanings,
        *conventions,
        Text(f"\n{answer.sql}\n", style="cyan"),
        Text(f"{_data_line(answer.origin)} {_made_line(answer)}", style="dim"),
    ]


def _table(answer: Answered) -> list[RenderableType]:
    table = Table()
    for column in answer.rows.columns:
        unit = f" ({column.unit})" if column.unit and not column.is_key else ""
        table.add_column(Text(f"{column.name}{unit}"), justify="left" if column.is_key else "right")
    for row in answer.rows.values[:SHOWN_ROWS]:
        table.add_row(*(Text(_written(value)) for value in row))
    count = len(answer.rows.values)
    cut = f"{SHOWN_ROWS} of {count:,} rows; --json has all of them" if count > SHOWN_ROWS else ""
    return [table, Text(cut or f"{count:,} row{'' if count == 1 else 's'}")]


def _meaning(name: str, formula: str, unit: str) -> str:
    return f"{name} = {formula}" + (f" ({unit})" if unit else "")


def _data_line(origin: DataOrigin) -> str:
    if origin.first_at is None or origin.newest_at is None:
        return "No data."
    share = origin.simulated_share
    simulated = f", {share:.0%} of rows hold simulated values" if share else ""
    return f"Data of {origin.first_at:%Y-%m-%d} to {origin.newest_at:%Y-%m-%d}{simulated}."


def _made_line(answer: Answered) -> str:
    return f"{answer.made.sentence} {answer.made.elapsed_ms:.0f} ms."


def _written(value: object) -> str:
    if value is None:
        return UNKNOWN
    if isinstance(value, float | Decimal):
        number = float(value)
        return f"{number:,.6g}" if abs(number) < 1e6 else f"{number:,.1f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _origin(origin: DataOrigin) -> dict[str, Any]:
    return {
        "build": origin.build,
        "first_at": _plain(origin.first_at),
        "newest_at": _plain(origin.newest_at),
        "generations": origin.row_count,
        "simulated_share": origin.simulated_share,
    }


def _plain(value: object) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _rounded(milliseconds: Mapping[str, float]) -> dict[str, float]:
    return {phase: round(spent, 2) for phase, spent in milliseconds.items()}
