"""From a question to an answer with its proof, over a small build."""

import threading
from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from copilot.answering_build import ERRORS_BY_TIER, copilot_over, understood
from dashboard.dashboard_build import publish, records
from genai_session_analyzer.copilot.answering.answer import Answered, AskedBack, NotAnswered
from genai_session_analyzer.copilot.answering.asking import ask_once
from genai_session_analyzer.copilot.answering.copilot import undated
from genai_session_analyzer.copilot.answering.reading import ByRules
from genai_session_analyzer.copilot.answering.running import Ask
from genai_session_analyzer.copilot.memory import Feedback, load_verified
from genai_session_analyzer.copilot.model_planning.asking import AskCancelledError, Generated
from genai_session_analyzer.copilot.model_planning.combining import Combined
from genai_session_analyzer.copilot.model_planning.model_sql import WrittenSql
from genai_session_analyzer.copilot.model_planning.routes import Ran
from genai_session_analyzer.copilot.plan import MeasureUse, PlanFilter, QueryPlan, TimeRange
from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.roles import (
    Ambiguous,
    Declined,
    Outcome,
    Question,
    Reading,
    Understood,
)
from genai_session_analyzer.embedding import HashEncoder
from genai_session_analyzer.errors import AnalyzerError, SqlRefusedError

ME = Ask(asker="me")
ERRORS = "Show error rate by user tier"
LATENCY = QueryPlan(entity="generations", measures=(MeasureUse(name="mean_latency_ms"),))
READINGS = Ambiguous(
    sentence="Best can mean two things.",
    readings=(
        Reading(sentence="The lowest error rate", plan=ERRORS_BY_TIER),
        Reading(sentence="The lowest latency", plan=LATENCY),
    ),
)
OUTCOMES: dict[str, Any] = {
    ERRORS: understood(ERRORS_BY_TIER, "An error is any known status but success."),
    "mean latency": understood(LATENCY),
    "which is best?": READINGS,
    "how old are they?": Declined(reason="There is no age of users.", closest=("signup date",)),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where a build lies that no test changes."""
    return tmp_path_factory.mktemp("build")


def error_rates() -> dict[str, float]:
    """By tier, counted one by one."""
    found: dict[str, list[bool]] = {}
    for row in records()["fct_generations"]:
        if row.get("status") is not None:
            found.setdefault(row["user_tier"], []).append(row["status"] != "success")
    return {tier: sum(failed) / len(failed) for tier, failed in found.items()}


def test_an_answer_has_the_right_numbers_and_its_whole_proof(folder: Path) -> None:
    copilot, _ = copilot_over(folder, OUTCOMES)
    answer = copilot.ask(ERRORS, ME)
    assert isinstance(answer, Answered)
    assert dict(answer.rows.values) == pytest.approx(error_rates())
    assert answer.sentence == "Error rate of generations by user tier, highest first."
    assert [each.name for each in answer.definitions] == ["error_rate"]
    assert answer.conventions == ("An error is any known status but success.",)
    assert answer.sql.startswith("SELECT")
    assert (answer.chart.kind, answer.chart.x, answer.chart.y) == (
        "bar",
        "user_tier",
        ("error_rate",),
    )
    moments = [row["requested_at"] for row in records()["fct_generations"]]
    assert (answer.origin.first_at, answer.origin.newest_at) == (min(moments), max(moments))
    assert answer.origin.row_count == len(moments)
    assert answer.made.sentence == "Planned by a table."
    assert set(answer.made.milliseconds) == {"plan", "retrieve", "validate", "execute"}
    units = {column.name: column.unit for column in answer.rows.columns}
    assert units == {"user_tier": "", "error_rate": "rate"}


def test_small_groups_and_unknown_values_are_warned_of(folder: Path) -> None:
    few = ERRORS_BY_TIER.model_copy(
        update={"dimensions": ("region", "device_type"), "filters": (
            PlanFilter(field="user_tier", values=("pro",)),)}
    )  # fmt: skip
    copilot, _ = copilot_over(folder, {"few": understood(few)})
    answer = copilot.ask("few", ME)
    assert isinstance(answer, Answered)
    ours = [row for row in records()["fct_generations"] if row["user_tier"] == "pro"]
    groups: dict[tuple[Any, Any], int] = {}
    for row in ours:
        key = (row["region"], row["device_type"])
        groups[key] = groups.get(key, 0) + 1
    small = sum(count < 30 for count in groups.values())
    assert small
    unknown = sum(row.get("status") is None for row in ours) / len(ours)
    said = " ".join(answer.warnings)
    assert f"{small} of {len(groups)} groups have fewer than 30 generations" in said
    assert f"status is unknown in {unknown:.1%} of these generations" in said


def test_counts_need_no_warning_of_small_groups(folder: Path) -> None:
    plan = QueryPlan(
        entity="generations",
        measures=(MeasureUse(name="generation_count"),),
        dimensions=("user_id",),
    )
    copilot, _ = copilot_over(folder, {"count": understood(plan)})
    answer = copilot.ask("count", ME)
    assert isinstance(answer, Answered)
    assert answer.warnings == ()


def test_nothing_that_passes_is_said(folder: Path) -> None:
    none = LATENCY.model_copy(
        update={"filters": (PlanFilter(field="latency_ms", operator="above", values=(10**9,)),)}
    )
    copilot, _ = copilot_over(folder, {"none": understood(none)})
    answer = copilot.ask("none", ME)
    assert isinstance(answer, Answered)
    assert "No generation passes these conditions." in answer.warnings


def test_readings_are_asked_back_and_the_chosen_one_is_answered(folder: Path) -> None:
    copilot, _ = copilot_over(folder, OUTCOMES)
    asked = copilot.ask("which is best?", ME)
    assert isinstance(asked, AskedBack)
    assert [each.sentence for each in asked.choices] == [
        "The lowest error rate",
        "The lowest latency",
    ]
    chosen = copilot.answer_plan("which is best?", asked.choices[0].plan, ME)
    assert isinstance(chosen, Answered)
    assert dict(chosen.rows.values) == pytest.approx(error_rates())
    assert chosen.made.sentence == "Planned by the reading you chose."


def test_a_question_the_data_cannot_answer_runs_nothing(folder: Path) -> None:
    copilot, traces = copilot_over(folder, OUTCOMES)
    declined = copilot.ask("how old are they?", ME)
    assert isinstance(declined, NotAnswered)
    assert (declined.reason, declined.closest) == ("There is no age of users.", ("signup date",))
    assert [span.name for span in traces.traces[0].spans] == ["retrieve", "plan"]


def test_a_follow_up_carries_the_plan_before(folder: Path) -> None:
    def by_region(question: Question) -> Outcome:
        assert question.previous is not None
        return understood(question.previous.model_copy(update={"dimensions": ("region",)}))

    copilot, _ = copilot_over(folder, OUTCOMES | {"and by region?": by_region})
    answer = ask_once(copilot, "and by region?", ERRORS, "me")
    assert isinstance(answer, Answered)
    assert answer.sentence == "Error rate of generations by region, highest first."
    with pytest.raises(AnalyzerError, match="cannot be followed up"):
        ask_once(copilot, "and by region?", "how old are they?", "me")


def test_edited_sql_passes_the_guard_and_says_whose_it_is(folder: Path) -> None:
    copilot, _ = copilot_over(folder, {})
    answer = copilot.run_sql("FROM fct_generations SELECT count(*) AS n", ME, ERRORS)
    assert isinstance(answer, Answered)
    assert answer.rows.values == ((len(records()["fct_generations"]),),)
    assert (answer.made.sentence, answer.chart.kind) == ("SQL edited by you.", "number")
    twice = copilot.run_sql("SELECT 1 AS a, 2 AS a", ME)
    assert isinstance(twice, Answered)
    assert [each.name for each in twice.rows.columns] == ["a", "a_2"]
    with pytest.raises(SqlRefusedError) as refused:
        copilot.run_sql("DROP TABLE dim_users", ME)
    assert refused.value.rule
    assert refused.value.remedy


def test_a_confirmed_question_is_answered_from_memory(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "memory" / "verified_queries.yml"
    copilot, _ = copilot_over(folder, OUTCOMES, confirmed=file)
    answer = copilot.ask(ERRORS, ME)
    edited = copilot.run_sql(
        "SELECT count(*) AS n FROM dim_prompts", ME, "how many prompts are in?"
    )
    assert isinstance(answer, Answered)
    assert isinstance(edited, Answered)
    for each in (answer, edited):
        assert copilot.confirm(each, "ann", date(2026, 1, 2)) == file
    assert [each.question for each in load_verified(file)] == [ERRORS, "how many prompts are in?"]

    other, _ = copilot_over(folder, {}, confirmed=file)  # a planner that understands nothing
    again = other.ask(ERRORS, ME)
    assert isinstance(again, Answered)
    assert again.rows == answer.rows
    assert again.made.sentence == "Read as confirmed by ann on 2026-01-02."
    counted = other.ask("How many prompts are in", ME)
    assert isinstance(counted, Answered)
    assert counted.rows.values == ((60,),)
    with pytest.raises(AnalyzerError, match="Nothing to keep"):
        copilot_over(folder, {})[0].confirm(answer, "ann", date(2026, 1, 2))


def test_what_is_confirmed_keeps_no_dates() -> None:
    time = TimeRange(start=None, end=None, said="last week")
    dated = ERRORS_BY_TIER.model_copy(
        update={"time": time.model_copy(update={"start": "2024-01-01", "end": "2024-01-08"})}
    )
    assert undated(dated).time == time


def test_a_new_build_is_asked_at_once(tmp_path: Path) -> None:
    copilot, _ = copilot_over(tmp_path, OUTCOMES)
    before = copilot.ask("mean latency", ME)
    kept = records()["fct_generations"][:50]
    publish(tmp_path / "published", fct_generations=kept)
    after = copilot.ask("mean latency", ME)
    assert before.origin.row_count == len(records()["fct_generations"])
    assert after.origin.row_count == 50
    known = [row["latency_ms"] for row in kept if row.get("latency_ms") is not None]
    assert isinstance(after, Answered)
    assert after.rows.values[0][0] == pytest.approx(sum(known) / len(known))


def test_a_stopped_ask_runs_nothing_and_says_so(folder: Path) -> None:
    copilot, traces = copilot_over(folder, OUTCOMES)
    ask = Ask(asker="me")
    ask.watch.cancel()
    with pytest.raises(AskCancelledError):
        copilot.ask(ERRORS, ask)
    assert traces.traces[0].outcome == "cancelled"
    assert not traces.traces[0].spans


def test_every_end_leaves_a_trace_without_rows(folder: Path) -> None:
    copilot, traces = copilot_over(folder, OUTCOMES)
    copilot.ask(ERRORS, ME)
    with pytest.raises(SqlRefusedError):
        copilot.run_sql("SELECT getenv('HOME')", ME)
    answered, failed = traces.traces
    assert (answered.outcome, failed.outcome) == ("answered", "failed")
    assert answered.response.startswith("Error rate")
    assert {"planner": "a table", "route": "plan", "outcome": "answered"}.items() <= (
        answered.tags.items()
    )
    assert [span.name for span in answered.spans][:4] == ["retrieve", "plan", "validate", "execute"]
    assert all(span.started_ns <= span.ended_ns <= answered.ended_ns for span in answered.spans)
    assert failed.spans[-1].error is not None
    assert str(next(iter(error_rates().values())))[:6] not in str(answered)


def test_what_is_said_of_an_answer_goes_to_the_trace_of_its_ask(folder: Path) -> None:
    copilot, traces = copilot_over(folder, OUTCOMES)
    first, second = copilot.ask(ERRORS, ME), copilot.ask("mean latency", ME)
    assert isinstance(first, Answered)
    assert isinstance(second, Answered)
    said = Feedback(question=ERRORS, verdict="up", sql=first.sql, said_at=datetime(2024, 3, 14))
    copilot.judge(first, said)
    asked = {trace.ask_id: trace.question for trace in traces.traces}
    assert [(asked[ask_id], each) for ask_id, each in traces.said] == [(ERRORS, said)]
    assert asked[second.made.ask_id] == "mean latency"


class Encoder:
    """Encodes by hashing, keeps how many texts it was given, and says when it was asked."""

    model, revision, dimension = "hash", "1", 384

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.was_asked_twice = threading.Event()

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.batches.append(len(texts))
        if len(self.batches) > 1:
            self.was_asked_twice.set()
        return HashEncoder().encode(texts)


def test_a_started_copilot_has_its_encoder_loaded_before_a_question_needs_it(folder: Path) -> None:
    encoder = Encoder()
    copilot, _ = copilot_over(
        folder,
        {},
        reader_for=lambda words: ByRules(LexiconPlanner(words.catalogue, words.facts, encoder)),
    )
    copilot.ask("error rate by user tier", ME)
    assert encoder.batches == []  # who asks once does not pay for it
    copilot.start()
    assert encoder.was_asked_twice.wait(20)
    phrases = max(encoder.batches)
    assert phrases > 100
    before = len(encoder.batches)
    copilot.ask("the glorbs by user tier", ME)
    assert len(encoder.batches) > before
    assert max(encoder.batches[before:]) == 1  # the terms' phrases were there


class Combines:
    """A reader that returns what it is told, as one with a language model does."""

    def __init__(self, make: Callable[[Any, Any], Combined]) -> None:
        self._make = make

    def combined(self, question: Question, runs: Any, watch: Any = None) -> Combined:
        del question
        return self._make(runs, watch)

    def warm(self) -> None:
        """Has nothing to load."""


WRITTEN = Generated(purpose="plan", text="{}", prompt_tokens=30, completion_tokens=7, seconds=0.25)


def test_what_a_model_read_and_wrote_is_in_answer_and_trace(folder: Path) -> None:
    def combine(runs: Any, watch: Any) -> Combined:
        watch.on_piece("{")
        assert runs.run("SELECT 1 AS one").rows == ((1,),)
        runs.explain("SELECT user_tier FROM dim_users")
        with pytest.raises(SqlRefusedError):
            runs.run("DELETE FROM dim_users")
        outcome = Understood(plan=ERRORS_BY_TIER, confidence=0.9)
        return Combined(outcome=outcome, by="model m", is_verified=True, written=(WRITTEN,))

    copilot, traces = copilot_over(folder, Combines(combine))
    answer = copilot.ask("anything", ME)
    assert isinstance(answer, Answered)
    assert answer.made.is_verified
    assert answer.made.sentence == "Planned by model m; verified by two routes."
    (trace,) = traces.traces
    assert (trace.prompt_tokens, trace.completion_tokens) == (30, 7)
    assert "generate" in [span.name for span in trace.spans]


def test_sql_that_nothing_bears_out_is_shown_only_when_chosen(folder: Path) -> None:
    sql = "SELECT count(*) AS n FROM dim_prompts"

    def combine(runs: Any, watch: Any) -> Combined:
        del watch
        ran = Ran(sql=sql, result=runs.run(sql))
        second = WrittenSql(ran=ran, votes=1, candidates=1, written=(WRITTEN,))
        return Combined(outcome=READINGS, by="model m", sql=second, written=(WRITTEN,))

    copilot, _ = copilot_over(folder, Combines(combine))
    asked = copilot.ask("anything", ME)
    assert isinstance(asked, AskedBack)
    assert (asked.fallback, asked.model) == (sql, "model m")
    shown = copilot.answer_fallback("anything", sql, "model m", ME)
    assert isinstance(shown, Answered)
    assert shown.rows.values == ((60,),)
    assert "nothing bears it out" in shown.made.sentence
