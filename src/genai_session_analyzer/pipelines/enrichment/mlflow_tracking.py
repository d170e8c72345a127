"""Steps tracked in MLflow, each a run nested under the one that is active."""

import json
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from genai_session_analyzer.errors import TrackingError
from genai_session_analyzer.pipelines.enrichment.tracking import StepRun, TrackedDataset

MAX_PARAMETER_LENGTH = 250
"""Characters of a parameter; longer ones are kept whole in `parameters.json`."""
STEP_TAG = "gsa.step"
PARAMETERS_FILE = "parameters.json"


@contextmanager
def _one_clear_line() -> Iterator[None]:
    """Turns what MLflow raises when its store refuses into an error that says what to do."""
    from mlflow.exceptions import MlflowException  # noqa: PLC0415  (seconds)

    try:
        yield
    except (MlflowException, OSError, sqlite3.Error) as problem:
        raise tracking_error(problem) from problem


def tracking_error(problem: Exception) -> TrackingError:
    """Return the error to show where MLflow's store refuses: its first line, and what to do."""
    lines = [line for line in str(problem).splitlines() if "autoflush" not in line]
    cause = lines[0] if lines else type(problem).__name__
    return TrackingError(
        f"MLflow's store cannot be used: {cause}. Finished model work is kept; make room or mend "
        "the rights below data/mlflow (or point conf/base/mlflow.yml elsewhere), and run again."
    )


class MlflowTracker:
    """Opens a nested MLflow run for each step; the store is whichever MLflow was pointed at."""

    @contextmanager
    def step(self, name: str) -> Iterator[StepRun]:
        """Open the step's run; it ends as finished, or as failed where the block raises."""
        import mlflow  # noqa: PLC0415  (seconds, and only where something is tracked)

        with _one_clear_line():
            run = mlflow.start_run(run_name=name, nested=True, tags={STEP_TAG: name})
        try:
            yield MlflowStepRun(run.info.run_id)
        except BaseException:
            _end("FAILED")
            raise
        with _one_clear_line():
            mlflow.end_run()

    def previous_metrics(self, name: str) -> dict[str, float]:
        """Return the metrics of the last finished run of that step; empty where there is none."""
        import mlflow  # noqa: PLC0415

        with _one_clear_line():
            runs = mlflow.search_runs(
                filter_string=f"tags.`{STEP_TAG}` = '{name}' and attributes.status = 'FINISHED'",
                order_by=["attributes.start_time DESC"],
                max_results=1,
                output_format="list",
            )
        return dict(runs[0].data.metrics) if runs else {}


class MlflowStepRun:
    """One step's run in MLflow."""

    def __init__(self, run_id: str) -> None:
        self.run_id = run_id

    def log_parameters(self, parameters: Mapping[str, object]) -> None:
        """Keeps parameters; long ones are cut in the list and whole in `parameters.json`."""
        import mlflow  # noqa: PLC0415

        texts = {name: _as_text(value) for name, value in parameters.items()}
        shown = {name: text[:MAX_PARAMETER_LENGTH] for name, text in texts.items()}
        with _one_clear_line():
            mlflow.log_params(shown, run_id=self.run_id)
            if shown != texts:
                whole = json.loads(json.dumps(parameters, default=str))
                mlflow.log_dict(whole, PARAMETERS_FILE, self.run_id)

    def log_metrics(self, metrics: Mapping[str, float]) -> None:
        """Keeps metrics."""
        import mlflow  # noqa: PLC0415

        with _one_clear_line():
            mlflow.log_metrics(dict(metrics), run_id=self.run_id)

    def log_dataset(self, dataset: TrackedDataset) -> None:
        """Keeps the dataset: its name, source, rows and digest, as an input of the run."""
        from mlflow.entities import Dataset, DatasetInput  # noqa: PLC0415
        from mlflow.tracking import MlflowClient  # noqa: PLC0415

        entity = Dataset(
            name=dataset.name,
            digest=dataset.digest[:36],  # what MLflow's stores have room for
            source_type="local",
            source=json.dumps({"uri": dataset.source}),
            profile=json.dumps({"num_rows": dataset.row_count, "digest": dataset.digest}),
        )
        with _one_clear_line():
            MlflowClient().log_inputs(self.run_id, [DatasetInput(entity, [])])

    def log_artifact(self, path: Path) -> None:
        """Keeps a copy of a file."""
        import mlflow  # noqa: PLC0415

        with _one_clear_line():
            mlflow.log_artifact(str(path), run_id=self.run_id)

    def log_text(self, text: str, name: str) -> None:
        """Keeps a text as the file `name`."""
        import mlflow  # noqa: PLC0415

        with _one_clear_line():
            mlflow.log_text(text, name, run_id=self.run_id)


def _end(status: str) -> None:
    """Ends the active run; where even that is refused, the error on its way says why."""
    import mlflow  # noqa: PLC0415
    from mlflow.exceptions import MlflowException  # noqa: PLC0415

    with suppress(MlflowException):
        mlflow.end_run(status)


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)
