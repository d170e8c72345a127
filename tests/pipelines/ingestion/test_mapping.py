from datetime import datetime

import pytest
from ingest_logs import (
    SIMPLE,
    ingest,
    mapping_with,
    reasons_of,
    rows_of,
    tree_of,
    values_of,
    write_csv,
    write_mapping,
    write_parquet,
)

from genai_session_analyzer.errors import MappingError, UnknownNameError
from genai_session_analyzer.pipelines.ingestion.mapping.fields import FIELDS, STORE_COLUMNS, absence
from genai_session_analyzer.pipelines.ingestion.mapping.shipped import (
    load_mapping,
    shipped_mappings,
)
from genai_session_analyzer.schema.sources import RAW_GENERATIONS


def test_every_column_of_the_raw_table_is_the_stores_own_or_a_field():
    assert set(RAW_GENERATIONS.column_names) == {*FIELDS, *STORE_COLUMNS}
    assert absence("status") == "simulated with simulation.fill.telemetry, else null"
    assert absence("seed") == "left null"


def test_the_shipped_mappings_load():
    assert shipped_mappings() == ("diffusiondb", "discord_jobs", "t2i_requests")
    assert [load_mapping(name).dataset for name in shipped_mappings()] == list(shipped_mappings())


def test_an_unknown_name_is_answered_with_the_closest():
    with pytest.raises(UnknownNameError, match="Did you mean 'discord_jobs'"):
        load_mapping("discord_job")


def test_no_mapping_at_all_is_answered_with_the_shipped_ones():
    with pytest.raises(MappingError, match="discord_jobs, t2i_requests"):
        load_mapping(None)


@pytest.mark.parametrize(
    ("mapping", "problem"),
    [
        (mapping_with({"latncy_ms": "x"}), "Did you mean 'latency_ms'"),
        (mapping_with({"latency_ms": {"column": "x", "unit": "hours"}}), "unit of latency_ms"),
        (mapping_with({"steps": {"column": "x", "unit": "s"}}), "unit of steps"),
        (mapping_with({"cost_credits": {"column": "x", "unit": "usd"}}), "needs `rate`"),
        (mapping_with({"seed": {"unit": "s"}}), "either `column` or `template`"),
        (mapping_with(timezone="Mars/Olympus"), "no time zone"),
        (mapping_with(dataset="../evil"), "dataset"),
        (mapping_with(dataset="Team Log"), "dataset"),
        (mapping_with(colour="red"), "colour"),
        ({**SIMPLE, "columns": {"generation_id": "id"}}, "null_prompt: allowed"),
        (mapping_with(constants={"statuss": "x"}), "Did you mean 'status'"),
    ],
)
def test_a_wrong_mapping_is_refused_in_one_line(tmp_path, mapping, problem):
    with pytest.raises(MappingError, match=r"mapping\.yml") as caught:
        load_mapping(write_mapping(tmp_path, mapping))
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_mapping_that_is_not_yaml_is_refused_in_one_line(tmp_path):
    (tmp_path / "mapping.yml").write_text("columns: [unclosed")
    with pytest.raises(MappingError, match=r"mapping\.yml") as caught:
        load_mapping(str(tmp_path / "mapping.yml"))
    assert "\n" not in str(caught.value)


def test_columns_the_file_lacks_stop_with_its_columns_and_a_suggestion(tmp_path):
    path = write_csv(tmp_path / "log.csv", "id,promt,time", "a,x,2022-01-01")
    with pytest.raises(MappingError, match=r"log\.csv") as caught:
        ingest(path)
    assert "'prompt' (did you mean 'promt'?)" in str(caught.value)
    assert "The file has: id, promt, time." in str(caught.value)
    assert not any("parquet" in name for name in tree_of(tmp_path))


def test_an_optional_column_may_be_absent(tmp_path):
    mapping = mapping_with({"seed": {"column": "seed", "is_optional": True}})
    without = ingest(write_csv(tmp_path / "a.csv", "id,prompt", "a,x"), mapping)
    assert values_of(without, "seed") == [None]
    both = ingest(write_csv(tmp_path / "b.csv", "id,prompt,seed", "b,x,7"), mapping)
    assert values_of(both, "seed") == [None, 7]


@pytest.mark.parametrize(
    ("unit", "text", "latency_ms"),
    [("s", "4.95", 4950), ("ms", "4.6", 5), ("us", "1500", 2), ("min", "0.5", 30_000)],
)
def test_durations_become_milliseconds(tmp_path, unit, text, latency_ms):
    path = write_csv(tmp_path / "log.csv", "id,prompt,took", f"a,x,{text}")
    mapping = mapping_with({"latency_ms": {"column": "took", "unit": unit}})
    assert values_of(ingest(path, mapping), "latency_ms") == [latency_ms]


def test_money_becomes_credits_at_the_rate(tmp_path):
    path = write_csv(tmp_path / "log.csv", "id,prompt,price", "a,x,0.02")
    mapping = mapping_with({"cost_credits": {"column": "price", "unit": "usd", "rate": 100}})
    assert values_of(ingest(path, mapping), "cost_credits") == [pytest.approx(2.0)]


@pytest.mark.parametrize(
    ("unit", "epoch"),
    [
        ("s", "1659801636.5"),
        ("ms", "1659801636500"),
        ("us", "1659801636500000"),
        ("ns", "1659801636500000000"),
    ],
)
def test_epochs_become_utc_times_without_any_zone(tmp_path, unit, epoch):
    path = write_csv(tmp_path / "log.csv", "id,prompt,at", f"a,x,{epoch}", "b,x,1e300", "c,x,nan")
    mapping = mapping_with({"requested_at": {"column": "at", "unit": unit}}, timezone=None)
    parts = ingest(path, mapping)
    assert values_of(parts, "requested_at") == [datetime(2022, 8, 6, 16, 0, 36, 500000)]
    assert reasons_of(parts) == {n: ["requested_at_not_a_time"] for n in (2, 3)}


def test_numbers_as_times_need_a_unit(tmp_path):
    path = write_parquet(
        tmp_path / "log.parquet", {"id": ["a"], "prompt": ["x"], "at": [1659801636]}
    )
    with pytest.raises(MappingError, match="say `unit: s`"):
        ingest(path, mapping_with({"requested_at": "at"}))


def test_a_declared_format_is_read_and_nothing_else(tmp_path):
    path = write_csv(tmp_path / "log.csv", "id,prompt,at", "a,x,06/08/2022 16:00", "b,x,2022-08-06")
    column = {"column": "at", "format": "%d/%m/%Y %H:%M"}
    parts = ingest(path, mapping_with({"requested_at": column}))
    assert values_of(parts, "requested_at") == [datetime(2022, 8, 6, 16)]
    assert reasons_of(parts) == {2: ["requested_at_not_a_time"]}


def test_their_words_become_ours_and_only_listed_ones(tmp_path):
    path = write_csv(tmp_path / "log.csv", "id,prompt,state", "a,x,OK", "b,x,RUNNING", "c,x,WAT")
    states = {"OK": "success", "RUNNING": None}
    parts = ingest(path, mapping_with({"status": {"column": "state", "values": states}}))
    assert values_of(parts, "status") == ["success", None]
    assert reasons_of(parts) == {3: ["unknown_status"]}


def test_yaml_booleans_and_numbers_match_what_files_hold(tmp_path):
    columns = {"id": ["a", "b"], "prompt": ["x", "y"], "nsfw": [True, False], "code": [1, 2]}
    path = write_parquet(tmp_path / "log.parquet", columns)
    mapping = mapping_with(
        {
            "image_nsfw": {"column": "nsfw", "values": {True: 1, False: 0}},
            "sampler": {"column": "code", "values": {1: "ddim"}},
        }
    )
    parts = ingest(path, mapping)
    assert values_of(parts, "image_nsfw") == [1.0, 0.0]
    assert values_of(parts, "sampler") == ["ddim", "2"]


def test_unless_default_template_and_constants(tmp_path):
    lines = ["a,x,DONE,9,,3,k.png", "b,x,WAITING,9,timeout,42,"]
    path = write_csv(tmp_path / "log.csv", "id,prompt,state,took,end,part,file", *lines)
    mapping = mapping_with(
        {
            "latency_ms": {"column": "took", "unless": {"state": ["WAITING"]}},
            "status": {"column": "end", "default": "success"},
            "image_path": {"template": "p-{part:03d}/{file}"},
        },
        constants={"model_version": "v9", "steps": 30},
    )
    first, second = rows_of(ingest(path, mapping).accepted)
    assert (first["latency_ms"], second["latency_ms"]) == (9, None)
    assert (first["status"], second["status"]) == ("success", "timeout")
    assert (first["image_path"], second["image_path"]) == ("p-003/k.png", None)
    assert (first["model_version"], second["steps"]) == ("v9", 30)


def test_a_source_without_prompts_keeps_null_where_the_mapping_allows_it(tmp_path):
    mapping = {"dataset": "bare", "null_prompt": "allowed", "columns": {"generation_id": "id"}}
    parts = ingest(write_csv(tmp_path / "log.csv", "id", "a"), mapping)
    assert values_of(parts, "prompt_text") == [None]


def test_names_with_quotes_and_spaces_are_only_names(tmp_path):
    path = write_parquet(tmp_path / "o\"dd'.parquet", {'i"d': ["a"], "pro'mpt; --": ["x"]})
    mapping = {**SIMPLE, "columns": {"generation_id": 'i"d', "prompt_text": "pro'mpt; --"}}
    assert values_of(ingest(path, mapping), "prompt_text") == ["x"]
