"""Which chart fits, how loading a model is told, an answer as text, traces in MLflow's store."""

import io
import json
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

import pytest
from rich.console import Console

from copilot.answering_build import ERRORS_BY_TIER
from genai_session_analyzer.copilot.answering.answer import (
    Answered,
    AnswerRows,
    AskedBack,
    ChartChoice,
    Choice,
    Column,
    DataOrigin,
    HowMade,
    NotAnswered,
)
from genai_session_analyzer.copilot.answering.answer_text import as_json_object, print_answer
from genai_session_analyzer.copilot.answering.chart_choice import (
    choose_chart,
    mark_keys,
    mark_listed,
)
from genai_session_analyzer.copilot.answering.file_source import FileSource
from genai_session_analyzer.copilot.answering.mlflow_traces import MlflowTraces
from genai_session_analyzer.copilot.answering.mlflow_writing import EXPERIMENT
from genai_session_analyzer.copilot.answering.model_loading import ModelLoading
from genai_session_analyzer.copilot.answering.watch import Watch
from genai_session_analyzer.copilot.memory import Feedback
from genai_session_analyzer.copilot.model_planning.asking import AskCancelledError
from genai_session_analyzer.copilot.tracing import AskTrace, Span, SpanRecorder
from genai_session_analyzer.errors import AnalyzerError, ModelError, NoBuildError
from genai_session_analyzer.language_model import Capabilities, Reply, Request, ScriptedModel
from genai_session_analyzer.warehouse.tracking_traces import read_traces

ORIGIN = DataOrigin(
    build="b",
    first_at=datetime(2024, 1, 1),
    newest_at=datetime(2024, 3, 14),
    row_count=10,
    simulated_share=0.5,
)


def columns(*kinds: str, units: str = "") -> tuple[Column, ...]:
    """Columns a, b, c of these types; all numbers of one unit."""
    return tuple(
        Column(name=name, type=kind, unit=units) for name, kind in zip("abcd", kinds, strict=False)
    )


@pytest.mark.parametrize(
    ("kinds", "key_count", "expected"),
    [
        (("VARCHAR", "DOUBLE"), 1, [True, False]),
        (("VARCHAR", "BIGINT"), None, [True, False]),
        (("DATE", "VARCHAR", "BIGINT", "DOUBLE"), None, [True, True, False, False]),
        (("UTINYINT", "DOUBLE"), None, [True, False]),
        (("DOUBLE", "DOUBLE"), None, [False, False]),
        (("BIGINT",), None, [False]),
        (("DOUBLE", "VARCHAR"), None, [True, True]),
    ],
)
def test_keys_are_what_the_plan_says_or_what_types_suggest(
    kinds: tuple[str, ...], key_count: int | None, expected: list[bool]
) -> None:
    assert [each.is_key for each in mark_keys(columns(*kinds), key_count)] == expected


def test_of_listed_rows_all_but_the_numbers_are_keys() -> None:
    assert [each.is_key for each in mark_listed(columns("VARCHAR", "DOUBLE", "DATE"))] == [
        True,
        False,
        True,
    ]


def rows_of(kinds: tuple[str, ...], values: list[tuple[Any, ...]], keys: int) -> AnswerRows:
    return AnswerRows(columns=mark_keys(columns(*kinds), keys), values=tuple(values))


DAYS = [(date(2024, 1, day), float(day)) for day in range(1, 9)]


@pytest.mark.parametrize(
    ("rows", "kind", "kinds"),
    [
        (rows_of(("DOUBLE",), [(1.5,)], 0), "number", ("number", "table")),
        (rows_of(("VARCHAR", "DOUBLE"), [("x", 1.5)], 1), "number", ("number", "table")),
        (rows_of(("VARCHAR", "DOUBLE"), [("x", 1.5), ("y", 2.0)], 1), "bar", ("bar", "table")),
        (rows_of(("DATE", "DOUBLE"), DAYS, 1), "line", ("line", "bar", "table")),
        (rows_of(("VARCHAR", "DOUBLE"), [], 1), "table", ("table",)),
        (rows_of(("VARCHAR",), [("x",), ("y",)], 1), "table", ("table",)),
        (
            rows_of(("VARCHAR", "DOUBLE"), [(str(each), 1.0) for each in range(61)], 1),
            "table",
            ("table",),
        ),
        (
            rows_of(("VARCHAR", "VARCHAR", "BIGINT"), [(str(n), str(n), n) for n in range(13)], 2),
            "table",
            ("table",),
        ),
    ],
)
def test_the_chart_fits_the_rows(rows: AnswerRows, kind: str, kinds: tuple[str, ...]) -> None:
    found = choose_chart(rows)
    assert (found.kind, found.kinds) == (kind, kinds)


def test_time_is_the_axis_and_the_other_key_gives_the_colours() -> None:
    values = [(tier, day, n) for day, n in DAYS for tier in ("free", "pro")]
    found = choose_chart(rows_of(("VARCHAR", "DATE", "DOUBLE"), values, 2))
    assert (found.kind, found.x, found.series, found.y) == ("line", "b", "a", ("c",))


def test_only_numbers_of_one_unit_and_size_share_an_axis() -> None:
    mixed = AnswerRows(
        columns=(
            Column(name="tier", type="VARCHAR", is_key=True),
            Column(name="mean", type="DOUBLE", unit="credits"),
            Column(name="total", type="DOUBLE", unit="credits"),
            Column(name="p50", type="DOUBLE", unit="credits"),
            Column(name="rate", type="DOUBLE", unit="rate"),
        ),
        values=(("free", 1.0, 900.0, 0.5, 0.9), ("pro", 1.2, 20.0, 1.1, None)),
    )
    assert choose_chart(mixed).y == ("mean", "p50")


class Slow:
    """A model that loads when it is let."""

    name, revision = "slow", "1"
    capabilities = Capabilities(enforces_json_schema=False, streams=True)

    def __init__(self) -> None:
        self.go = threading.Event()

    def generate(self, request: Request) -> Reply:
        assert request.max_tokens == 1
        assert self.go.wait(20)
        return Reply("yes", 1, 1, 0.0, "stop")

    def stream(self, request: Request, cancelled: threading.Event) -> Any:
        raise NotImplementedError


def test_loading_a_model_is_told_from_start_to_end() -> None:
    model = Slow()
    loading = ModelLoading(model)
    loading.start()
    loading.start()
    assert (loading.state.kind, loading.state.is_final) == ("loading", False)
    assert "slow" in loading.state.sentence
    model.go.set()
    assert loading.wait(20)
    assert (loading.state.kind, loading.state.is_final) == ("ready", True)


def test_without_a_model_or_with_a_broken_one_it_says_so() -> None:
    without = ModelLoading(None)
    without.start()
    assert (without.state.kind, without.state.is_final) == ("none", True)
    assert "GSA_LLM_MODEL" in without.state.sentence
    broken = ModelLoading(ScriptedModel([ModelError("The file is damaged. Fetch it again.")]))
    broken.start()
    assert broken.wait(20)
    assert broken.state.kind == "failed"
    assert "Fetch it again" in broken.state.sentence


def test_a_watch_shows_stages_and_text_and_stops() -> None:
    watch = Watch()
    watch.enter("plan")
    model = watch.of_model()
    assert model.on_piece is not None
    for piece in ("{", "}"):
        model.on_piece(piece)
    assert (watch.progress.stage, watch.progress.text) == ("generate", "{}")
    watch.enter("execute")
    assert (watch.progress.sentence, watch.progress.text) == ("Running the SQL", "")
    watch.cancel()
    assert model.cancelled.is_set()
    with pytest.raises(AskCancelledError):
        watch.enter("execute")


def answered(sql: str = "SELECT user_tier, 0.25 AS error_rate") -> Answered:
    rows = AnswerRows(
        columns=(
            Column(name="user_tier", type="VARCHAR", is_key=True),
            Column(name="error_rate", type="DOUBLE", unit="rate"),
        ),
        values=(("[red]free[/red]", 0.25), (None, None)),
    )
    return Answered(
        question="q",
        plan=ERRORS_BY_TIER,
        sentence="Error rate by user tier.",
        definitions=(),
        conventions=("Days are UTC days.",),
        sql=sql,
        rows=rows,
        chart=ChartChoice(kind="bar", kinds=("bar", "table")),
        origin=ORIGIN,
        made=HowMade(
            route="plan", planner="lexicon", milliseconds={"plan": 12.3456}, elapsed_ms=14.4
        ),
        warnings=("Only 3 generations: the number can be chance.",),
    )


def printed(answer: Any) -> str:
    out = io.StringIO()
    print_answer(answer, Console(file=out, width=60))
    return out.getvalue()


def test_text_holds_the_proof_and_takes_no_markup_from_data() -> None:
    text = printed(answered("SELECT '[bold]' AS a, " + "1 + " * 40 + "1 AS long"))
    for words in (
        "Error rate by user tier.",
        "[red]free[/red]",
        "0.25",
        "2 rows",
        "! Only 3 generations",
        "Days are UTC days.",
        "Data of 2024-01-01 to 2024-03-14, 50% of rows hold simulated values.",
        "Planned by lexicon. 14 ms.",
        "SELECT '[bold]' AS a, " + "1 + " * 40 + "1 AS long",
    ):
        assert words in text, words


def test_readings_and_a_no_are_printed() -> None:
    choices = (Choice(sentence="By success", plan=ERRORS_BY_TIER),)
    asked = AskedBack(question="q", sentence="Best?", choices=choices, origin=ORIGIN)
    assert "1. By success" in printed(asked)
    no = NotAnswered(question="q", reason="No age.", closest=("signup date",), origin=ORIGIN)
    assert "Closest: signup date" in printed(no)
    assert as_json_object(no)["status"] == "declined"
    assert as_json_object(asked)["readings"][0]["plan"]["entity"] == "generations"


def test_json_is_json() -> None:
    found = json.loads(json.dumps(as_json_object(answered())))
    assert found["status"] == "answered"
    assert found["rows"] == [["[red]free[/red]", 0.25], [None, None]]
    assert found["columns"][1] == {"name": "error_rate", "type": "DOUBLE", "unit": "rate"}
    assert found["data"]["newest_at"] == "2024-03-14T00:00:00"
    assert found["made"]["milliseconds"] == {"plan": 12.35}


def test_a_file_that_is_no_database_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(NoBuildError, match="There is no file"):
        FileSource(tmp_path / "none.duckdb")
    (tmp_path / "text.duckdb").write_text("not a database at all" * 500)
    with pytest.raises(NoBuildError, match="cannot be opened") as refused:
        FileSource(tmp_path / "text.duckdb")
    assert "\n" not in str(refused.value)


def test_spans_are_timed_and_keep_what_went_wrong() -> None:
    spans = SpanRecorder()
    with spans.span("plan") as details:
        details["planner"] = "lexicon"
    with pytest.raises(AnalyzerError), spans.span("execute"):
        raise AnalyzerError("It failed.")
    plan, execute = spans.spans
    assert (plan.details, plan.error, execute.error) == ({"planner": "lexicon"}, None, "It failed.")
    assert set(spans.milliseconds()) == {"plan", "execute"}
    assert plan.started_ns <= plan.ended_ns


def a_trace(question: str = "errors?") -> AskTrace:
    second = 10**9
    spans = (
        Span(name="plan", started_ns=second, ended_ns=2 * second, details={"planner": "lexicon"}),
        Span(name="execute", started_ns=2 * second, ended_ns=4 * second, error="too slow"),
        Span(name="execute", started_ns=4 * second, ended_ns=5 * second),
    )
    return AskTrace(
        question=question,
        outcome="answered",
        response="Error rate.",
        started_ns=second,
        ended_ns=5 * second,
        spans=spans,
        tags={"outcome": "answered", "planner": "lexicon"},
        prompt_tokens=30,
        completion_tokens=7,
    )


@pytest.mark.filterwarnings("ignore")  # those of MLflow at its import
def test_a_trace_is_in_the_store_with_spans_tokens_and_tags(tmp_path: Path) -> None:
    store = tmp_path / "mlflow.db"
    traces = MlflowTraces(store)
    traces.record(a_trace('what of "quotes"?'))
    traces.close()
    (found,) = read_traces(store, EXPERIMENT)
    assert found.question == 'what of "quotes"?'
    assert found.tags == {"outcome": "answered", "planner": "lexicon"}
    assert found.spans_ms == {"plan": 1000.0, "execute": 3000.0}
    assert (found.tokens, found.duration_ms, found.status) == (37, 4000, "OK")
    assert found.trace_id in found.url("http://127.0.0.1:5000/")


def verdict(kind: Literal["up", "down", "edited"], comment: str = "") -> Feedback:
    said_at = datetime(2024, 3, 14)
    return Feedback(question="q", verdict=kind, sql="SELECT 2", comment=comment, said_at=said_at)


@pytest.mark.filterwarnings("ignore")  # those of MLflow at its import
def test_what_a_person_says_of_an_answer_is_an_assessment_of_its_trace(tmp_path: Path) -> None:
    store = tmp_path / "mlflow.db"
    traces = MlflowTraces(store)
    for name in ("first", "second"):
        traces.record(replace(a_trace(name), ask_id=name))
    traces.judge("second", verdict("down", comment="The tiers are wrong."))
    traces.judge("second", verdict("edited"))
    traces.judge("first", verdict("up"))
    traces.judge("asked of another process", verdict("up"))
    traces.close()
    questions = {each.trace_id: each.question for each in read_traces(store, EXPERIMENT)}
    kept = (
        "select trace_id, name, assessment_type, value, rationale, source_type from assessments"
        " order by trace_id, name"
    )
    with closing(sqlite3.connect(store)) as connection:
        rows = connection.execute(kept).fetchall()
    assert sorted((questions[trace], *rest) for trace, *rest in rows) == [
        ("first", "is_right", "feedback", "true", None, "HUMAN"),
        ("second", "is_right", "feedback", "false", "The tiers are wrong.", "HUMAN"),
        ("second", "sql", "expectation", '"SELECT 2"', None, "HUMAN"),
    ]


@pytest.mark.filterwarnings("ignore")  # those of MLflow at its import
def test_a_store_that_cannot_be_written_loses_the_trace_and_nothing_else(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = tmp_path / "mlflow.db"
    store.write_bytes(b"not a database at all" * 500)
    traces = MlflowTraces(store)
    traces.record(a_trace())
    traces.close()
    assert "did not keep the trace of" in caplog.text
    with pytest.raises(AnalyzerError, match="cannot be read"):
        read_traces(store, EXPERIMENT)
