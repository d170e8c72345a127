"""The enrichment as a user runs it: tracked, killed, repeated, with other models."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import numpy as np
import pytest

from genai_session_analyzer.schema import TABLES, TableValidator
from genai_session_analyzer.schema.features import FEATURE_TABLES
from genai_session_analyzer.warehouse.reader import BuildReader
from kedro_project import copy_project

KEDRO = str(Path(sys.executable).parent / "kedro")
ENRICHMENT = ("run", "--env", "sample", "--pipeline=enrichment")
STORE = "data/04_feature/model_results.sqlite"
SMALL_BATCHES = "embedding.batch_prompts=16,labels.batch_prompts=16,images.batch_size=2"
NOT_COMPARED = "mlflow_run_id"


def run(project, *arguments):
    finished = subprocess.run(
        [KEDRO, *arguments], cwd=project, capture_output=True, text=True, check=False, timeout=300
    )
    assert finished.returncode == 0, finished.stderr
    return finished


def features(project):
    """Rows of every feature table as sorted text, without the runs that computed them."""
    with duckdb.connect(str(project / "data/03_primary/warehouse.duckdb"), read_only=True) as open_:
        return {
            name: sorted(
                map(repr, open_.table(name).project(f"* EXCLUDE ({NOT_COMPARED})").fetchall())
            )
            for name in FEATURE_TABLES
        }


def stored_results(project):
    """Every result in the store: its key, what was computed, how often it was tried."""
    with sqlite3.connect(project / STORE) as store:
        return set(
            store.execute("SELECT configuration, content_id, payload, attempts FROM results")
        )


def tracked_runs(project):
    """Name, status, parent and id of each MLflow run, oldest first."""
    with sqlite3.connect(project / "data/mlflow/mlflow.db") as store:
        return store.execute(
            "SELECT runs.name, status, value, runs.run_uuid FROM runs LEFT JOIN tags "
            "ON tags.run_uuid = runs.run_uuid AND key = 'mlflow.parentRunId' ORDER BY start_time"
        ).fetchall()


def metrics_of(project, run_id):
    with sqlite3.connect(project / "data/mlflow/mlflow.db") as store:
        return dict(
            store.execute("SELECT key, value FROM latest_metrics WHERE run_uuid = ?", (run_id,))
        )


@pytest.fixture(scope="module")
def modelled(tmp_path_factory):
    """A project with modelled tables and no features yet."""
    project = copy_project(tmp_path_factory.mktemp("modelled") / "project")
    run(project, "run", "--env", "sample", "--pipeline=core")
    return project


def copy_of(project, target):
    subprocess.run(["cp", "-a", str(project), str(target)], check=True)
    return target


@pytest.fixture(scope="module")
def enriched(modelled, tmp_path_factory):
    """The same after one run of the enrichment."""
    project = copy_of(modelled, tmp_path_factory.mktemp("enriched") / "project")
    run(project, *ENRICHMENT)
    return project


@pytest.fixture
def project(enriched, tmp_path):
    """A copy of the enriched project to do things to."""
    return copy_of(enriched, tmp_path / "project")


def test_every_prompt_has_its_features_in_the_declared_columns(enriched):
    with duckdb.connect(
        str(enriched / "data/03_primary/warehouse.duckdb"), read_only=True
    ) as open_:
        prompts = open_.sql("SELECT count(*) FROM dim_prompts").fetchone()[0]
        for name in FEATURE_TABLES:
            columns = tuple(row[0] for row in open_.sql(f"DESCRIBE {name}").fetchall())
            assert columns == TABLES[name].column_names
        for name in ("ftr_prompt_embeddings", "ftr_prompt_labels", "ftr_prompt_clusters"):
            assert open_.table(name).unique("prompt_id").count("*").fetchone()[0] == prompts
        lengths = open_.sql(
            "SELECT min(n), max(n) FROM (SELECT sqrt(list_sum(list_transform(embedding::FLOAT[],"
            " lambda x: x * x))) AS n FROM ftr_prompt_embeddings)"
        ).fetchone()
    assert lengths == pytest.approx((1, 1), abs=1e-5)


def test_each_step_is_a_run_under_the_pipelines_run(enriched):
    runs = tracked_runs(enriched)
    (pipeline,) = [each for each in runs if each[2] is None]
    steps = [each for each in runs if each[2] is not None]
    assert pipeline[:2] == ("enrichment", "FINISHED")
    assert {status for _, status, _, _ in steps} == {"FINISHED"}
    assert {parent for _, _, parent, _ in steps} == {pipeline[3]}
    assert {name for name, *_ in steps} >= {
        "embed_prompts", "label_prompts", "make_thumbnails", "embed_images", "cluster_prompts"
    }  # fmt: skip


def test_a_row_leads_to_its_run(enriched):
    known = {run_id: name for name, _, _, run_id in tracked_runs(enriched)}
    with duckdb.connect(
        str(enriched / "data/03_primary/warehouse.duckdb"), read_only=True
    ) as open_:
        for table, step in (
            ("ftr_prompt_embeddings", "embed_prompts"),
            ("ftr_prompt_labels", "label_prompts"),
            ("ftr_image_embeddings", "embed_images"),
            ("ftr_prompt_clusters", "cluster_prompts"),
        ):
            ids = open_.table(table).unique("mlflow_run_id").fetchall()
            assert [known[run_id] for (run_id,) in ids] == [step]


def test_nothing_new_is_no_model_work(project):
    before, stored = features(project), stored_results(project)
    run(project, *ENRICHMENT)
    assert features(project) == before
    assert stored_results(project) == stored
    (again,) = [each for each in tracked_runs(project) if each[0] == "embed_prompts"][1:]
    counts = metrics_of(project, again[3])
    assert counts["new"] == 0
    assert counts["cached"] == len(before["ftr_prompt_embeddings"])


def test_a_warehouse_lost_costs_no_model_work(project):
    before, stored = features(project), stored_results(project)
    for file in (project / "data/03_primary").iterdir():
        file.unlink()
    run(project, "run", "--env", "sample", "--pipeline=core")
    run(project, *ENRICHMENT)
    assert features(project) == before
    assert stored_results(project) == stored


def test_another_setting_redoes_what_depends_on_it_and_nothing_else(project):
    stored = stored_results(project)
    run(project, *ENRICHMENT, "--params", "images.thumbnails.quality=60")
    added = stored_results(project) - stored
    with sqlite3.connect(project / STORE) as store:
        step_of = dict(
            store.execute("SELECT digest, json_extract(content, '$.step') FROM configurations")
        )
    assert {step_of[configuration] for configuration, *_ in added} <= {
        "make_thumbnails", "embed_images"
    }  # fmt: skip
    assert added


def test_features_of_other_data_are_not_published(project):
    fewer = "corpus.generation_count=50"
    run(project, "run", "--env", "sample", "--pipeline=core", "--params", fewer)
    with BuildReader(project / "data/published") as reader:
        stale = reader.query(
            "SELECT count(*) AS n FROM ftr_prompt_labels ANTI JOIN dim_prompts USING (prompt_id)"
        )
        TableValidator("ftr_prompt_labels").validate(reader.ibis().table("ftr_prompt_labels"))
    assert stale["n"][0].as_py() == 0


def test_training_is_tracked_too(modelled, tmp_path):
    project = copy_of(modelled, tmp_path / "project")
    finished = subprocess.run(
        [KEDRO, "run", "--env", "sample", "--pipeline=label_training"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 1
    assert "Error: No labelled prompts." in finished.stderr
    assert "Traceback" not in finished.stderr
    runs = tracked_runs(project)
    assert {status for _, status, _, _ in runs} == {"FAILED"}
    assert runs[0][0] == "label_training"
    assert not (project / "mlflow.db").exists()


def result_count(project):
    if not (project / STORE).exists():
        return 0
    with sqlite3.connect(project / STORE) as store:
        made = store.execute("SELECT count(*) FROM sqlite_master WHERE name = 'results'")
        there = made.fetchone() == (1,)
        return store.execute("SELECT count(*) FROM results").fetchone()[0] if there else 0


def kill_at(project, count):
    """Kills a run as soon as so many results are kept."""
    process = subprocess.Popen(
        [KEDRO, *ENRICHMENT, "--params", SMALL_BATCHES],
        cwd=project,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    while process.poll() is None and result_count(project) < count:
        time.sleep(0.01)
    assert process.poll() is None, "it ended before it could be killed"
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def check_killed_runs(enriched, project, counts):
    """After runs killed at these numbers of results, one more gives what an undisturbed one did."""
    for count in counts:
        kill_at(project, count)
        assert result_count(project) >= count
    run(project, *ENRICHMENT, "--params", SMALL_BATCHES)
    assert features(project) == features(enriched)
    assert {row[:3] for row in stored_results(project)} == {
        row[:3] for row in stored_results(enriched)
    }
    statuses = {status for _, status, _, _ in tracked_runs(project)}
    assert statuses == {"KILLED", "FINISHED"}


def test_killed_runs_lose_nothing_that_was_finished(modelled, enriched, tmp_path):
    check_killed_runs(enriched, copy_of(modelled, tmp_path / "project"), (40, 200, 320))


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(8))
def test_many_killed_runs_lose_nothing_that_was_finished(modelled, enriched, tmp_path, seed):
    whole = result_count(enriched)
    counts = np.sort(np.random.default_rng(seed).integers(1, whole - 1, size=6))
    check_killed_runs(enriched, copy_of(modelled, tmp_path / "project"), counts)
