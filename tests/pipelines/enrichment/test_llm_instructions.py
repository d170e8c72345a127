"""What a language model is told about labelling, and how its replies are read."""

import json

import pytest
from llm_rows import LABEL

from genai_session_analyzer.pipelines.enrichment.labels.llm_prompt import (
    ANSWER_ORDER,
    LABEL_SCHEMA,
    LabelInstructions,
    load_template,
)
from genai_session_analyzer.pipelines.enrichment.labels.llm_reply import (
    InvalidReplyError,
    parse_reply,
)
from genai_session_analyzer.pipelines.enrichment.labels.prompt_label import LABEL_FIELDS
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import load_taxonomy

GOOD = json.dumps(LABEL)


def instructions(max_tokens=256, max_prompt_chars=2000):
    return LabelInstructions(load_template(), load_taxonomy(), max_tokens, max_prompt_chars)


def test_the_schema_follows_the_label_and_leaves_nothing_open():
    assert set(ANSWER_ORDER) == set(LABEL_FIELDS) == set(LABEL_SCHEMA["required"])
    assert list(LABEL_SCHEMA["properties"]) == list(ANSWER_ORDER)
    assert LABEL_SCHEMA["additionalProperties"] is False
    assert "fanart" in LABEL_SCHEMA["properties"]["domain"]["enum"]
    assert "$ref" not in json.dumps(LABEL_SCHEMA)


def test_what_does_not_change_comes_first_and_the_prompt_last():
    one, other = instructions().request("a red bus"), instructions().request("a blue cow")
    assert one.messages[:-1] == other.messages[:-1]
    assert one.messages[-1].content == "Prompt: a red bus"
    told = one.messages[0].content
    for field in ("domain", "art_style", "mood"):
        for label, meaning in load_taxonomy().fields[field].items():
            assert f'"{label}": {meaning.description}' in told


def test_the_examples_are_valid_answers():
    messages = instructions().request("x").messages
    answers = [each.content for each in messages if each.role == "assistant"]
    assert len(answers) >= 4
    for answer in answers:
        parse_reply(answer)


def test_a_prompt_with_braces_or_of_great_length_is_quoted_as_it_is():
    assert instructions().request("{domain} {0}").messages[-1].content == "Prompt: {domain} {0}"
    long = instructions(max_prompt_chars=100).request("x" * 5000)
    assert len(long.messages[-1].content) == 100 + len("Prompt: ")


def test_the_version_changes_with_what_is_told_and_with_nothing_else():
    template = load_template()
    taxonomy = load_taxonomy()
    changed = template.model_copy(update={"system": template.system + " Be brief."})
    fields = json.loads(taxonomy.model_dump_json())["fields"]
    fields["mood"]["dark"]["synonyms"] = ["pitch black"]
    synonym = taxonomy.model_validate({"version": "1", "fields": fields})
    fields["mood"]["dark"]["description"] = "no light"
    described = taxonomy.model_validate({"version": "1", "fields": fields})
    version = instructions().version
    assert instructions().version == version
    assert LabelInstructions(changed, taxonomy, 256, 2000).version != version
    assert LabelInstructions(template, synonym, 256, 2000).version == version
    assert LabelInstructions(template, described, 256, 2000).version != version


@pytest.mark.parametrize("text", [GOOD, f"```json\n{GOOD}\n```", f"Here it is: {GOOD} I hope."])
def test_a_reply_is_read_with_or_without_words_around_it(text):
    assert parse_reply(text).model_dump() == LABEL


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no JSON object"),
        ("A lovely cat.", "no JSON object"),
        (GOOD[:-5], "breaks off"),
        (json.dumps(LABEL | {"domain": "vehicle"}), "domain"),
        (json.dumps(LABEL | {"complexity_score": 6}), "complexity_score"),
        (json.dumps(LABEL | {"complexity_score": "3"}), "complexity_score"),
        (json.dumps(LABEL | {"has_nsfw_intent": "no"}), "has_nsfw_intent"),
        (json.dumps(LABEL | {"subject": ""}), "subject"),
        (json.dumps(LABEL | {"colour": "red"}), "colour"),
        (json.dumps({key: value for key, value in LABEL.items() if key != "mood"}), "mood"),
        ("{" * 100_000, "breaks off"),
        ('{"a":' * 100_000, "nested"),
    ],
)
def test_what_is_no_label_is_invalid_and_says_why(text, said):
    with pytest.raises(InvalidReplyError, match=said):
        parse_reply(text)
