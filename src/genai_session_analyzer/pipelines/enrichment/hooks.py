"""Kedro's edge of tracking: runs of some pipelines are MLflow runs, any other opens nothing."""

import logging
import sys
from contextlib import suppress
from typing import Any

from kedro.framework.context import KedroContext
from kedro.framework.hooks import hook_impl
from kedro.io import DataCatalog
from kedro.pipeline import Pipeline

from genai_session_analyzer.pipeline_names import TRACKED
from genai_session_analyzer.pipelines.enrichment.mlflow_tracking import (
    MlflowTracker,
    tracking_error,
)

TRACKER = "tracker"
_log = logging.getLogger(__name__)


class TrackedRun:
    """Hands a run that enriches or trains to kedro-mlflow's hook.

    That hook is disabled for the rest: opening its store costs seconds at every start.
    """

    def __init__(self) -> None:
        self._context: KedroContext | None = None
        self._kedro_mlflow: Any = None

    @hook_impl
    def after_context_created(self, context: KedroContext) -> None:
        """Keeps the context for kedro-mlflow, which reads its configuration from it."""
        self._context = context

    @hook_impl
    def after_catalog_created(self, catalog: DataCatalog) -> None:
        """Puts the tracker where the steps look for it."""
        catalog[TRACKER] = MlflowTracker()

    @hook_impl(trylast=True)  # after the builder's lock is taken
    def before_pipeline_run(
        self, run_params: dict[str, Any], pipeline: Pipeline, catalog: DataCatalog
    ) -> None:
        """Starts the pipeline's run, under which those of the steps are nested."""
        self._kedro_mlflow = None
        if not any(node.tags & set(TRACKED) for node in pipeline.nodes):
            return
        from kedro_mlflow.framework.hooks import MlflowHook  # noqa: PLC0415  (seconds)

        hook = MlflowHook()
        try:
            hook.after_context_created(self._context)
            _end_what_was_killed(hook.mlflow_config.tracking.experiment.name)
            hook.before_pipeline_run(run_params, pipeline, catalog)
        except Exception as problem:  # looked at, and raised again
            _stop_where_the_store_refuses(problem)
            raise
        self._kedro_mlflow = hook

    @hook_impl
    def after_pipeline_run(
        self, run_params: dict[str, Any], pipeline: Pipeline, catalog: DataCatalog
    ) -> None:
        """Ends the pipeline's run."""
        if self._kedro_mlflow is not None:
            self._kedro_mlflow.after_pipeline_run(run_params, pipeline, catalog)

    @hook_impl(tryfirst=True)  # the hook that prints the error ends the process
    def on_pipeline_error(
        self,
        error: Exception,
        run_params: dict[str, Any],
        pipeline: Pipeline,
        catalog: DataCatalog,
    ) -> None:
        """Ends all runs of this pipeline as failed."""
        if self._kedro_mlflow is None:
            return
        from mlflow.exceptions import MlflowException  # noqa: PLC0415  (seconds)

        with suppress(MlflowException):  # the store refuses: the error itself says so
            self._kedro_mlflow.on_pipeline_error(error, run_params, pipeline, catalog)


def _stop_where_the_store_refuses(problem: Exception) -> None:
    """Ends the process with one line; Kedro would print a trace of what a hook raises."""
    from mlflow.exceptions import MlflowException  # noqa: PLC0415
    from sqlalchemy.exc import SQLAlchemyError  # noqa: PLC0415

    if isinstance(problem, MlflowException | SQLAlchemyError | OSError):
        print(f"Error: {tracking_error(problem)}", file=sys.stderr)
        sys.exit(1)


def _end_what_was_killed(experiment: str) -> None:
    """Marks runs that a killed process has left running; one run at a time holds the lock."""
    import mlflow  # noqa: PLC0415
    from mlflow.tracking import MlflowClient  # noqa: PLC0415

    running = mlflow.search_runs(
        experiment_names=[experiment],
        filter_string="attributes.status = 'RUNNING'",
        output_format="list",
    )
    for run in running:
        MlflowClient().set_terminated(run.info.run_id, "KILLED")
        _log.info("MLflow run %s was interrupted; it is marked as killed", run.info.run_id)
