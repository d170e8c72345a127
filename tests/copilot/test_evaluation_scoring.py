"""Verdicts, their counts, and the planner alone as an answerer."""

import math

import duckdb
import pytest

from genai_session_analyzer.copilot.evaluation.answerers import Predicted
from genai_session_analyzer.copilot.evaluation.in_process_runner import InProcessRunner
from genai_session_analyzer.copilot.evaluation.questions import FollowUp, GoldQuestion
from genai_session_analyzer.copilot.evaluation.report import as_json, faults, summary_table
from genai_session_analyzer.copilot.evaluation.scoring import Judge, evaluate
from genai_session_analyzer.copilot.evaluation.summary import summarise, wilson
from genai_session_analyzer.errors import ModelError

COUNT = "SELECT count(*) FROM t"


class Prepared:
    """Answers with what was prepared for each question; remembers what it was asked."""

    name = "prepared"

    def __init__(self, **answers):
        self.answers = answers
        self.asked = []

    def answer(self, question, first_question):
        self.asked.append((question, first_question))
        return self.answers[question]

    def close(self):
        pass


@pytest.fixture
def judge():
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t AS SELECT unnest([1, 2, 3]) AS n")
        yield Judge(gold=connection, runner=InProcessRunner(connection))


def question(name, sql=COUNT, **values):
    return GoldQuestion(id=name, question=name, gold_sql=sql, **values)


def answered(sql, seconds=0.01):
    return Predicted(outcome="answered", sql=sql, seconds=seconds)


def verdicts(scored):
    return {each.question.id: each.verdict for each in scored}


def test_every_verdict(judge):
    no = Predicted(outcome="declined", seconds=0.01)
    ask = Predicted(outcome="asked", seconds=0.01)
    failed = Predicted(outcome="failed", seconds=0.01, said="too slow")
    answerer = Prepared(
        good=answered("SELECT 3"), other_reading=answered("SELECT 6"), bad=answered("SELECT 4"),
        broken=answered("SELECT nothing"), failed=failed, silent=no, asks=ask, no=no, back=ask,
        careless=answered(COUNT), gold_broken=answered(COUNT),
    )  # fmt: skip
    questions = (
        question("good"),
        question("other_reading", alt_sql=("SELECT sum(n) FROM t",)),
        question("bad"),
        question("broken"),
        question("failed"),
        question("silent"),
        question("asks"),
        question("no", None),
        question("back", None),
        question("careless", None, why="nothing is known of age"),
        question("gold_broken", "SELECT nothing"),
    )
    scored = evaluate(questions, answerer, judge)
    assert verdicts(scored) == {
        "good": "right", "other_reading": "right", "bad": "wrong", "broken": "wrong",
        "failed": "wrong",
        "silent": "abstained", "asks": "abstained", "no": "declined_right",
        "back": "declined_right", "careless": "declined_wrong", "gold_broken": "unscored",
    }  # fmt: skip
    reasons = {each.question.id: each.reason for each in scored}
    assert "other values" in reasons["bad"]
    assert "nothing" in reasons["broken"]
    assert reasons["failed"] == "too slow"
    assert reasons["careless"] == "answered although nothing is known of age"
    assert "gold_broken does not run" in reasons["gold_broken"]

    summary = summarise(scored)
    total = summary.total
    assert (total.count, total.right, total.wrong, total.abstained) == (10, 4, 4, 2)
    assert (summary.declines.count, summary.declines.right, summary.declines.wrong) == (3, 2, 1)
    assert (summary.answerable.right, summary.answerable.wrong) == (2, 3)
    assert summary.unscored == 1


def test_a_follow_up_comes_with_the_question_before(judge):
    context = FollowUp(first_question="How many?", follow_up="and now?")
    answerer = Prepared(**{"and now?": answered(COUNT)})
    scored = evaluate((question("x", context=context),), answerer, judge)
    assert answerer.asked == [("and now?", "How many?")]
    assert verdicts(scored) == {"x": "right"}


class Slow(Prepared):
    """A language model that does not answer in time."""

    def answer(self, question, first_question):
        raise ModelError("It did not finish within 120 s.")


def test_a_model_that_is_too_slow_abstains(judge):
    scored = evaluate((question("x"), question("y", None)), Slow(), judge)
    assert verdicts(scored) == {"x": "abstained", "y": "declined_right"}
    assert scored[0].predicted.said == "It did not finish within 120 s."


def test_classes_and_latencies_are_told_apart(judge):
    names = [f"q{number}" for number in range(101)]
    answerer = Prepared(
        **{name: answered(COUNT, number / 100) for number, name in enumerate(names)}
    )
    questions = tuple(
        question(name, category="odd" if number % 2 else "even")
        for number, name in enumerate(names)
    )
    summary = summarise(evaluate(questions, answerer, judge))
    assert [(group.name, group.count) for group in summary.classes] == [("even", 51), ("odd", 50)]
    assert summary.total.seconds_p50 == pytest.approx(0.50)
    assert summary.total.seconds_p95 == pytest.approx(0.95)


def test_the_table_and_the_json_hold_the_numbers(judge):
    answerer = Prepared(good=answered(COUNT), bad=answered("SELECT 4"))
    scored = evaluate((question("good"), question("bad")), answerer, judge)
    summary = summarise(scored)
    table = summary_table(summary, "t")
    assert [list(column.cells)[-1] for column in table.columns][:3] == ["all", "2", "50% (9-91)"]
    assert list(faults(scored)) == ["bad wrong: bad", "    the same shape, other values"]
    found = as_json(scored, summary)
    assert found["totals"]["all"]["right_share"] == 0.5
    assert [each["verdict"] for each in found["questions"]] == ["right", "wrong"]


@pytest.mark.parametrize(("hits", "trials"), [(0, 30), (1, 3), (27, 30), (30, 30), (160, 200)])
def test_the_interval_ends_where_the_score_test_does(hits, trials):
    for end in wilson(hits, trials):
        if 0 < end < 1:
            z = (hits / trials - end) / math.sqrt(end * (1 - end) / trials)
            assert abs(z) == pytest.approx(1.959964, rel=1e-6)
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(30, 30)[1] == 1.0
