"""Evaluations kept in MLflow."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genai_session_analyzer.copilot.evaluation.summary import Group, Summary
from genai_session_analyzer.errors import TrackingError

EXPERIMENT = "copilot-evaluation"


@dataclass(frozen=True, kw_only=True)
class EvaluationRun:
    """One evaluation as it is kept.

    Attributes:
        answerer: Who answered.
        questions: The file of questions.
        database: The database that was asked.
        summary: The numbers.
        details: Everything, as JSON.
    """

    answerer: str
    questions: Path
    database: Path
    summary: Summary
    details: Mapping[str, Any]


def log_to_mlflow(run: EvaluationRun, store: Path) -> None:
    """Keep an evaluation as a run of the experiment `copilot-evaluation`.

    Args:
        run: What to keep.
        store: MLflow's SQLite file; artifacts go beside it.

    Raises:
        TrackingError: The store cannot be written.
    """
    from mlflow.exceptions import MlflowException  # noqa: PLC0415  (seconds)
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    try:
        _log(run, store.resolve())
    except (MlflowException, SQLAlchemyError, OSError) as problem:
        cause = str(problem).splitlines()[0]
        message = f"MLflow's store {store} cannot be written: {cause}. Make room, or leave it out."
        raise TrackingError(message) from problem


def _log(run: EvaluationRun, store: Path) -> None:
    from mlflow.tracking import MlflowClient  # noqa: PLC0415

    client = MlflowClient(tracking_uri=f"sqlite:///{store}")
    known = client.get_experiment_by_name(EXPERIMENT)
    folder = (store.parent / "artifacts").as_uri()
    experiment = known.experiment_id if known else client.create_experiment(EXPERIMENT, folder)
    name = f"{run.answerer} on {run.questions.stem}"
    run_id = client.create_run(experiment, run_name=name).info.run_id
    for key, text in _parameters(run).items():
        client.log_param(run_id, key, text)
    for key, number in metrics(run.summary).items():
        client.log_metric(run_id, key, number)
    client.log_dict(run_id, dict(run.details), "evaluation.json")
    client.set_terminated(run_id)


def metrics(summary: Summary) -> dict[str, float]:
    """Return the shares by name; `all` over every question, the others by class."""
    found = _shares("all", summary.total) | _shares("answerable", summary.answerable)
    if summary.declines.count:
        found["declined_right"] = summary.declines.share(summary.declines.right)
    for group in summary.classes:
        found[f"right.{group.name}"] = group.share(group.right)
    return found | {"seconds_p95": summary.total.seconds_p95}


def _shares(name: str, group: Group) -> dict[str, float]:
    counts = {"right": group.right, "wrong": group.wrong, "abstained": group.abstained}
    return {f"{name}.{what}": group.share(count) for what, count in counts.items()}


def _parameters(run: EvaluationRun) -> dict[str, str]:
    return {
        "answerer": run.answerer,
        "questions": run.questions.name,
        "questions_sha256": hashlib.sha256(run.questions.read_bytes()).hexdigest(),
        "question_count": str(run.summary.total.count),
        "build": run.database.parent.name,
    }
