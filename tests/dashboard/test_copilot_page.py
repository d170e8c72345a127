"""The page Copilot: its callbacks, jobs, rows, chart, and the way to the page Friction."""

import json
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import dash
import pytest

from copilot.answering_build import ERRORS_BY_TIER, copilot_over, understood
from dashboard.callback_client import ask
from dashboard.dashboard_build import records, services
from genai_session_analyzer.copilot.answering.answer import (
    Answer,
    Answered,
    AnswerRows,
    ChartChoice,
    Column,
    DataOrigin,
    HowMade,
    NotAnswered,
)
from genai_session_analyzer.copilot.answering.watch import Watch
from genai_session_analyzer.copilot.memory import load_verified, read_feedback
from genai_session_analyzer.copilot.plan import PlanFilter, QueryPlan, TimeRange
from genai_session_analyzer.copilot.planning.words.lexicon import entries
from genai_session_analyzer.copilot.roles import Ambiguous, Declined, Reading
from genai_session_analyzer.dashboard.app import create_app
from genai_session_analyzer.dashboard.figures.answer_formats import axis_format, written
from genai_session_analyzer.dashboard.pages import PAGES
from genai_session_analyzer.dashboard.pages import copilot_ids as ids
from genai_session_analyzer.dashboard.pages.copilot_answer import PAGE_PATHS, shown_answer
from genai_session_analyzer.dashboard.pages.copilot_chart import answer_figure
from genai_session_analyzer.dashboard.pages.copilot_desk import CopilotDesk, Visit
from genai_session_analyzer.dashboard.pages.copilot_friction_link import friction_link
from genai_session_analyzer.dashboard.pages.copilot_jobs import Jobs, TooManyAsksError
from genai_session_analyzer.dashboard.pages.copilot_result import drawn_rows
from genai_session_analyzer.dashboard.pages.copilot_rows import rows_grid, rows_table
from genai_session_analyzer.dashboard.pages.copilot_waiting import (
    is_example,
    linked_question,
    remembered,
)
from genai_session_analyzer.dashboard.pages.runs_traces import trace_section
from genai_session_analyzer.errors import AnalyzerError

QUESTION = "Show error rate by user tier"
SESSION = {"asker": "browser", "questions": []}
OUTCOMES: dict[str, Any] = {
    QUESTION: understood(ERRORS_BY_TIER),
    "best?": Ambiguous(
        sentence="Best by what?",
        readings=(Reading(sentence="By error rate", plan=ERRORS_BY_TIER),),
    ),
    "age?": Declined(reason="There is no age of users.", closest=("Users by region",)),
}


class Page:
    """The page in a browser session, by its callbacks."""

    def __init__(self, app: dash.Dash, desk: CopilotDesk) -> None:
        self.app, self.desk = app, desk
        self.shown: str | None = None

    def begin(self, output: str, values: dict[str, Any]) -> dict[str, Any]:
        """Call what begins a job, wait for its end, and return what the page shows then."""
        state = {"copilot-session.data": SESSION, "copilot-job.data": self.shown}
        begun = ask(self.app, output, values | state)
        running = begun.get(ids.RUNNING, {}).get("data")
        if running is None:
            return begun
        job = self.desk.jobs.find(running)
        assert job is not None
        assert job.done.wait(30)
        looked = {"copilot-running.data": running, "copilot-job.data": self.shown}
        seen = ask(self.app, "copilot-answer.children", looked)
        self.shown = seen.get(ids.JOB, {}).get("data", self.shown)
        return seen

    def ask(self, question: str) -> str:
        values = {"copilot-ask-button.n_clicks": 1, "copilot-question.value": question}
        return json.dumps(self.begin(self.output_of(ids.ASK, "copilot-question.value"), values))

    def come_back(self, values: dict[str, Any]) -> dict[str, Any]:
        """What the page draws where the browser still knows which answer it showed."""
        return ask(self.app, self.output_of(ids.JOB, "copilot-answer.children"), values)

    def output_of(self, started_by: str, name: str) -> str:
        """The output of that name, with its mark, of the callback that a component starts."""
        return next(
            output
            for key, found in self.app.callback_map.items()
            for output in key.strip(".").split("...")
            if any(each["id"] == started_by for each in found["inputs"]) and output.startswith(name)
        )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("copilot")


@pytest.fixture
def page(folder: Path, tmp_path: Path) -> Page:
    copilot, _ = copilot_over(folder, OUTCOMES, confirmed=tmp_path / "verified_queries.yml")
    moment = datetime(2026, 1, 2, tzinfo=UTC)
    desk = CopilotDesk(copilot, tmp_path, clock=lambda: moment)
    return Page(create_app(services(tmp_path, copilot=desk)), desk)


def test_a_question_gives_the_right_numbers_with_sql_and_words(page: Page) -> None:
    text = page.ask(QUESTION)
    known = [row for row in records()["fct_generations"] if row.get("status")]
    free = [row["status"] != "success" for row in known if row["user_tier"] == "free"]
    assert "Error rate of generations by user tier, highest first." in text
    assert f"{sum(free) / len(free):.12f}"[:14] in text
    for words in ("SELECT", "failure_count / known_status_count", "In words", "simulated values"):
        assert words in text, words
    assert "Planned by a table" in text


def test_readings_are_buttons_and_the_chosen_one_is_answered(page: Page) -> None:
    assert "By error rate" in page.ask("best?")
    job = page.desk.choose(0, Visit("browser", page.shown))
    assert job.done.wait(30)
    assert isinstance(job.answer, Answered)
    with pytest.raises(AnalyzerError, match="Ask the question again"):
        page.desk.choose(0, Visit("browser", "forgotten"))


def test_a_no_shows_the_closest_as_buttons(page: Page) -> None:
    text = page.ask("age?")
    assert "There is no age of users." in text
    assert '"question": "Users by region"' in text


def test_nothing_typed_says_what_to_do_and_asks_nothing(page: Page) -> None:
    text = page.ask("   ")
    assert "Type a question first" in text
    assert page.shown is None


def test_a_no_without_anything_close_says_how_to_ask(page: Page) -> None:
    assert "Say what to count" in page.ask("asdf")


def test_a_page_named_as_closest_is_a_link_and_no_question() -> None:
    closest = tuple(
        each for kind in entries("scope")["out_of_scope"].values() for each in kind["closest"]
    )
    pages = [each for each in closest if each.startswith("the page ")]
    assert set(pages) == set(PAGE_PATHS)
    assert set(PAGE_PATHS.values()) <= {module.PAGE.path for module in PAGES}
    said = NotAnswered(question="q", reason="No.", closest=(pages[0], "region"), origin=ORIGIN)
    text = json.dumps(
        shown_answer(said).to_plotly_json(), default=lambda each: each.to_plotly_json()
    )
    assert f'"href": "{PAGE_PATHS[pages[0]]}"' in text
    assert '"question": "region"' in text
    assert f'"question": "{pages[0]}"' not in text


def test_who_comes_back_sees_the_answer_again(page: Page) -> None:
    page.ask(QUESTION)
    returned = {"copilot-job.data": page.shown}
    again = page.come_back(returned)
    assert "Error rate of generations by user tier" in json.dumps(again[ids.ANSWER])
    assert again[ids.QUESTION]["value"] == QUESTION
    assert page.come_back(returned | {"copilot-running.data": page.shown}) == {}
    assert page.come_back(returned | {"url.search": "?q=another"}) == {}
    assert page.come_back({"copilot-job.data": "of another process"}) == {}


def test_edited_sql_runs_and_a_refusal_keeps_the_answer(page: Page) -> None:
    page.ask(QUESTION)
    shown = page.shown
    edited = {
        "copilot-run.n_clicks": 1,
        "copilot-sql.value": "SELECT count(*) AS n FROM dim_prompts",
    }
    name = page.output_of(ids.RUN, "copilot-running.data")
    text = json.dumps(page.begin(name, edited))
    assert "SQL edited by you." in text
    assert page.shown != shown
    after = page.shown
    refused = {"copilot-run.n_clicks": 2, "copilot-sql.value": "DROP TABLE dim_users"}
    text = json.dumps(page.begin(name, refused))
    assert "rule: " in text
    assert "Below is still the answer before." in text
    assert ids.SQL not in text
    assert page.shown == after
    (said,) = read_feedback(page.desk.folder / "feedback.jsonl")
    assert (said.verdict, said.question) == ("edited", QUESTION)
    assert said.sql_before is not None


def test_confirmed_and_wrong_are_kept(page: Page) -> None:
    page.ask(QUESTION)
    values = {"copilot-confirm.n_clicks": 1, "copilot-job.data": page.shown}
    note = ask(page.app, "copilot-feedback-note.children", values)
    assert "verified_queries.yml" in json.dumps(note)
    (kept,) = load_verified(page.desk.folder / "verified_queries.yml")
    assert (kept.question, kept.plan) == (QUESTION, ERRORS_BY_TIER)
    values = {
        "copilot-wrong.n_clicks": 1,
        "copilot-comment.value": "tiers are missing",
        "copilot-job.data": page.shown,
    }
    ask(page.app, "copilot-feedback-note.children", values)
    said = read_feedback(page.desk.folder / "feedback.jsonl")
    assert [(each.verdict, each.comment) for each in said] == [
        ("up", ""),
        ("down", "tiers are missing"),
    ]
    gone = {"copilot-confirm.n_clicks": 1, "copilot-job.data": "gone"}
    note = ask(page.app, "copilot-feedback-note.children", gone)
    assert "no longer known" in json.dumps(note)


def test_chart_switch_and_csv_come_from_the_shown_answer(page: Page) -> None:
    page.ask(QUESTION)
    state = {"copilot-job.data": page.shown}
    bars = ask(page.app, "copilot-chart.children", {"copilot-chart-kind.value": "bar"} | state)
    table = ask(page.app, "copilot-chart.children", {"copilot-chart-kind.value": "table"} | state)
    assert '"type": "bar"' in json.dumps(bars)
    assert "Graph" not in json.dumps(table)
    sent = ask(page.app, "copilot-download.data", {"copilot-export.n_clicks": 1} | state)
    lines = sent[ids.DOWNLOAD]["data"]["content"].splitlines()
    assert lines[0] == "user_tier,error_rate"
    assert len(lines) == 4


def test_a_new_question_takes_the_place_of_the_one_before() -> None:
    jobs, begun = Jobs(), threading.Event()

    def wait(watch: Watch) -> Answer:
        begun.set()
        assert watch.cancelled.wait(10)
        watch.enter("execute")
        return NO

    first = jobs.start("slow", wait)
    assert begun.wait(10)
    second = jobs.start("quick", lambda watch: NO, instead_of=first.id)
    assert second.done.wait(10)
    assert (second.answer, first.done.is_set()) == (NO, True)
    assert "Stopped" in str(first.problem)


def test_an_example_stands_alone_and_a_typed_question_may_follow_up() -> None:
    assert is_example({"type": "copilot-said", "place": "example", "question": "q"})
    assert not is_example({"type": "copilot-said", "place": "history", "question": "q"})
    assert not is_example("copilot-ask-button")


def test_without_a_copilot_the_page_says_what_to_do(tmp_path: Path) -> None:
    app = create_app(services(tmp_path))
    values = {"url.pathname": "/copilot", "url.search": ""}
    shown = json.dumps(ask(app, "page.children", values))
    assert "gsa dashboard" in shown


def test_links_and_history_hold_questions_only() -> None:
    assert linked_question("?q=error+rate%3F&tier=pro") == "error rate?"
    assert linked_question(None) == ""
    session = remembered({"asker": "a", "questions": ["one", "two"]}, "two")
    assert session == {"asker": "a", "questions": ["two", "one"]}
    many = {"asker": "a", "questions": [str(number) for number in range(20)]}
    assert len(remembered(many, "new")["questions"]) == 8


ORIGIN = DataOrigin(build="b", first_at=None, newest_at=None, row_count=0, simulated_share=None)
NO = NotAnswered(question="q", reason="No.", closest=(), origin=ORIGIN)


def test_jobs_end_however_their_work_ends() -> None:
    jobs = Jobs(remembered=3)

    def fail(watch: Watch) -> Answer:
        raise AnalyzerError("It failed.")

    failed, fine = jobs.start("q", fail), jobs.start("q", lambda watch: NO)
    for job in (failed, fine):
        assert job.done.wait(10)
    assert (failed.problem, failed.answer) == ("It failed.", None)
    assert (fine.problem, fine.answer) == (None, NO)
    for _ in range(3):
        assert jobs.start("q", lambda watch: NO).done.wait(10)
    assert jobs.find(failed.id) is None
    assert jobs.find(None) is None


def test_a_job_is_stopped_and_too_many_are_refused() -> None:
    jobs, go = Jobs(running=1), threading.Event()

    def wait(watch: Watch) -> Answer:
        assert watch.cancelled.wait(10)
        go.set()
        watch.enter("execute")
        return NO

    job = jobs.start("q", wait)
    with pytest.raises(TooManyAsksError, match="in a moment"):
        jobs.start("q", lambda watch: NO)
    jobs.cancel(job.id)
    assert job.done.wait(10)
    assert go.is_set()
    assert job.problem is not None
    assert "Stopped" in job.problem


def answer_of(columns: list[Column], values: list[tuple[Any, ...]], chart: ChartChoice) -> Answered:
    return Answered(
        question="q",
        plan=None,
        sentence="s",
        definitions=(),
        conventions=(),
        sql="SELECT 1",
        rows=AnswerRows(columns=tuple(columns), values=tuple(values)),
        chart=chart,
        origin=ORIGIN,
        made=HowMade(route="edited", planner="you"),
    )


RATE = Column(name="error_rate", type="DOUBLE", unit="rate")


def test_bars_stand_for_short_names_and_lie_for_many() -> None:
    chart = ChartChoice(kind="bar", kinds=("bar",), x="tier", y=("error_rate",))
    tier = Column(name="tier", type="VARCHAR", is_key=True)
    few = answer_figure(answer_of([tier, RATE], [("free", 0.25), (None, 0.5)], chart), "bar")
    (bars,) = few.data
    assert (list(bars.y), bars.orientation) == ([0.25, 0.5], "v")
    assert names_along(few.layout.xaxis, bars.x) == ["free", "unknown"]
    assert bars.hovertext[0] == "free: 25.00\u202f%"
    long = [(f"a model with a long name {number}", number / 10) for number in range(9)]
    many = answer_figure(answer_of([tier, RATE], long, chart), "bar")
    assert many.data[0].orientation == "h"
    assert many.layout.yaxis.autorange == "reversed"


def names_along(axis: Any, places: Any) -> list[str]:
    """What an axis writes at each of the places."""
    written_at = dict(zip(axis.tickvals, axis.ticktext, strict=True))
    return [written_at[place] for place in places]


def test_groups_whose_shortened_names_are_alike_keep_a_bar_each() -> None:
    chart = ChartChoice(kind="bar", kinds=("bar",), x="prompt_text", y=("error_rate",))
    text = Column(name="prompt_text", type="VARCHAR", is_key=True)
    rows = [(f"a long prompt that begins like the one after it, {n}", n / 10) for n in range(3)]
    (bars,) = answer_figure(answer_of([text, RATE], rows, chart), "bar").data
    assert len(set(bars.y)) == 3


def test_bars_along_hours_stand_in_their_order() -> None:
    chart = ChartChoice(kind="bar", kinds=("bar",), x="hour_of_day", y=("error_rate",))
    hour = Column(name="hour_of_day", type="BIGINT", is_key=True)
    rows = [(number, number / 100) for number in range(24)]
    figure = answer_figure(answer_of([hour, RATE], rows, chart), "bar")
    (bars,) = figure.data
    assert bars.orientation == "v"
    assert bars.text is None
    assert names_along(figure.layout.xaxis, bars.x) == [str(number) for number in range(24)]


def test_ids_are_written_as_they_are_and_codes_as_words() -> None:
    chart = ChartChoice(kind="bar", kinds=("bar",), x="user_id", y=("error_rate",))
    user = Column(name="user_id", type="VARCHAR", is_key=True)
    rows = [("sim_0000038", 0.1), ("model_error", 0.2)]
    figure = answer_figure(answer_of([user, RATE], rows, chart), "bar")
    assert list(figure.layout.xaxis.ticktext) == ["sim_0000038", "model error"]


@pytest.mark.parametrize(
    ("unit", "largest", "form"),
    [
        ("rate", 0.4, ".0~%"),
        ("rate", 0.004, ".2~%"),
        ("ms", 3_617.0, ",~r"),
        ("", 2.9, ",~r"),  # "~s" would write 0.5 as 500m
        ("generations", 25_000.0, "~s"),
    ],
)
def test_axes_are_written_by_unit_and_size(unit: str, largest: float, form: str) -> None:
    assert axis_format(unit, largest) == form


def test_a_single_row_of_numbers_stands_alone() -> None:
    count = Column(name="n", type="BIGINT")
    chart = ChartChoice(kind="number", kinds=("number", "table"), y=("n",))
    answer = answer_of([count], [(177,)], chart)
    assert "AgGrid" not in str(drawn_rows(answer, "number"))
    assert "AgGrid" in str(drawn_rows(answer, "table"))


def test_lines_are_one_a_group_in_the_order_of_time_with_gaps() -> None:
    chart = ChartChoice(kind="line", kinds=("line",), x="day", series="tier", y=("error_rate",))
    day = Column(name="day", type="DATE", is_key=True)
    tier = Column(name="tier", type="VARCHAR", is_key=True)
    rows = [
        (date(2024, 1, 2), "free", 0.2),
        (date(2024, 1, 1), "free", 0.1),
        (date(2024, 1, 1), "pro", 0.5),
    ]
    figure = answer_figure(answer_of([day, tier, RATE], rows, chart), "line")
    lines = {each.name: list(zip(each.x, each.y, strict=True)) for each in figure.data}
    assert lines == {
        "free": [(date(2024, 1, 1), 0.1), (date(2024, 1, 2), 0.2)],
        "pro": [(date(2024, 1, 1), 0.5), (date(2024, 1, 2), None)],
    }


def test_rows_reach_table_and_file_as_they_are() -> None:
    columns = tuple(Column(name=f"c.{place}", type="VARCHAR") for place in range(5))
    values = (("=1+1", Decimal("1.50"), datetime(2024, 1, 2), 2**60, [1, {"a": None}]),)
    rows = AnswerRows(columns=columns, values=values)
    grid = rows_grid(rows).children
    assert grid.rowData == [
        {"c0": "=1+1", "c1": 1.5, "c2": "2024-01-02", "c3": str(2**60), "c4": '[1, {"a": null}]'}
    ]
    assert rows_table(rows).column_names == [f"c.{place}" for place in range(5)]
    assert rows_table(rows).to_pylist()[0]["c.3"] == 2**60


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.0919, "rate", "9.19\u202f%"),
        (2887.3, "ms", "2.9\u202fs"),
        (12.5, "credits", "12.5\u202fcr"),
        (1464.4, "credits", "1,464.4\u202fcr"),
        (25_000.0, "credits", "25.0\u202fk\u202fcr"),
        (1234567, "generations", "1,234,567"),
        (0.123456, "", "0.1235"),
        (None, "rate", "\u2013"),
        (True, "", "yes"),
        (date(2024, 1, 3), "", "3 Jan 2024"),
        (datetime(2024, 1, 3, 4, 5), "", "3 Jan 2024, 04:05"),
    ],
)
def test_values_in_words(value: object, unit: str, text: str) -> None:
    assert written(value, unit) == text


def plan(*filters: PlanFilter, **changes: Any) -> QueryPlan:
    return ERRORS_BY_TIER.model_copy(update={"filters": filters} | changes)


WHOLE_DAYS = TimeRange(
    start=datetime(2024, 2, 1),
    end=datetime(2024, 3, 1),
)


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        (plan(), "/friction"),
        (
            plan(PlanFilter(field="user_tier", values=("pro", "free")), time=WHOLE_DAYS),
            "/friction?from=2024-02-01&to=2024-02-29&tier=pro&tier=free",
        ),
        (plan(PlanFilter(field="region", operator="is_unknown")), "/friction?region=unknown"),
        (plan(PlanFilter(field="latency_ms", operator="above", values=(10,))), None),
        (plan(PlanFilter(field="user_tier", operator="not_in", values=("pro",))), None),
        (plan(PlanFilter(field="user_tier", values=("gold",))), None),
        (plan(time=WHOLE_DAYS.model_copy(update={"end": datetime(2024, 3, 1, 12)})), None),
        (plan(entity="users"), None),
        (None, None),
    ],
)
def test_the_friction_page_opens_only_for_filters_it_has(
    asked: QueryPlan | None, address: str | None
) -> None:
    assert friction_link(asked) == address


STORE = """
create table experiments (experiment_id, name);
create table trace_info (request_id, experiment_id, timestamp_ms, execution_time_ms, status,
  request_preview, total_tokens);
create table trace_tags (request_id, key, value);
create table spans (trace_id, name, parent_span_id, start_time_unix_nano, end_time_unix_nano);
insert into experiments values (1, 'copilot'), (2, 'another');
insert into trace_info values
  ('old', 1, 1000, 7, 'OK', '{"question": "errors?"}', null),
  ('new', 1, 2000, 2500, 'OK', '{"question": "<b>latency</b>?"}', 37),
  ('else', 2, 3000, 7, 'OK', '{"question": "of another experiment"}', null);
insert into trace_tags values ('new', 'gsa.outcome', 'asked_back');
insert into spans values ('new', 'ask', null, 0, 2500000000), ('new', 'plan', 'a', 0, 1500000000);
"""


def test_the_newest_questions_are_on_the_page_runs(tmp_path: Path) -> None:
    store = tmp_path / "mlflow.db"
    with closing(sqlite3.connect(store)) as connection:
        connection.executescript(STORE)
    shown = str(trace_section(services(tmp_path, mlflow_store=store)))
    assert shown.index("<b>latency</b>?") < shown.index("errors?")
    for words in ("asked back", "2.5\u202fs", "plan 1.5\u202fs", "'37'", "#/experiments/1/traces"):
        assert words in shown or repr(words)[1:-1] in shown, words
    assert "another experiment" not in shown
    with closing(sqlite3.connect(tmp_path / "runs.db")) as connection:
        connection.execute("create table runs (run_uuid)")
    assert trace_section(services(tmp_path / "other", mlflow_store=tmp_path / "runs.db")) is None
