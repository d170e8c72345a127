"""Traces in the project's MLflow store, written by a thread of their own."""

import logging
import queue
import threading
from dataclasses import dataclass
from pathlib import Path

from genai_session_analyzer.copilot.answering.mlflow_writing import write_trace, write_verdict
from genai_session_analyzer.copilot.memory import Feedback
from genai_session_analyzer.copilot.tracing import AskTrace

LOG = logging.getLogger(__name__)
MOST_WAITING = 200
MOST_JUDGEABLE = 1000
"""Asks whose traces are still found when somebody judges their answers."""
CLOSE_S = 30.0


@dataclass(frozen=True)
class _Verdict:
    """What a person said of the answer to an ask."""

    ask_id: str
    said: Feedback


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
        self._waiting: queue.Queue[AskTrace | _Verdict | None] = queue.Queue(MOST_WAITING)
        self._starting = threading.Lock()
        self._writer: threading.Thread | None = None
        self._trace_ids: dict[str, str] = {}

    def record(self, trace: AskTrace) -> None:
        """Have a trace written soon; where too many wait already, it is dropped and logged."""
        self._add(trace)

    def judge(self, ask_id: str, said: Feedback) -> None:
        """Have a verdict added to its ask's trace, if this process wrote that; as `record`."""
        self._add(_Verdict(ask_id, said))

    def close(self) -> None:
        """Wait until all is written, at most half a minute."""
        with self._starting:
            writer, self._writer = self._writer, None
        if writer is not None:
            self._waiting.put(None)
            writer.join(CLOSE_S)

    def _add(self, item: AskTrace | _Verdict) -> None:
        self._start()
        try:
            self._waiting.put_nowait(item)
        except queue.Full:
            LOG.warning("MLflow is too slow: %s was dropped.", _name_of(item))

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

        while (item := self._waiting.get()) is not None:
            try:
                self._write(item)
            except (MlflowException, SQLAlchemyError, OSError) as problem:
                line = str(problem).splitlines()[0]
                LOG.warning("MLflow did not keep %s: %s", _name_of(item), line)

    def _write(self, item: AskTrace | _Verdict) -> None:
        if isinstance(item, AskTrace):
            self._trace_ids[item.ask_id] = write_trace(self._store, item)
            if len(self._trace_ids) > MOST_JUDGEABLE:
                del self._trace_ids[next(iter(self._trace_ids))]
        elif item.ask_id in self._trace_ids:
            write_verdict(self._store, self._trace_ids[item.ask_id], item.said)


def _name_of(item: AskTrace | _Verdict) -> str:
    if isinstance(item, AskTrace):
        return f"the trace of {item.question!r}"
    return f"the verdict on {item.said.question!r}"
