"""Putting services together from a project's folders, and serving them."""

from contextlib import suppress
from pathlib import Path
from wsgiref.types import WSGIApplication

from genai_session_analyzer.dashboard.app import create_app
from genai_session_analyzer.dashboard.config import DashboardSettings
from genai_session_analyzer.dashboard.server import serve
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.errors import NoBuildError
from genai_session_analyzer.retrieval import PromptSearch
from genai_session_analyzer.warehouse.reader import BuildReader

IMAGES = Path("blob/images/generations")
MLFLOW_STORE = Path("mlflow/mlflow.db")


def services_at(root: Path) -> Services:
    """Return the services over a published root such as `data/published`.

    Pictures and MLflow's store lie beside it, in the same data folder. Nothing is opened yet.
    """
    reader = BuildReader(root)
    store = root.parent / MLFLOW_STORE
    return Services(
        reader=reader,
        search=PromptSearch(reader),
        mlflow_store=store if store.is_file() else None,
        images=root.parent / IMAGES,
    )


def run_dashboard(root: Path, settings: DashboardSettings) -> None:
    """Serve the dashboard over `root` until interrupted.

    The app is made in the process that serves it: threads and open builds do not survive a fork.

    Raises:
        AnalyzerError: The address is taken.
    """

    def make() -> WSGIApplication:
        services = services_at(root)
        if services.search is not None:
            with suppress(NoBuildError):  # the page says so, until there is one
                services.search.start()
        application: WSGIApplication = create_app(services, settings).server
        return application

    serve(make, settings)


if __name__ == "__main__":
    run_dashboard(Path("data/published"), DashboardSettings())
