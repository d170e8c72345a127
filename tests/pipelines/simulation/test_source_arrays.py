"""What the simulation sees of a source."""

import numpy as np
import pytest

from genai_session_analyzer.errors import SchemaError
from genai_session_analyzer.pipelines.simulation.source_arrays import (
    NO_TIME,
    UNKNOWN,
    load_source_arrays,
)
from rows import minutes, raw_generations

KEYWORDS = ("kill", "nude")


def test_order_is_that_of_raw_id_whatever_the_order_of_the_rows():
    rows = [{"user_name": name, "latency_ms": number} for number, name in enumerate("cab")]
    raw = raw_generations(rows)
    for table in (raw, raw.order_by(raw.raw_id.desc())):
        source = load_source_arrays(table, KEYWORDS)
        assert list(source.user_names) == ["a", "b", "c"]
        assert list(source.user_codes) == [2, 0, 1]
        assert list(source.latency_ms) == [0, 1, 2]


def test_what_is_missing_is_marked():
    raw = raw_generations(
        [{}, {"user_name": "ann", "requested_at": minutes(1), "status": "timeout"}]
    )
    source = load_source_arrays(raw, KEYWORDS)
    assert list(source.user_codes) == [UNKNOWN, 0]
    assert source.requested_at_us[0] == NO_TIME
    assert source.requested_at_us[1] == np.datetime64(minutes(1), "us").astype(np.int64)
    assert list(source.status_codes) == [UNKNOWN, 1]
    assert list(source.lacks_user) == [True, False]
    assert list(source.lacks_time) == [True, False]


def test_safety_keywords_are_whole_words_in_any_case():
    prompts = ["a skillful painter", "KILL the light", "killer whale", "a nude, in oil", "overkill"]
    source = load_source_arrays(
        raw_generations([{"prompt_text": prompt} for prompt in prompts]), KEYWORDS
    )
    assert list(source.is_unsafe) == [False, True, False, True, False]


def test_a_keyword_is_text_and_not_a_pattern():
    raw = raw_generations([{"prompt_text": "a.b"}, {"prompt_text": "axb"}])
    assert list(load_source_arrays(raw, ("a.b",)).is_unsafe) == [True, False]


def test_a_hole_in_raw_id_is_refused():
    with pytest.raises(SchemaError, match="ingest the source again"):
        load_source_arrays(raw_generations([{"raw_id": 1}, {"raw_id": 3}]), KEYWORDS)
