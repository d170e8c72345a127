import subprocess
import sys
from pathlib import Path

import duckdb
import ibis
import pytest
import yaml
from ingest_logs import tree_of
from noisy_logs import noise_of

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipeline_registry import register_pipelines
from genai_session_analyzer.pipelines.ingestion.corpus.parameters import CorpusParameters
from genai_session_analyzer.pipelines.ingestion.noise.grading import grade_quarantine
from genai_session_analyzer.pipelines.ingestion.noise.kinds import KIND_NAMES
from genai_session_analyzer.pipelines.ingestion.noise.nodes import prepare_source
from genai_session_analyzer.pipelines.ingestion.noise.parameters import NoiseParameters
from genai_session_analyzer.pipelines.ingestion.parameters import SourceParameters
from kedro_project import copy_project

PROJECT = Path(__file__).parents[3]
KEDRO = str(Path(sys.executable).parent / "kedro")
SMALL = CorpusParameters(generation_count=100)


def test_it_is_off_by_default_and_the_section_says_all_there_is():
    text = (PROJECT / "conf/base/parameters_noise.yml").read_text(encoding="utf-8")
    section = yaml.safe_load(text)["noise"]
    assert NoiseParameters(**section) == NoiseParameters()
    assert set(section) == set(NoiseParameters.model_fields)
    assert tuple(section["rates"]) == KIND_NAMES
    assert not section["is_on"]


@pytest.mark.parametrize("kind", ["embedded", "logs"])
def test_switched_off_the_source_stays_as_it_is(tmp_path, kind):
    path = None if kind == "embedded" else "log.csv"
    source = SourceParameters(kind=kind, path=path, store=str(tmp_path / "store"))
    prepared = prepare_source(source, NoiseParameters(), SMALL, 7, False)
    assert prepared == (source, [])
    assert tree_of(tmp_path) == {}


def test_a_dry_run_writes_nothing(tmp_path):
    source = SourceParameters(store=str(tmp_path / "store"))
    assert prepare_source(source, noise_of(), SMALL, 7, True) == (source, [])
    assert tree_of(tmp_path) == {}


def test_files_are_not_spoilt(tmp_path):
    source = SourceParameters(kind="logs", path="log.csv", store=str(tmp_path / "store"))
    with pytest.raises(SourceError, match=r"source\.kind is logs"):
        prepare_source(source, noise_of(), SMALL, 7, False)


def test_what_is_asked_of_the_source_is_kept_except_for_what_noise_needs(tmp_path):
    source = SourceParameters(
        store=str(tmp_path / "store"), row_limit=5, chunk_rows=11, max_rejected_share=0.3
    )
    prepared, _ = prepare_source(source, noise_of(), SMALL, 7, False)
    changed = {"kind", "path", "mapping", "store", "as_of", "row_limit"}
    assert prepared.model_dump(exclude=changed) == source.model_dump(exclude=changed)
    assert prepared.row_limit is None
    assert Path(prepared.store).is_relative_to(tmp_path / "noise")


def test_no_pipeline_reads_the_truth():
    pipelines = register_pipelines()
    assert "noise_truth" in pipelines["ingestion"].outputs()
    for name, pipeline in pipelines.items():
        read = {dataset for node in pipeline.nodes for dataset in node.inputs}
        assert "noise_truth" not in read, name


def test_a_run_with_noise_publishes_and_its_quarantine_is_graded(tmp_path, monkeypatch):
    project = copy_project(tmp_path / "project")
    parameters = "noise.is_on=true,corpus.generation_count=2000"
    finished = subprocess.run(
        [KEDRO, "run", "--params", parameters],
        cwd=project, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert finished.returncode == 0, finished.stderr
    monkeypatch.chdir(project)  # the views of the raw store name their parts from there
    warehouse = ibis.duckdb.connect("data/03_primary/warehouse.duckdb", read_only=True)
    names = ("noise_truth", "raw_generations", "rejected_rows")
    graded = grade_quarantine(*map(warehouse.table, names)).to_pyarrow().to_pylist()
    assert len(graded) == 1 + len(KIND_NAMES)
    assert {(row["recall"], row["precision"]) for row in graded} == {(1.0, 1.0)}
    assert warehouse.table("fct_generations").count().execute() == sum(
        row["planted_count"] for row in graded if row["fate"] in {"accept", "repair"}
    )
    warehouse.disconnect()
    with duckdb.connect("data/warehouse.duckdb", read_only=True) as published:
        tables = {name for (name,) in published.sql("SHOW TABLES").fetchall()}
    assert "noise_truth" not in tables
