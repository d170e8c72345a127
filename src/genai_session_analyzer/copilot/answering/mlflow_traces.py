"""Traces in the project's MLflow store, written by a thread of their own."""

import logging
import queue
import threading
from pathlib import Path
from typing import Any

from genai_session_analyzer.copilot.tracing import AskTrace

LOG = logging.getLogger(__name__)
EXPERIMENT = "copilot"
MOST_WAITING = 200
CLOSE_S = 30.0


class MlflowTraces:
    """Writes each ask as one MLflow trace; an answer never waits for it nor fails by it.

    MLflow takes seconds to load: the first trace loads it, on the thread that writes. It is pointed
    at this store for the whole process.
    """

    def __init__(self, store: Path) -> None:
        """Open nothing yet.

        Args:
            store: MLflow's SQLite file; artifacts lie beside it.
        """
        self._store = store.resolve()
        self._waiting: queue.Queue[AskTrace | None] = queue.Queue(MOST_WAITING)
        self._starting = threading.Lock()
        self._writer: threading.Thread | None = None

    def record(self, trace: AskTrace) -> None:
        """Have a trace written soon; where too many wait already, it is dropped and logged."""
        self._start()
        try:
            self._waiting.put_nowait(trace)
        except queue.Full:
            LOG.warning("MLflow is too slow: the trace of %r was dropped.", trace.question)

    def close(self) -> None:
        """Wait until all traces are written, at most half a minute."""
        with self._starting:
            writer, self._writer = self._writer, None
        if writer is not None:
            self._waiting.put(None)
            writer.join(CLOSE_S)

    def _start(self) -> None:
        with self._starting:
            if self._writer is None or not self._writer.is_alive():
                self._writer = threading.Thread(
                    target=self._write_all, name="copilot-traces", daemon=True
                )
                self._writer.start()

    def _write_all(self) -> None:
        from mlflow.exceptions import MlflowException  # noqa: PLC0415  (seconds)
        from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

        while (trace := self._waiting.get()) is not None:
            try:
                write_trace(self._store, trace)
            except (MlflowException, SQLAlchemyError, OSError) as problem:
                line = str(problem).splitlines()[0]
                LOG.warning("The trace of %r was not kept: %s", trace.question, line)


def write_trace(store: Path, trace: AskTrace) -> None:
    """Write one trace and return once it is in the store.

    Args:
        store: MLflow's SQLite file.
        trace: What to write; its rows of data are none.

    Raises:
        mlflow.exceptions.MlflowException: The store cannot be written.
    """
    import mlflow  # noqa: PLC0415  (seconds)

    experiment = _experiment(store)
    root = mlflow.start_span_no_context(
        "ask",
        span_type="CHAIN",
        inputs={"question": trace.question},
        tags={f"gsa.{name}": value for name, value in trace.tags.items()},
        experiment_id=experiment,
        start_time_ns=trace.started_ns,
    )
    for span in trace.spans:
        child = mlflow.start_span_no_context(
            span.name,
            span_type="LLM" if span.name == "generate" else "CHAIN",
            parent_span=root,
            attributes={name: str(value) for name, value in span.details.items()},
            start_time_ns=span.started_ns,
        )
        child.end(
            outputs=span.error, status="ERROR" if span.error else "OK", end_time_ns=span.ended_ns
        )
    root.set_attributes(_token_usage(trace))
    failed = trace.outcome in ("failed", "cancelled")
    root.end(
        outputs={"outcome": trace.outcome, "answer": trace.response},
        status="ERROR" if failed else "OK",
        end_time_ns=trace.ended_ns,
    )


def _experiment(store: Path) -> str:
    """Point MLflow at the store; return the id of the copilot's experiment, made if missing."""
    import mlflow  # noqa: PLC0415
    from mlflow.environment_variables import MLFLOW_ENABLE_ASYNC_TRACE_LOGGING  # noqa: PLC0415
    from mlflow.tracking import MlflowClient  # noqa: PLC0415

    setting: Any = MLFLOW_ENABLE_ASYNC_TRACE_LOGGING
    setting.set(False)  # this thread is the asynchronous one
    address = f"sqlite:///{store}"
    if mlflow.get_tracking_uri() != address:
        mlflow.set_tracking_uri(address)
        tracing: Any = mlflow.tracing
        tracing.reset()  # the exporter keeps the store it was made for
    client: Any = MlflowClient(tracking_uri=address)
    found = client.get_experiment_by_name(EXPERIMENT)
    if found is not None:
        return str(found.experiment_id)
    return str(client.create_experiment(EXPERIMENT, (store.parent / "artifacts").as_uri()))


def _token_usage(trace: AskTrace) -> dict[str, dict[str, int]]:
    if not trace.prompt_tokens and not trace.completion_tokens:
        return {}
    usage = {
        "input_tokens": trace.prompt_tokens,
        "output_tokens": trace.completion_tokens,
        "total_tokens": trace.prompt_tokens + trace.completion_tokens,
    }
    return {"mlflow.chat.tokenUsage": usage}
