"""Reading traces from MLflow's tracking store (SQLite) without MLflow: read-only, newest first."""

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from genai_session_analyzer.errors import AnalyzerError

WAIT_S = 2.0
_HAS_TRACES = "select count(*) from sqlite_master where name in ('trace_info', 'spans')"
_NEWEST = """
from trace_info trace join experiments experiment using (experiment_id)
where experiment.name = ? order by trace.timestamp_ms desc, trace.request_id limit ?
"""
_TRACES = f"""
select trace.request_id, trace.experiment_id, trace.timestamp_ms, trace.execution_time_ms,
       trace.status, trace.request_preview, trace.total_tokens {_NEWEST}
"""
_TAGS = f"""
select request_id, key, value from trace_tags
where key like 'gsa.%' and request_id in (select trace.request_id {_NEWEST}) order by key
"""  # noqa: S608 (ours)
_SPANS = f"""
select trace_id, name, sum(end_time_unix_nano - start_time_unix_nano) / 1e6 from spans
where parent_span_id is not null and trace_id in (select trace.request_id {_NEWEST})
group by trace_id, name order by min(start_time_unix_nano)
"""  # noqa: S608 (ours)


@dataclass(frozen=True)
class TrackedTrace:
    """One trace in MLflow.

    Attributes:
        trace_id: MLflow's id.
        experiment_id: Of the experiment it belongs to.
        started_at: UTC.
        duration_ms: How long it took; None where it has not ended.
        status: OK, ERROR ...
        question: What was asked.
        tokens: That a language model read and wrote; None without one.
        tags: Our own, without their prefix: outcome, planner, model, build.
        spans_ms: How long each part took in all, in the order they began.
    """

    trace_id: str
    experiment_id: str
    started_at: datetime
    duration_ms: float | None
    status: str
    question: str
    tokens: int | None
    tags: dict[str, str]
    spans_ms: dict[str, float]

    def url(self, server: str) -> str:
        """Return the address of the trace in an MLflow UI at `server`."""
        address = f"{server.rstrip('/')}/#/experiments/{self.experiment_id}/traces"
        return f"{address}?selectedEvaluationId={self.trace_id}"


def read_traces(store: Path, experiment: str, limit: int = 20) -> tuple[TrackedTrace, ...]:
    """Return the newest traces of an experiment; none where the store has no traces at all.

    Args:
        store: MLflow's SQLite file.
        experiment: Name of the experiment.
        limit: How many at most.

    Raises:
        AnalyzerError: The file cannot be opened or is no tracking store.
    """
    try:
        address = f"{store.resolve(strict=True).as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=WAIT_S)) as connection:
            if connection.execute(_HAS_TRACES).fetchone() != (2,):
                return ()
            wanted = (experiment, limit)
            rows = connection.execute(_TRACES, wanted).fetchall()
            tags = _grouped(connection.execute(_TAGS, wanted).fetchall())
            spans = _grouped(connection.execute(_SPANS, wanted).fetchall())
    except (sqlite3.Error, OSError) as problem:
        message = (
            f"The MLflow store {store} cannot be read: {problem}. Run `make run` to write one, or "
            "open it with `make mlflow`."
        )
        raise AnalyzerError(message) from problem
    return tuple(
        TrackedTrace(
            trace_id=row[0],
            experiment_id=str(row[1]),
            started_at=datetime.fromtimestamp(row[2] / 1000, tz=UTC),
            duration_ms=row[3],
            status=row[4],
            question=_question(row[5]),
            tokens=row[6],
            tags={
                key.removeprefix("gsa."): str(value) for key, value in tags.get(row[0], {}).items()
            },
            spans_ms={name: float(spent) for name, spent in spans.get(row[0], {}).items()},
        )
        for row in rows
    )


def _grouped(rows: list[tuple[str, str, object]]) -> dict[str, dict[str, float | str]]:
    found: dict[str, dict[str, float | str]] = {}
    for trace_id, key, value in rows:
        found.setdefault(trace_id, {})[key] = value if isinstance(value, float) else str(value)
    return found


def _question(preview: str | None) -> str:
    """The question in MLflow's preview of the inputs, which may be cut off."""
    text = preview or ""
    try:
        inputs = json.loads(text)
    except json.JSONDecodeError:
        return text.removeprefix('{"question": "')
    return str(inputs.get("question", text)) if isinstance(inputs, dict) else text
