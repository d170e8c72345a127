"""Putting a copilot together: builds, workers, planner, language model, traces."""

from dataclasses import dataclass
from pathlib import Path

from genai_session_analyzer.copilot.answering.context import Source
from genai_session_analyzer.copilot.answering.copilot import Copilot, CopilotParts
from genai_session_analyzer.copilot.answering.mlflow_traces import MlflowTraces
from genai_session_analyzer.copilot.answering.reading import reader_for
from genai_session_analyzer.copilot.tracing import NoTraces
from genai_session_analyzer.language_model import LanguageModel
from genai_session_analyzer.warehouse.builds import Build
from genai_session_analyzer.warehouse.query_worker.pool import QueryWorkers

CONFIRMED_FILE = "verified_queries.yml"


@dataclass(frozen=True, kw_only=True)
class CopilotPlaces:
    """Where a copilot keeps and finds things.

    Attributes:
        models: Folder of exported encoders.
        memory: Folder of confirmed queries and feedback; None where none are kept.
        mlflow_store: MLflow's SQLite file; None where no traces are kept.
    """

    models: Path
    memory: Path | None = None
    mlflow_store: Path | None = None


def open_copilot(source: Source, model: LanguageModel | None, places: CopilotPlaces) -> Copilot:
    """Return a copilot; nothing is read or loaded yet.

    Args:
        source: The builds, or one database file.
        model: Helps where the planner of rules does not understand; None without one.
        places: Where it keeps and finds things.
    """

    def current_build() -> Build:
        """Return the build that is served now."""
        return source.build

    store = places.mlflow_store
    return Copilot(
        CopilotParts(
            source=source,
            workers=QueryWorkers(current_build),
            reader_for=reader_for(places.models, model),
            model=model,
            traces=NoTraces() if store is None else MlflowTraces(store),
            confirmed=None if places.memory is None else places.memory / CONFIRMED_FILE,
        )
    )
