"""The enrichment's runs, as the pages show them."""

from collections.abc import Sequence

from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.errors import AnalyzerError
from genai_session_analyzer.insights.build_runs import runs_in_build
from genai_session_analyzer.warehouse.tracking_runs import TrackedRun, read_runs


def tracked_runs(services: Services) -> tuple[TrackedRun, ...]:
    """Return the runs in MLflow's store, newest first; none where there is no store.

    Raises:
        AnalyzerError: The store cannot be read.
    """
    return () if services.mlflow_store is None else read_runs(services.mlflow_store)


def tables_by_run(services: Services) -> dict[str, tuple[str, ...]]:
    """Return by run id the published tables it computed."""
    return services.remember(("runs",), lambda: runs_in_build(services.reader.ibis()))


def run_of_build(services: Services) -> TrackedRun | None:
    """Return the newest pipeline run that computed features of the current build; None = unknown.

    A store that cannot be read counts as unknown here; the page Runs says what is wrong.
    """
    try:
        runs = tracked_runs(services)
    except AnalyzerError:
        return None
    return newest_parent(runs, tuple(tables_by_run(services)))


def newest_parent(runs: Sequence[TrackedRun], step_ids: Sequence[str]) -> TrackedRun | None:
    """Return the newest run that one of these steps belongs to, or the step where it has none."""
    by_id = {run.run_id: run for run in runs}
    steps = [by_id[each] for each in step_ids if each in by_id]
    parents = [by_id.get(step.parent_id or "", step) for step in steps]
    return max(parents, key=lambda run: run.started_at, default=None)
