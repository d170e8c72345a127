"""Steps in a real MLflow store: nested runs, whole parameters, datasets, what the last run said."""

import json
import sqlite3
import warnings

import pytest

from genai_session_analyzer.errors import TrackingError
from genai_session_analyzer.pipelines.enrichment.mlflow_tracking import MlflowTracker
from genai_session_analyzer.pipelines.enrichment.tracking import TrackedDataset

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of MLflow's own imports
    import mlflow
    from mlflow.tracking import MlflowClient

pytestmark = pytest.mark.filterwarnings("ignore:The ``noload`` loader strategy")  # MLflow 3.17's


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store in a file of its own; making it takes seconds."""
    folder = tmp_path_factory.mktemp("mlflow")
    mlflow.set_tracking_uri(f"sqlite:///{folder}/mlflow.db")
    return folder


@pytest.fixture
def client(store, request):
    """An experiment of its own in the store, artifacts beside it."""
    name = request.node.name
    mlflow.create_experiment(name, artifact_location=(store / name).as_uri())
    mlflow.set_experiment(name)
    yield MlflowClient()
    while mlflow.active_run():
        mlflow.end_run()


def artifact_names(client, run_id):
    return sorted(each.path for each in client.list_artifacts(run_id))


def test_a_step_is_a_run_nested_under_the_active_one(client):
    with mlflow.start_run() as parent, MlflowTracker().step("embed_prompts") as step:
        step.log_metrics({"new": 3, "prompts_per_s": 2.5})
    run = client.get_run(step.run_id)
    assert run.info.run_name == "embed_prompts"
    assert run.info.status == "FINISHED"
    assert run.data.tags["mlflow.parentRunId"] == parent.info.run_id
    assert run.data.metrics == {"new": 3, "prompts_per_s": 2.5}


def test_a_step_that_raises_has_failed(client):
    with pytest.raises(ZeroDivisionError), MlflowTracker().step("embed_prompts") as step:
        1 / 0  # noqa: B018
    assert client.get_run(step.run_id).info.status == "FAILED"


def test_long_parameters_are_kept_whole_in_a_file(client, tmp_path):
    long = "x" * 1000
    with MlflowTracker().step("label_prompts") as step:
        step.log_parameters({"model": "m", "batch": 512, "prompt": long, "nested": {"a": [1]}})
    run = client.get_run(step.run_id)
    assert run.data.params["batch"] == "512"
    assert run.data.params["nested"] == '{"a": [1]}'
    assert run.data.params["prompt"] == long[:250]
    kept = client.download_artifacts(step.run_id, "parameters.json", str(tmp_path))
    with open(kept, encoding="utf-8") as file:  # noqa: PTH123
        assert json.load(file)["prompt"] == long


def test_short_parameters_need_no_file(client):
    with MlflowTracker().step("label_prompts") as step:
        step.log_parameters({"model": "m"})
    assert artifact_names(client, step.run_id) == []


def test_datasets_files_and_texts_are_kept(client, tmp_path):
    file = tmp_path / "sample.csv"
    file.write_text("a\n1\n")
    with MlflowTracker().step("embed_prompts") as step:
        step.log_dataset(TrackedDataset("dim_prompts", "warehouse.duckdb", 7, "ab" * 32))
        step.log_artifact(file)
        step.log_text("<b>hello</b>", "report.html")
    run = client.get_run(step.run_id)
    (used,) = run.inputs.dataset_inputs
    assert used.dataset.name == "dim_prompts"
    assert json.loads(used.dataset.profile) == {"num_rows": 7, "digest": "ab" * 32}
    assert artifact_names(client, step.run_id) == ["report.html", "sample.csv"]


def test_previous_metrics_are_those_of_the_last_finished_run_of_that_step(client):
    tracker = MlflowTracker()
    assert tracker.previous_metrics("embed_prompts") == {}
    for value in (1.0, 2.0):
        with tracker.step("embed_prompts") as step:
            step.log_metrics({"coverage": value})
    with tracker.step("other") as step:
        step.log_metrics({"coverage": 9.0})
    with pytest.raises(ZeroDivisionError), tracker.step("embed_prompts") as step:
        step.log_metrics({"coverage": 5.0 / 0})
    assert tracker.previous_metrics("embed_prompts") == {"coverage": 2.0}


def test_a_store_that_refuses_is_one_clear_line(client, store):
    database = store / "mlflow.db"
    with pytest.raises(TrackingError, match="make room or mend") as raised:
        fill_up(database)
    assert len(str(raised.value).splitlines()) == 1


def fill_up(database):
    """A step whose store cannot take a metric: the table for them is away for a while."""
    with (
        sqlite3.connect(database) as other,
        MlflowTracker().step("embed_prompts") as step,
    ):
        other.execute("ALTER TABLE metrics RENAME TO metrics_away")
        other.commit()
        try:
            step.log_metrics({"new": 1})
        finally:
            other.execute("ALTER TABLE metrics_away RENAME TO metrics")
            other.commit()
