"""Files of gold questions."""

import json

import pytest

from genai_session_analyzer.copilot.evaluation.questions import QuestionsError, read_questions


def written(folder, *lines):
    """A file with these lines; objects become JSON."""
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path = folder / "questions.jsonl"
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def test_optional_keys_may_be_missing_null_or_unknown_to_us(tmp_path):
    first, second = read_questions(
        written(
            tmp_path,
            {"id": "1", "question": "How many?", "gold_sql": "SELECT 1", "source": "elsewhere"},
            "",
            {"id": "2", "question": "Why?", "gold_sql": None, "context": None, "alt_sql": None},
        )
    )
    assert first.right_sql == ("SELECT 1",)
    assert first.category == "all"
    assert (first.first_question, first.ordered) == (None, False)
    assert second.right_sql == ()


def test_a_follow_up_is_what_is_asked(tmp_path):
    context = {"first_question": "Rate by tier?", "follow_up": "and by region?"}
    line = {"id": "1", "question": "rate by region", "context": context, "gold_sql": "SELECT 1"}
    (question,) = read_questions(written(tmp_path, line))
    assert (question.first_question, question.asked) == ("Rate by tier?", "and by region?")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{not json}", "questions.jsonl:2: no JSON"),
        ("[1, 2]", "questions.jsonl:2: the line: "),
        ({"id": "2", "question": "?"}, "questions.jsonl:2: gold_sql: Field required"),
        ({"id": "2", "gold_sql": None}, "questions.jsonl:2: question: Field required"),
        ({"id": "1", "question": "?", "gold_sql": None}, "questions.jsonl:2: id '1' comes twice"),
        (
            {"id": "2", "question": "?", "gold_sql": None, "context": {"follow_up": "x"}},
            "questions.jsonl:2: context.first_question: Field required",
        ),
    ],
)
def test_a_bad_line_is_named_with_its_number(tmp_path, line, said):
    path = written(tmp_path, {"id": "1", "question": "?", "gold_sql": "SELECT 1"}, line)
    with pytest.raises(QuestionsError) as problem:
        read_questions(path)
    assert said in str(problem.value)
    assert "\n" not in str(problem.value)


def test_an_empty_or_missing_file_is_an_error(tmp_path):
    with pytest.raises(QuestionsError, match="has no questions"):
        read_questions(written(tmp_path, ""))
    with pytest.raises(QuestionsError, match="cannot be read"):
        read_questions(tmp_path / "none.jsonl")
