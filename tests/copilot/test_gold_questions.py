"""The gold questions in the repository: enough of each kind, and all of their SQL runs."""

from collections import Counter
from pathlib import Path

import pytest
import yaml

from dashboard.dashboard_build import backend_with
from genai_session_analyzer.copilot.evaluation.questions import read_questions
from genai_session_analyzer.copilot.evaluation.references import expected_results
from genai_session_analyzer.copilot.evaluation.results import matches

PROJECT = Path(__file__).parents[2]
FOLDER = PROJECT / "benchmarks/copilot_questions"
VERIFIED = PROJECT / "src/genai_session_analyzer/copilot/memory/verified_queries.yml"
DEVELOPMENT = read_questions(FOLDER / "development.jsonl")
HELD_OUT = read_questions(FOLDER / "held_out.jsonl")
QUESTIONS = (*DEVELOPMENT, *HELD_OUT)
LATER = tuple(
    question
    for file in sorted(FOLDER.glob("*.jsonl"))
    if file.stem not in ("development", "held_out")
    for question in read_questions(file)
)


@pytest.fixture(scope="module")
def connection():
    return backend_with().con


def test_there_are_enough_of_every_kind():
    assert len(QUESTIONS) >= 180
    counts = Counter(question.category for question in QUESTIONS)
    assert len(counts) == 13
    assert min(counts.values()) >= 10
    assert counts["decline"] >= 30


def test_a_third_of_every_class_is_held_out():
    whole = Counter(question.category for question in QUESTIONS)
    held_out = Counter(question.category for question in HELD_OUT)
    assert all(held_out[name] == round(count / 3) for name, count in whole.items())


def test_ids_and_questions_come_once():
    everything = (*QUESTIONS, *LATER)
    assert len({question.id for question in everything}) == len(everything)
    asked = {(question.first_question, question.asked.lower()) for question in QUESTIONS}
    assert len(asked) == len(QUESTIONS)


def test_what_must_be_declined_says_why_and_the_rest_has_sql():
    for question in (*QUESTIONS, *LATER):
        is_declined = question.gold_sql is None
        assert bool(question.why) == is_declined, question.id
        assert not (is_declined and question.alt_sql), question.id
        assert question.category != "decline" or is_declined, question.id


@pytest.mark.parametrize("question", [*QUESTIONS, *LATER], ids=lambda question: question.id)
def test_the_sql_runs_and_matches_itself(connection, question):
    for expected in expected_results(connection, question):
        assert matches(expected, expected.result)


def test_no_confirmed_example_is_a_gold_question():
    confirmed = yaml.safe_load(VERIFIED.read_text(encoding="utf-8"))
    shown = {example["question"].lower().strip(" ?.") for example in confirmed}
    asked = {question.asked.lower().strip(" ?.") for question in QUESTIONS}
    assert shown
    assert not shown & asked
