"""Reading MLflow's tracking store (SQLite) without MLflow: read-only, one short query at a time."""

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from genai_session_analyzer.errors import AnalyzerError

WAIT_S = 2.0
_RUNS = """
select runs.run_uuid, runs.experiment_id, runs.name, runs.status, runs.start_time, runs.end_time,
       parent.value, step.value
from runs
left join tags parent on parent.run_uuid = runs.run_uuid and parent.key = 'mlflow.parentRunId'
left join tags step on step.run_uuid = runs.run_uuid and step.key = 'gsa.step'
where runs.lifecycle_stage = 'active'
order by runs.start_time desc, runs.run_uuid
limit ?
"""
_METRICS = "select run_uuid, key, value from latest_metrics where is_nan = 0 order by key"
_PARAMETERS = "select run_uuid, key, value from params order by key"


@dataclass(frozen=True)
class TrackedRun:
    """A run in MLflow.

    Attributes:
        run_id: MLflow's id.
        experiment_id: Of the experiment it belongs to.
        name: Its name.
        status: FINISHED, FAILED, RUNNING ...
        started_at: UTC.
        ended_at: UTC; None while it runs.
        parent_id: Run it is a step of; None = a run of the pipeline.
        step: Step of the enrichment it tracked; None for others.
        metrics: Newest value of each.
        parameters: As text.
    """

    run_id: str
    experiment_id: str
    name: str
    status: str
    started_at: datetime
    ended_at: datetime | None
    parent_id: str | None
    step: str | None
    metrics: dict[str, float]
    parameters: dict[str, str]

    @property
    def duration_ms(self) -> float | None:
        """How long it took; None while it runs."""
        if self.ended_at is None:
            return None
        return (self.ended_at - self.started_at).total_seconds() * 1000

    def url(self, server: str) -> str:
        """Return the address of the run in an MLflow UI at `server`."""
        return f"{server.rstrip('/')}/#/experiments/{self.experiment_id}/runs/{self.run_id}"


def read_runs(store: Path, limit: int = 500) -> tuple[TrackedRun, ...]:
    """Return the newest runs, newest first.

    Args:
        store: MLflow's SQLite file.
        limit: How many at most.

    Raises:
        AnalyzerError: The file cannot be opened or is no tracking store.
    """
    try:
        address = f"{store.resolve(strict=True).as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=WAIT_S)) as connection:
            rows = connection.execute(_RUNS, (limit,)).fetchall()
            metrics = _by_run(connection.execute(_METRICS).fetchall())
            parameters = _by_run(connection.execute(_PARAMETERS).fetchall())
    except (sqlite3.Error, OSError) as problem:
        message = (
            f"The MLflow store {store} cannot be read: {problem}. Run `make run` to write one, or "
            "open it with `make mlflow`."
        )
        raise AnalyzerError(message) from problem
    return tuple(
        TrackedRun(
            run_id=row[0],
            experiment_id=str(row[1]),
            name=row[2] or row[0],
            status=row[3],
            started_at=_moment(row[4]),
            ended_at=None if row[5] is None else _moment(row[5]),
            parent_id=row[6],
            step=row[7],
            metrics=metrics.get(row[0], {}),
            parameters=parameters.get(row[0], {}),
        )
        for row in rows
    )


def _by_run(rows: list[tuple[str, str, object]]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for run_id, key, value in rows:
        found.setdefault(run_id, {})[key] = value
    return found


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)
