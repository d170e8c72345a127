"""Putting services together from a project's folders, and serving them."""

import os
import threading
from contextlib import suppress
from pathlib import Path

from genai_session_analyzer.copilot.answering.opening import CopilotPlaces, open_copilot
from genai_session_analyzer.dashboard.app import create_app
from genai_session_analyzer.dashboard.config import DashboardSettings
from genai_session_analyzer.dashboard.pages.copilot_desk import CopilotDesk
from genai_session_analyzer.dashboard.server import Served, serve
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.dashboard.warm_up import warm_up
from genai_session_analyzer.errors import NoBuildError
from genai_session_analyzer.insights.lean_build import keep_lean_tables
from genai_session_analyzer.language_model import LanguageModel
from genai_session_analyzer.language_model.settings import (
    LanguageModelSettings,
    open_language_model,
)
from genai_session_analyzer.retrieval import PromptSearch
from genai_session_analyzer.warehouse.open_build import OpenBuild
from genai_session_analyzer.warehouse.reader import BuildReader

IMAGES = Path("blob/images/generations")
MLFLOW_STORE = Path("mlflow/mlflow.db")
MODELS = Path("06_models")
COPILOT_MEMORY = Path("copilot")


def services_at(
    root: Path, model: LanguageModel | None = None, checked_sha256: str | None = None
) -> Services:
    """Return the services over a published root such as `data/published`.

    Pictures and MLflow's store lie beside it, in the same data folder. Nothing is opened yet.

    Args:
        root: The published root.
        model: Helps the copilot; None without one.
        checked_sha256: Of a build found whole just now: it is not read to its end again.
    """

    def prepare(opened: OpenBuild) -> None:
        """Keep a new build's lean tables and first answers in memory, once all is quiet."""
        services.quiet.wait()
        keep_lean_tables(opened)
        with suppress(NoBuildError):
            warm_up(services)

    reader = BuildReader(root, checked_sha256=checked_sha256, when_opened=prepare)
    store = root.parent / MLFLOW_STORE
    known_store = store if store.is_file() else None
    services = Services(
        reader=reader,
        search=PromptSearch(reader),
        mlflow_store=known_store,
        images=root.parent / IMAGES,
        copilot=_copilot_desk(reader, model, root.parent, known_store),
    )
    return services


def run_dashboard(
    root: Path, settings: DashboardSettings, checked_sha256: str | None = None
) -> None:
    """Serve the dashboard over `root` until interrupted.

    The app is made in the process that serves it: threads and open builds do not survive a fork.

    Args:
        root: The published root.
        settings: Where to listen.
        checked_sha256: See `services_at`.

    Raises:
        AnalyzerError: The address is taken, or the language model's settings are wrong.
    """
    model = open_language_model(LanguageModelSettings.from_environment(os.environ))

    def make() -> Served:
        """Make the application, in the process that serves it."""
        services = services_at(root, model, checked_sha256)
        services.quiet.expect()
        server = create_app(services, settings).server
        services.quiet.watch(server)
        threading.Thread(target=_start, args=(services,), name="start", daemon=True).start()
        return Served(server, services.close)

    serve(make, settings)


def _start(services: Services) -> None:
    """Open the build at once; read what search and copilot need when the first page is there."""
    with suppress(NoBuildError):  # the page says so, until there is one
        services.reader.ibis()
        services.quiet.wait()
        if services.search is not None:
            services.search.start()
    if services.copilot is not None:
        services.copilot.copilot.start()


def _copilot_desk(
    reader: BuildReader, model: LanguageModel | None, data: Path, store: Path | None
) -> CopilotDesk:
    places = CopilotPlaces(models=data / MODELS, memory=data / COPILOT_MEMORY, mlflow_store=store)
    return CopilotDesk(open_copilot(reader, model, places), data / COPILOT_MEMORY)


if __name__ == "__main__":
    run_dashboard(Path("data/published"), DashboardSettings())
