"""What is read of a build before questions are asked."""

import time
from collections import Counter
from datetime import datetime

import ibis
import pytest
from plan_world import world

from genai_session_analyzer.copilot.facts import ValueCount, read_facts
from genai_session_analyzer.copilot.facts.reading import MOST_VALUES
from genai_session_analyzer.errors import NoBuildError
from rows import generation, table


def test_values_come_with_their_rows_the_most_frequent_first() -> None:
    found = world().facts.values["fct_generations"]["model_version"]
    expected = Counter(each["model_version"] for each in world().generations)
    del expected[None]
    assert {each.value: each.count for each in found} == expected
    assert [each.count for each in found] == sorted(expected.values(), reverse=True)
    assert world().facts.values["fct_generations"]["dataset"] == (ValueCount("test", 400),)
    assert world().facts.values_of("ftr_prompt_labels", "setting") == ("city",)
    assert world().facts.values_of("fct_generations", "latency_ms") == ()


def test_time_counts_and_simulated_share() -> None:
    facts, generations = world().facts, world().generations
    moments = [each["requested_at"] for each in generations]
    assert (facts.first_at, facts.newest_at) == (min(moments), max(moments))
    assert facts.row_counts["fct_generations"] == 400
    assert facts.row_counts["dim_users"] == 12
    simulated = sum(1 for each in generations if each["telemetry_origin"] == "simulated")
    assert facts.simulated_share == pytest.approx(simulated / 400)


def test_features_are_those_with_rows() -> None:
    assert world().facts.features == {"labels", "clusters"}
    assert world(with_features=False).facts.features == frozenset()


def test_cluster_titles_are_counted_in_prompts() -> None:
    titles = world().facts.values["dim_clusters"]["title"]
    assert titles == tuple(ValueCount(f"cluster {number}", 6) for number in range(3))


def test_a_database_with_generations_alone_is_enough() -> None:
    backend = ibis.duckdb.connect()
    table("fct_generations", [generation(1)], backend)
    facts = read_facts(backend)
    assert facts.build_id == ""
    assert facts.row_counts == {"fct_generations": 1}
    assert facts.newest_at == datetime(2024, 1, 1, 12, 1)


def test_a_column_of_many_values_is_not_listed() -> None:
    backend = ibis.duckdb.connect()
    rows = [generation(number, model_version=f"m{number}") for number in range(MOST_VALUES + 1)]
    table("fct_generations", rows, backend)
    facts = read_facts(backend)
    assert facts.values_of("fct_generations", "model_version") == ()
    assert facts.values_of("fct_generations", "status") == ("success",)


def test_the_build_is_named() -> None:
    backend = ibis.duckdb.connect()
    table("fct_generations", [generation(1)], backend)
    backend.con.execute("CREATE TABLE build_tables AS SELECT 'b7' AS build_id")
    assert read_facts(backend).build_id == "b7"


@pytest.mark.parametrize("has_table", [True, False])
def test_no_generations_is_no_build(has_table: bool) -> None:
    backend = ibis.duckdb.connect()
    if has_table:
        table("fct_generations", [], backend)
    with pytest.raises(NoBuildError, match="make run"):
        read_facts(backend)


def test_reading_takes_no_more_than_300_milliseconds() -> None:
    read_facts(world().backend)
    start = time.process_time()
    read_facts(world().backend)
    assert time.process_time() - start <= 0.3
