import io

import pytest
from ingest_logs import SIMPLE, ingest, mapping_with, reading, tree_of, write_csv
from rich.console import Console

from genai_session_analyzer.errors import MappingError, SourceError
from genai_session_analyzer.pipelines.ingestion.corpus.parameters import CorpusParameters
from genai_session_analyzer.pipelines.ingestion.dry_run import (
    plan_files,
    print_corpus_plan,
    print_file_plan,
)

MAPPING = mapping_with(
    {
        "requested_at": "at",
        "latency_ms": {"column": "took", "unit": "s"},
        "status": {"column": "state", "values": {"OK": "success", "WAIT": None}},
    },
    timezone="Europe/Berlin",
)
HEADER = "id,prompt,at,took,state,colour"
LINES = [
    "a,x,2022-01-01 10:00:00,1.5,OK,red",
    "b,,2022-01-01 10:00:00,-1,OK,red",
    "c,y,2022-01-01 10:00:00,1,ODD,red",
    "a,x,2022-01-01 10:00:00,1.5,OK,red",
    "too,short",
]


def printed(plan, *arguments):
    """What a plan prints on a wide terminal, as plain text."""
    console = Console(file=io.StringIO(), width=200, no_color=True)
    plan(*arguments, console)
    return console.file.getvalue()


@pytest.fixture
def log(tmp_path):
    return write_csv(tmp_path / "log.csv", HEADER, *LINES)


def test_it_says_what_maps_to_what_what_is_missing_and_what_is_rejected(log):
    text = printed(print_file_plan, reading(log.parent, MAPPING, path=str(log)))
    lines = {line.split("│")[1].strip(): line for line in text.splitlines() if "│" in line}
    assert "s -> ms" in lines["latency_ms"]
    assert "took" in lines["latency_ms"]
    assert "OK = success, WAIT = unknown" in lines["status"]
    assert "zone if unstated: Europe/Berlin" in lines["requested_at"]
    assert "Missing, simulated: user_name." in text
    assert "Missing, simulated per user: user_tier, region," in text
    assert "else null: retry_count, cost_credits, feedback," in text
    assert "Missing, left null: thread_id, sampler, steps," in text
    assert "Columns not used: colour." in text
    assert "Rows: 5 in, 3 rejected (60.0%" in text
    assert "1 with an id seen before" in text
    assert [cell.strip() for cell in lines["unknown_status"].split("│")[2:4]] == ["1", "3"]
    assert [cell.strip() for cell in lines["latency_ms_negative"].split("│")[2:4]] == ["1", "2"]
    assert "Dry run: nothing was written." in text


def test_it_writes_nothing(log, tmp_path):
    asked = reading(tmp_path, MAPPING, path=str(log))
    before = tree_of(tmp_path)
    printed(print_file_plan, asked)
    assert tree_of(tmp_path) == before


def test_names_that_look_like_markup_are_only_names(tmp_path):
    path = write_csv(tmp_path / "[bold]log[-x].csv", "id,[red]prompt[/blue],[/]", "a,x,y")
    mapping = {**SIMPLE, "columns": {"generation_id": "id", "prompt_text": "[red]prompt[/blue]"}}
    text = printed(print_file_plan, reading(tmp_path, mapping, path=str(path)))
    assert "[bold]log[-x].csv as team_log" in text
    assert "[red]prompt[/blue]" in text
    assert "Columns not used: [/]." in text


def test_it_counts_what_an_ingest_then_does(log, tmp_path):
    asked = reading(tmp_path, MAPPING, path=str(log))
    (plan,) = plan_files(asked, str(log), tmp_path / "spill")
    assert (plan.rows_in, plan.rejected, plan.repeated, plan.is_known) == (5, 3, 1, False)
    parts = ingest(log, MAPPING)
    (again,) = plan_files(asked, str(log), tmp_path / "spill")
    assert again.is_known
    assert "changes nothing" in printed(print_file_plan, asked)
    assert len(parts.ledger) == 1


def test_it_says_so_where_the_run_would_stop(log, tmp_path):
    strict = reading(tmp_path, MAPPING, path=str(log), max_rejected_share=0.2)
    assert "so this stops the run" in printed(print_file_plan, strict)


def test_it_stops_where_an_ingest_would(tmp_path):
    write_csv(tmp_path / "log.csv", "id,other", "a,x")
    with pytest.raises(MappingError, match="'prompt'"):
        plan_files(reading(tmp_path, SIMPLE), str(tmp_path / "log.csv"), tmp_path / "spill")
    with pytest.raises(SourceError, match=r"absent\.csv"):
        plan_files(reading(tmp_path, SIMPLE), str(tmp_path / "absent.csv"), tmp_path / "spill")


def test_every_file_of_a_folder_has_its_plan(tmp_path):
    logs = tmp_path / "logs"
    logs.mkdir()
    write_csv(logs / "a.csv", "id,prompt", "a,x")
    write_csv(logs / "b.csv", "id,prompt", "b,y", "c,z")
    plans = plan_files(reading(tmp_path, SIMPLE), str(logs), tmp_path / "spill")
    assert [(plan.path.name, plan.rows_in) for plan in plans] == [("a.csv", 1), ("b.csv", 2)]


def test_the_embedded_corpus_has_a_plan_too():
    text = printed(print_corpus_plan, CorpusParameters(generation_count=12_345), 7)
    assert "12,345 generations, seed 7" in text
    assert "nothing was written" in text
