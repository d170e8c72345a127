import json
from collections import Counter

from ingest_logs import (
    balance,
    ingest,
    reasons_of,
    rows_of,
    values_of,
    write_csv,
)

NO_IDS = {
    "dataset": "no_ids",
    "timezone": "UTC",
    "columns": {"prompt_text": "prompt", "requested_at": "at"},
}


LIST = {"dataset": "prompt_list", "columns": {"prompt_text": "prompt"}}


def test_rows_in_equal_accepted_rejected_and_duplicates(tmp_path):
    lines = ["a,x", "b,", "a,x", "a,other", "c,y", "too,many,fields"]
    parts = ingest(write_csv(tmp_path / "log.csv", "id,prompt", *lines))
    assert values_of(parts, "generation_id") == ["team_log:a", "team_log:c"]
    assert reasons_of(parts)[2] == ["prompt_text_missing"]
    assert reasons_of(parts)[4] == ["generation_id_conflict"]
    assert len(reasons_of(parts)) == 3
    assert balance(parts) == [(6, 2, 3, 1)]
    (entry,) = rows_of(parts.ledger)
    assert (entry["dataset"], entry["source"]) == ("team_log", "log.csv")


def test_a_repeat_is_compared_with_the_first_accepted_row_of_its_id(tmp_path):
    lines = ["a,", "a,one", "a,two", "a,one", "a,two"]
    parts = ingest(write_csv(tmp_path / "log.csv", "id,prompt", *lines))
    assert values_of(parts, "prompt_text") == ["one"]
    assert balance(parts) == [(5, 1, 3, 1)]


def test_without_ids_equal_rows_are_duplicates_where_they_have_a_time(tmp_path):
    lines = ["x,2022-01-01", "x,2022-01-02", "x,2022-01-01", "y,2022-01-01"]
    parts = ingest(write_csv(tmp_path / "log.csv", "prompt,at", *lines), NO_IDS)
    assert values_of(parts, "source_row") == [1, 2, 4]
    assert len(set(values_of(parts, "generation_id"))) == 3
    assert balance(parts) == [(4, 3, 0, 1)]


def test_a_list_of_prompts_keeps_its_repeats_because_people_ask_again(tmp_path):
    path = write_csv(tmp_path / "a.csv", "prompt", *"xyxx")
    parts = ingest(path, LIST, chunk_rows=3)
    assert values_of(parts, "prompt_text") == list("xyxx")
    assert len(set(values_of(parts, "generation_id"))) == 4
    longer = write_csv(tmp_path / "b.csv", "prompt", *"xyxxxz")
    grown = ingest(longer, LIST)
    assert Counter(values_of(grown, "prompt_text")) == Counter("xyxxxz")


def test_ids_from_content_do_not_depend_on_the_format(tmp_path):
    one = ingest(write_csv(tmp_path / "a.csv", "prompt,at", "x,2022-01-01T02:00:00+02:00"), NO_IDS)
    other = tmp_path / "b.jsonl"
    other.write_text(json.dumps({"at": "2022-01-01 00:00:00", "prompt": "x"}) + "\n")
    assert ingest(other, NO_IDS).accepted[: len(one.accepted)] == one.accepted
    assert len(values_of(ingest(other, NO_IDS), "raw_id")) == 1


def test_a_sample_is_the_same_whatever_the_order_and_the_file(tmp_path):
    lines = [f"{n},p{n}" for n in range(400)]
    settings = {"sample_share": 0.25}
    one = ingest(write_csv(tmp_path / "a.csv", "id,prompt", *lines), **settings)
    other = ingest(
        write_csv(tmp_path / "b.csv", "id,prompt", *reversed(lines)),
        store=str(tmp_path / "other"),
        **settings,
    )
    assert set(values_of(one, "generation_id")) == set(values_of(other, "generation_id"))
    assert 60 <= len(values_of(one, "raw_id")) <= 140


def test_split_and_shuffled_files_hold_the_same_rows_as_the_whole(tmp_path):
    lines = [f"{n % 70},p{n % 70}" for n in range(100)]
    whole = ingest(write_csv(tmp_path / "whole.csv", "id,prompt", *lines))
    halves = tmp_path / "halves"
    halves.mkdir()
    write_csv(halves / "a.csv", "id,prompt", *lines[50:][::-1])
    write_csv(halves / "b.csv", "id,prompt", *lines[:50])
    split = ingest(halves, chunk_rows=7)
    assert sorted(values_of(split, "generation_id")) == sorted(values_of(whole, "generation_id"))
    assert sorted(values_of(split, "raw_id")) == list(range(1, 71))
    assert balance(split) == [(50, 50, 0, 0), (50, 20, 0, 30)]
