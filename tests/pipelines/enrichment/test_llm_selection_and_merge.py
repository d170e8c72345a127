"""Which prompts a language model is asked about, and whose word counts in the end."""

import hashlib
import random

import pyarrow as pa
import pytest
from llm_rows import LABEL, first_labels, label_rows, prompt_id, prompts
from pydantic import ValidationError

from genai_session_analyzer.pipelines.enrichment.labels.llm_merge import merge_labels
from genai_session_analyzer.pipelines.enrichment.labels.llm_parameters import (
    LanguageModelLabelParameters,
)
from genai_session_analyzer.pipelines.enrichment.labels.llm_selection import selected_prompts
from genai_session_analyzer.pipelines.enrichment.labels.prompt_label import LABEL_FIELDS
from genai_session_analyzer.pipelines.enrichment.labels.table import LABEL_ROWS

TEXTS = [f"prompt number {number}" for number in range(40)]


def chosen(texts, labels=None, **parameters):
    wanted = LanguageModelLabelParameters(**parameters)
    first = first_labels(texts) if labels is None else labels
    return selected_prompts(prompts(texts), first, wanted)


def test_none_selects_none():
    assert chosen(TEXTS).num_rows == 0


def test_a_sample_is_drawn_by_hash():
    def draw(text):
        return hashlib.md5(f"3/{prompt_id(text)}".encode(), usedforsecurity=False).hexdigest()

    table = chosen(TEXTS, select="sample", max_prompts=5, sample_seed=3)
    assert table["prompt_text"].to_pylist() == sorted(TEXTS, key=draw)[:5]
    assert table["prompt_id"].to_pylist() == [
        prompt_id(text) for text in table["prompt_text"].to_pylist()
    ]


def test_a_sample_does_not_depend_on_order_and_grows_by_adding():
    shuffled = random.Random(1).sample(TEXTS, len(TEXTS))  # noqa: S311
    small = chosen(TEXTS, select="sample", max_prompts=5)["prompt_id"].to_pylist()
    large = chosen(shuffled, select="sample", max_prompts=20)["prompt_id"].to_pylist()
    other = chosen(TEXTS, select="sample", max_prompts=5, sample_seed=1)["prompt_id"].to_pylist()
    assert large[:5] == small
    assert other != small


def test_unsure_takes_the_least_sure_first_and_nobody_else():
    unsure = {"select": "unsure", "unsure_fields": ("domain", "mood"), "unsure_below": 0.5}
    labels = label_rows(
        {
            "sure": {},
            "middling": {"domain_confidence": 0.45},
            "lost": {"mood_confidence": 0.1},
            "silent": {"domain_confidence": None},
            "on the line": {"domain_confidence": 0.5},
            "style only": {"art_style_confidence": 0.0},
        }
    )
    texts = ["sure", "middling", "lost", "silent", "on the line", "style only"]
    table = chosen(texts, labels, **unsure)
    assert table["prompt_text"].to_pylist() == ["silent", "lost", "middling"]
    least = chosen(texts, labels, **unsure, max_prompts=1)
    assert least["prompt_text"].to_pylist() == ["silent"]


SECOND = {
    "domain": "object",
    "art_style": "sketch",
    "mood": "dark",
    "subject": "spoon",
    "setting": "kitchen",
    "lighting": "unknown",
    "complexity_score": 4,
    "has_nsfw_intent": True,
    **{f"{name}_confidence": None for name in LABEL_FIELDS},
    "labeler": "language_model",
    "model": "m2",
    "revision": "r2",
    "prompt_version": "v2",
    "content_id": "c2",
    "mlflow_run_id": "run2",
}
FAILED = SECOND | dict.fromkeys(LABEL_FIELDS) | {"parse_status": "failed"}


def merged(first, second, **parameters):
    table = merge_labels(
        label_rows(first), label_rows(second), LanguageModelLabelParameters(**parameters)
    )
    assert table.schema == LABEL_ROWS
    return {row["prompt_id"]: row for row in table.to_pylist()}


def test_rows_the_language_model_did_not_see_stay_as_they_are():
    first = {"a": {"mood": "epic"}, "b": {}}
    rows = merged(first, {"b": SECOND})
    assert rows[prompt_id("a")] == label_rows(first).to_pyarrow().to_pylist()[0]
    assert len(rows) == 2


def test_without_a_language_model_all_is_labeler_1():
    first = {"b": {"mood": "epic"}, "a": {}}
    wanted = LanguageModelLabelParameters()
    empty = label_rows({"x": SECOND}).filter(False)
    table = merge_labels(label_rows(first), empty, wanted)
    expected = label_rows(first).order_by("prompt_id").to_pyarrow().cast(LABEL_ROWS)
    assert table == pa.table(expected)


def test_a_valid_label_wins_in_every_field_that_is_not_kept():
    row = merged({"a": {}}, {"a": SECOND}, keep_first_from={})[prompt_id("a")]
    for name in LABEL_FIELDS:
        assert row[name] == SECOND[name]
        assert row[f"{name}_confidence"] is None
    assert row["labeler"] == "lexicon+language_model"
    for name in ("model", "revision", "prompt_version", "content_id", "mlflow_run_id"):
        assert row[name] == SECOND[name]
    assert row["parse_status"] == "ok"


def test_what_labeler_1_is_sure_of_is_kept_where_it_is_said_so():
    keep = {"art_style": 0.8, "mood": 0.0, "domain": 1.1}
    rows = merged(
        {
            "sure": {"art_style_confidence": 0.8},
            "unsure": {"art_style_confidence": 0.79},
            "silent": {"art_style_confidence": None},
        },
        {"sure": SECOND, "unsure": SECOND, "silent": SECOND},
        keep_first_from=keep,
    )
    styles = {text: rows[prompt_id(text)]["art_style"] for text in ("sure", "unsure", "silent")}
    assert styles == {"sure": "photography", "unsure": "sketch", "silent": "sketch"}
    assert rows[prompt_id("sure")]["art_style_confidence"] == 0.8
    assert {row["mood"] for row in rows.values()} == {LABEL["mood"]}
    assert {row["domain"] for row in rows.values()} == {"object"}


def test_by_default_a_small_model_has_its_say_where_labeler_1_is_unsure_or_has_only_rules():
    row = merged({"a": {"art_style_confidence": 0.4}}, {"a": SECOND})[prompt_id("a")]
    from_second = {name for name in LABEL_FIELDS if row[name] == SECOND[name]}
    assert from_second == {"art_style", "subject", "setting", "lighting"}


def test_a_failed_reply_changes_nothing():
    row = merged({"a": {}}, {"a": FAILED})[prompt_id("a")]
    assert row["labeler"] == "lexicon"
    assert row["domain"] == LABEL["domain"]
    assert row["parse_status"] == "ok"


def test_a_repaired_reply_says_so():
    row = merged({"a": {}}, {"a": SECOND | {"parse_status": "repaired"}})[prompt_id("a")]
    assert row["parse_status"] == "repaired"


def test_a_failed_row_of_labeler_1_is_mended():
    nothing = dict.fromkeys(LABEL_FIELDS) | {"parse_status": "failed"}
    row = merged({"a": nothing}, {"a": SECOND}, keep_first_from={"mood": 0.0})[prompt_id("a")]
    assert row["mood"] == "dark"
    assert row["parse_status"] == "ok"


@pytest.mark.parametrize(
    "wrong",
    [
        {"select": "all"},
        {"max_prompts": 0},
        {"unsure_fields": []},
        {"unsure_fields": ["colour"]},
        {"batch_size": 2, "concurrency": 3},
        {"measured_accuracy": {"domain": 1.5}},
        {"keep_first_from": {"colour": 0.5}},
        {"batchsize": 3},
    ],
)
def test_parameters_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValidationError):
        LanguageModelLabelParameters(**wrong)
