"""The copilot's memory: files that survive, and finding what was asked before."""

import threading
from datetime import date, datetime

import pytest

from genai_session_analyzer.copilot.memory import (
    Feedback,
    MemoryFileError,
    SimilarQueries,
    VerifiedQuery,
    add_verified,
    load_verified,
    read_feedback,
    record_feedback,
)
from genai_session_analyzer.copilot.plan import MeasureUse, PlanFilter, QueryPlan, TimeRange
from genai_session_analyzer.embedding import HashEncoder

PLAN = QueryPlan(
    entity="generations",
    measures=(MeasureUse(name="error_rate"),),
    filters=(PlanFilter(field="users.signup_date", operator="above", values=(date(2024, 1, 5),)),),
    time=TimeRange(said="last week"),
)


def query(question, plan=PLAN, sql=None):
    return VerifiedQuery(
        question=question, plan=plan, sql=sql, confirmed_by="ana", confirmed_at=date(2024, 3, 1)
    )


def test_what_is_added_is_loaded_again_with_its_dates(tmp_path):
    path = tmp_path / "memory" / "verified.yml"
    add_verified(path, query("Errors?"))
    add_verified(path, query("How many?", plan=None, sql="SELECT count(*)\nFROM fct_generations"))
    assert load_verified(path) == (
        query("Errors?"),
        query("How many?", plan=None, sql="SELECT count(*)\nFROM fct_generations"),
    )


def test_the_same_question_is_confirmed_anew_not_twice(tmp_path):
    path = tmp_path / "verified.yml"
    add_verified(path, query("Errors last week?"))
    add_verified(path, query("errors  LAST week", plan=None, sql="SELECT 1"))
    assert [each.sql for each in load_verified(path)] == ["SELECT 1"]


def test_there_is_nothing_where_there_is_no_file(tmp_path):
    assert load_verified(tmp_path / "none.yml") == ()
    assert read_feedback(tmp_path / "none.jsonl") == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- question: [", "no YAML"),
        ("- {question: a, confirmed_by: b, confirmed_at: 2024-01-01}", "either plan or sql"),
        ("- {question: a, sql: b, confirmed_by: b, confirmed_at: 2024-01-01, extra: 1}", "0.extra"),
    ],
)
def test_a_wrong_file_says_where_and_is_not_written_over(tmp_path, text, said):
    path = tmp_path / "verified.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MemoryFileError, match=said):
        add_verified(path, query("Errors?"))
    assert path.read_text(encoding="utf-8") == text


def test_writers_at_the_same_time_lose_nothing(tmp_path):
    path = tmp_path / "verified.yml"
    threads = [
        threading.Thread(target=add_verified, args=(path, query(f"Question {number}")))
        for number in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {each.question for each in load_verified(path)} == {f"Question {n}" for n in range(12)}


def test_feedback_is_kept_in_order(tmp_path):
    path = tmp_path / "data" / "feedback.jsonl"
    given = [
        Feedback(question="a\nb", verdict=verdict, sql="SELECT 1", said_at=datetime(2024, 3, 1, 9))
        for verdict in ("up", "down", "edited")
    ]
    for each in given:
        record_feedback(path, each)
    assert list(read_feedback(path)) == given
    assert len(path.read_text(encoding="utf-8").splitlines()) == 3


def test_a_damaged_line_of_feedback_is_named(tmp_path):
    path = tmp_path / "feedback.jsonl"
    path.write_text("{}\n", encoding="utf-8")
    with pytest.raises(MemoryFileError, match="line 1"):
        read_feedback(path)


QUERIES = tuple(
    query(text)
    for text in (
        "Error rate by tier",
        "Requests per day",
        "Median latency of each model",
        "Latency by device",
    )
)


@pytest.mark.parametrize("encoder", [None, HashEncoder(dimension=384)])
def test_the_question_itself_is_nearest(encoder):
    similar = SimilarQueries(QUERIES, encoder)
    for each in QUERIES:
        assert similar.nearest(each.question, 2)[0] == each


def test_rare_words_count_more_and_strangers_are_left_out():
    similar = SimilarQueries(QUERIES)
    asked = "What is the latency on each device?"
    assert next(each.question for each in similar.nearest(asked, 3)) == "Latency by device"
    assert similar.nearest("zebra", 3) == ()


def test_exactly_the_same_question_is_found_whatever_its_case():
    newer = query("error rate BY tier?", plan=None, sql="SELECT 1")
    similar = SimilarQueries((*QUERIES, newer))
    assert similar.exact("Error rate by  tier") == newer
    assert similar.exact("Error rate by region") is None
