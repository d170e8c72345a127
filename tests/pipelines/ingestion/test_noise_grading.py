from collections import Counter

import ibis
import pyarrow as pa
import pytest
from ingest_logs import rows_of
from noisy_logs import Noisy, noise_of, noisy, truth_of

from genai_session_analyzer.errors import RejectionError, SourceError
from genai_session_analyzer.pipelines.ingestion.noise.kinds import KIND_NAMES
from genai_session_analyzer.schema.sources import RAW_GENERATIONS, REJECTED_ROWS

VALUES = ("prompt_text", "user_name", "requested_at", "status", "latency_ms", "steps", "width",
          "height", "image_path")  # fmt: skip


@pytest.fixture(scope="module", params=["csv", "jsonl"])
def log(request, tmp_path_factory) -> Noisy:
    return noisy(tmp_path_factory.mktemp(request.param), noise_of(request.param))


def table(rows, schema):
    """Rows as a table in the memory of DuckDB."""
    arrow = pa.Table.from_pylist(rows, schema=schema.ibis_schema().to_pyarrow())
    return ibis.memtable(arrow)


def accepted(rows):
    return {"raw_generations": table(rows, RAW_GENERATIONS)}


def rejected(rows):
    return {"rejected_rows": table(rows, REJECTED_ROWS)}


def is_met(meant, kept, refused):
    """Whether a record met its fate, by looking it up in dictionaries."""
    number = meant["row_number"]
    if meant["fate"] == "reject":
        return number not in kept and refused.get(number) == [meant["reason"]]
    if meant["fate"] == "drop":
        return number not in kept and number not in refused
    row = kept.get(number)
    if row is None or number in refused:
        return False
    named = row["generation_id"] == "noisy_log:" + meant["generation_id"]
    return named and all(row[name] == meant[name] for name in VALUES)


def test_everything_planted_is_caught_or_repaired_and_nothing_else_is_touched(log):
    kept = {row["source_row"]: row for row in rows_of(log.accepted)}
    refused = {row["row_number"]: row["reasons"] for row in rows_of(log.rejected)}
    planted = Counter(meant["kind"] for meant in truth_of(log))
    met = Counter(meant["kind"] for meant in truth_of(log) if is_met(meant, kept, refused))
    assert met == planted
    assert set(planted) == {"clean", *KIND_NAMES}
    graded = log.grade()
    assert {kind: row["planted_count"] for kind, row in graded.items()} == planted
    assert {kind: row["handled_count"] for kind, row in graded.items()} == met
    assert {row["recall"] for row in graded.values()} == {1.0}
    assert {row["precision"] for row in graded.values()} == {1.0}
    assert graded["late_event"]["given_count"] == len(kept)
    assert graded["blank_prompt"]["given_count"] == planted["blank_prompt"]


def test_what_is_missing_is_unknown_and_not_made_up(log):
    kept = {row["source_row"]: row for row in rows_of(log.accepted)}
    fields = {"missing_user": "user_name", "missing_time": "requested_at",
              "missing_status": "status", "missing_latency": "latency_ms"}  # fmt: skip
    for meant in truth_of(log):
        if meant["kind"] in fields:
            assert kept[meant["row_number"]][fields[meant["kind"]]] is None


def test_small_chunks_make_no_difference(log, tmp_path):
    log_format = log.log.suffix.removeprefix(".")
    again = noisy(tmp_path, noise_of(log_format), chunk_rows=499)
    assert again.grade() == log.grade()


def test_a_lost_row_is_found(log):
    rows = rows_of(log.accepted)
    clean = next(m["row_number"] for m in truth_of(log) if m["kind"] == "clean")
    graded = log.grade(**accepted([row for row in rows if row["source_row"] != clean]))
    assert graded["clean"]["recall"] == 1 - 1 / graded["clean"]["planted_count"]
    assert graded["exact_duplicate"]["precision"] < 1  # one more vanished than was to be dropped
    assert graded["exact_duplicate"]["recall"] == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [("latency_ms", 1), ("status", None), ("user_name", "else"), ("prompt_text", "x"),
     ("requested_at", None), ("generation_id", "noisy_log:else"), ("image_path", None)],
)  # fmt: skip
def test_a_touched_value_is_found(log, field, value):
    rows = rows_of(log.accepted)
    number = next(m["row_number"] for m in truth_of(log) if m["kind"] == "offset_time")
    changed = [row | {field: value} if row["source_row"] == number else row for row in rows]
    graded = log.grade(**accepted(changed))
    assert graded["offset_time"]["handled_count"] == graded["offset_time"]["planted_count"] - 1
    assert graded["clean"]["recall"] == 1
    assert graded["clean"]["precision"] == 1 - 1 / len(rows)


def test_a_wrong_or_further_reason_is_found(log):
    number = next(m["row_number"] for m in truth_of(log) if m["kind"] == "blank_prompt")
    rows = rows_of(log.rejected)
    for reasons in (["nul_byte"], ["prompt_text_blank", "nul_byte"], []):
        changed = [
            row | {"reasons": reasons} if row["row_number"] == number else row for row in rows
        ]
        assert log.grade(**rejected(changed))["blank_prompt"]["recall"] < 1


def test_a_clean_row_rejected_is_found(log):
    clean = next(m["row_number"] for m in truth_of(log) if m["kind"] == "clean")
    rows = rows_of(log.rejected)
    extra = rows[0] | {"row_number": clean, "reasons": ["prompt_text_blank"]}
    graded = log.grade(**rejected([*rows, extra]))
    assert graded["blank_prompt"]["precision"] < 1
    assert graded["blank_prompt"]["recall"] == 1
    assert graded["clean"]["recall"] < 1


def test_other_sources_are_left_alone(log):
    rows = rows_of(log.accepted)
    other = rows[0] | {"source": "other.csv", "raw_id": len(rows) + 1, "latency_ms": 5}
    assert log.grade(**accepted([*rows, other])) == log.grade()


def test_grading_another_log_is_refused(log):
    with pytest.raises(SourceError, match=r"noise\.is_on"):
        log.grade(**accepted([]), **rejected([]))


def test_without_faults_nothing_is_rejected(tmp_path):
    graded = noisy(tmp_path, noise_of(rates={}), count=500).grade()
    assert set(graded) == {"clean"}
    assert graded["clean"]["handled_count"] == graded["clean"]["given_count"] == 500


def test_more_faults_than_a_source_may_have_stop_the_run(tmp_path):
    with pytest.raises(RejectionError, match="prompt_text_blank"):
        noisy(tmp_path, noise_of(rates={"blank_prompt": 0.4}))
    assert not list(tmp_path.rglob("*accepted*"))
