from collections import Counter
from datetime import datetime, timedelta

import pytest
from ingest_logs import tree_of
from noisy_logs import (
    WORDS,
    Noisy,
    moment_of,
    noise_of,
    noisy,
    prepare,
    records_of,
    truth_of,
)
from pydantic import ValidationError

from genai_session_analyzer.pipelines.ingestion.noise.kinds import KIND_NAMES, NOISE_KINDS
from genai_session_analyzer.pipelines.ingestion.noise.parameters import NoiseParameters

MEANT = {"prompt": "prompt_text", "user": "user_name", "request_id": "generation_id"}
EMPTIED = {"missing_id": "request_id", "missing_prompt": "prompt", "missing_user": "user",
           "missing_time": "created", "missing_status": "outcome",
           "missing_latency": "milliseconds"}  # fmt: skip


@pytest.fixture(scope="module", params=["csv", "jsonl"])
def log(request, tmp_path_factory) -> Noisy:
    return noisy(tmp_path_factory.mktemp(request.param), noise_of(request.param))


def is_off(record, meant):
    """The columns of a record that do not say what was meant, by reading the text again."""
    try:
        moment = moment_of(record["created"] or "")
    except ValueError:
        moment = None
    states = {
        **{column: record[column] == meant[field] for column, field in MEANT.items()},
        "created": moment == meant["requested_at"],
        "outcome": WORDS.get(record["outcome"]) == meant["status"],
        "milliseconds": str(record["milliseconds"]) == str(meant["latency_ms"]),
        "image": record["image"] == meant["image_path"],
        **{name: record[name] == str(meant[name]) for name in ("steps", "width", "height")},
    }
    return {column for column, holds in states.items() if not holds}


def test_the_file_differs_from_what_was_meant_only_where_the_truth_says(log):
    as_meant = {"clean", "exact_duplicate", "late_event", "out_of_order", "offset_time",
                "naive_time", "missing_user", "missing_time", "missing_status",
                "missing_latency"}  # fmt: skip
    spoilt = {kind.name: {kind.column} for kind in NOISE_KINDS} | {name: set() for name in as_meant}
    records, truth = records_of(log.log), truth_of(log)
    for record, meant in zip(records, truth, strict=True):
        assert is_off(record, meant) == spoilt[meant["kind"]], meant["kind"]
        if meant["kind"] in EMPTIED:
            assert record[EMPTIED[meant["kind"]]] is None


def test_every_kind_is_what_its_name_says(log):
    last = datetime(2024, 3, 31)
    rows = zip(records_of(log.log), truth_of(log), strict=True)
    by_kind = {}
    for record, meant in rows:
        by_kind.setdefault(meant["kind"], []).append(record)
    assert set(by_kind) == {"clean", *KIND_NAMES}
    assert all(r["created"].endswith("Z") for r in by_kind["clean"])
    assert all(last < moment_of(r["created"]) for r in by_kind["clock_skew"])
    assert all(moment_of(r["created"]) <= last + timedelta(30) for r in by_kind["clock_skew"])
    assert len({r["created"][-6:] for r in by_kind["offset_time"]}) > 2
    zones = {datetime.fromisoformat(r["created"]).tzinfo for r in by_kind["naive_time"]}
    assert zones == {None}
    assert not any(r["prompt"].strip() for r in by_kind["blank_prompt"])
    assert not {r["outcome"] for r in by_kind["unknown_status"]} & {*WORDS, *WORDS.values()}
    assert all(int(r["milliseconds"]) < 0 for r in by_kind["negative_latency"])
    assert {r["milliseconds"] for r in by_kind["nan_latency"]} == {"NaN"}
    assert all("\udce9" in r["prompt"] for r in by_kind["invalid_utf8"])
    assert all(r["image"].startswith("../") for r in by_kind["unsafe_image_path"])


def test_copies_stand_behind_an_untouched_original(log):
    records, seen, truth = records_of(log.log), {}, truth_of(log)
    for record, meant in zip(records, truth, strict=True):
        original = seen.get(record["request_id"])
        if meant["kind"] in {"exact_duplicate", "id_conflict"}:
            first, place = original
            assert truth[place - 1]["kind"] == "clean"
            assert 0 < meant["row_number"] - place <= 1000
            assert (first == record) == (meant["kind"] == "exact_duplicate")
        elif record["request_id"]:
            assert original is None
            seen[record["request_id"]] = (record, meant["row_number"])


def test_only_moved_events_and_copies_stand_out_of_order(log):
    moved = {"late_event", "out_of_order", "exact_duplicate", "id_conflict"}
    truth = truth_of(log)
    numbers = [int(row["generation_id"].removeprefix("req-")) for row in truth]
    stayed = [n for n, row in zip(numbers, truth, strict=True) if row["kind"] not in moved]
    assert stayed == sorted(stayed)
    for kind, farthest in (("late_event", 2000), ("out_of_order", 5)):
        places = [
            (number, row["row_number"])
            for number, row in zip(numbers, truth, strict=True)
            if row["kind"] == kind
        ]
        later = [sum(other > number for other in numbers[: place - 1]) for number, place in places]
        assert min(later) >= 1
        assert max(later) <= farthest * 1.05 + 20  # copies and moved events lie between


def test_rates_are_kept(tmp_path):
    rates = {"blank_prompt": 0.1, "missing_user": 0.02, "late_event": 0.3}
    source, truth = prepare(tmp_path, noise_of(rates=rates), count=10_000)
    found = Counter(row["kind"] for row in truth_of(Noisy(source.path, truth, [], [])))
    assert set(found) == {"clean", *rates}
    for kind, rate in rates.items():
        spread = (10_000 * rate * (1 - rate)) ** 0.5
        assert abs(found[kind] - 10_000 * rate) <= 5 * spread, kind


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path):
    def made(seed, **changes):
        source, _ = prepare(tmp_path / "one", noise_of(**changes), 300, seed)
        return source

    first = made(1)
    before = tree_of(tmp_path / "one")
    assert made(1) == first
    assert tree_of(tmp_path / "one") == before
    others = {made(2).path, made(1, period_days=89).path, made(1, log_format="jsonl").path}
    assert len(others | {first.path}) == 4


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"rates": {"exact_duplicates": 0.1}}, "Did you mean 'exact_duplicate'"),
        ({"rates": {"late_event": -0.1}}, "late_event must not be negative"),
        ({"rates": {"late_event": float("nan")}}, "late_event must not be negative"),
        ({"rates": {"late_event": 0.5, "clock_skew": 0.5}}, "not sum to more"),
        ({"log_format": "parquet"}, "csv"),
        ({"is_of": True}, "is_of"),
    ],
)
def test_wrong_parameters_are_told(settings, told):
    with pytest.raises(ValidationError, match=told):
        NoiseParameters(**settings)
