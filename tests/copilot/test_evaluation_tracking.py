"""Evaluations in a real MLflow store."""

import warnings
from pathlib import Path

import pytest

from genai_session_analyzer.copilot.evaluation.summary import Group, Summary
from genai_session_analyzer.copilot.evaluation.tracking import (
    EXPERIMENT,
    EvaluationRun,
    log_to_mlflow,
)
from genai_session_analyzer.errors import TrackingError

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of MLflow's own imports
    from mlflow.tracking import MlflowClient

pytestmark = pytest.mark.filterwarnings("ignore:The ``noload`` loader strategy")  # MLflow 3.17's


def group(name, right, wrong, abstained):
    return Group(
        name=name, right=right, wrong=wrong, abstained=abstained, seconds_p50=0.01, seconds_p95=0.02
    )


def evaluation_run(folder):
    summary = Summary(
        classes=(group("filter", 3, 1, 0), group("decline", 2, 0, 0)),
        answerable=group("can be answered", 3, 1, 0),
        declines=group("must be declined", 2, 0, 0),
        total=group("all", 5, 1, 0),
    )
    file = folder / "asked.jsonl"
    file.write_text("{}", encoding="utf-8")
    return EvaluationRun(
        answerer="lexicon",
        questions=file,
        database=Path("builds/b1/warehouse.duckdb"),
        summary=summary,
        details={"questions": []},
    )


def test_an_evaluation_is_a_run_in_mlflow(tmp_path):
    store = tmp_path / "mlflow.db"
    log_to_mlflow(evaluation_run(tmp_path), store)
    client = MlflowClient(tracking_uri=f"sqlite:///{store}")
    (kept,) = client.search_runs([client.get_experiment_by_name(EXPERIMENT).experiment_id])
    assert kept.info.status == "FINISHED"
    assert kept.data.metrics["right.filter"] == 0.75
    assert kept.data.metrics["all.wrong"] == pytest.approx(1 / 6)
    assert kept.data.metrics["declined_right"] == 1
    assert kept.data.params["build"] == "b1"
    assert [each.path for each in client.list_artifacts(kept.info.run_id)] == ["evaluation.json"]


def test_a_store_that_is_no_database_is_one_clear_error(tmp_path):
    store = tmp_path / "mlflow.db"
    store.write_bytes(b"not a database at all" * 500)
    with pytest.raises(TrackingError, match=r"mlflow\.db cannot be written: .*not a database"):
        log_to_mlflow(evaluation_run(tmp_path), store)
