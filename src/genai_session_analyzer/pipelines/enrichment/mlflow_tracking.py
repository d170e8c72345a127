"""Steps tracked in MLflow, each a run nested under the one that is active."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from genai_session_analyzer.pipelines.enrichment.tracking import StepRun, TrackedDataset

MAX_PARAMETER_LENGTH = 250
"""Characters of a parameter; longer ones are kept whole in `parameters.json`."""
STEP_TAG = "gsa.step"
PARAMETERS_FILE = "parameters.json"


class MlflowTracker:
    """Opens a nested MLflow run for each step; the store is whichever MLflow was pointed at."""

    @contextmanager
    def step(self, name: str) -> Iterator[StepRun]:
        """Open the step's run; it ends as finished, or as failed where the block raises."""
        import mlflow  # noqa: PLC0415  (seconds, and only where something is tracked)

        with mlflow.start_run(run_name=name, nested=True, tags={STEP_TAG: name}) as run:
            yield MlflowStepRun(run.info.run_id)

    def previous_metrics(self, name: str) -> dict[str, float]:
        """Return the metrics of the last finished run of that step; empty where there is none."""
        import mlflow  # noqa: PLC0415

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
        mlflow.log_params(shown, run_id=self.run_id)
        if shown != texts:
            mlflow.log_dict(
                json.loads(json.dumps(parameters, default=str)), PARAMETERS_FILE, self.run_id
            )

    def log_metrics(self, metrics: Mapping[str, float]) -> None:
        """Keeps metrics."""
        import mlflow  # noqa: PLC0415

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
        MlflowClient().log_inputs(self.run_id, [DatasetInput(entity, [])])

    def log_artifact(self, path: Path) -> None:
        """Keeps a copy of a file."""
        import mlflow  # noqa: PLC0415

        mlflow.log_artifact(str(path), run_id=self.run_id)

    def log_text(self, text: str, name: str) -> None:
        """Keeps a text as the file `name`."""
        import mlflow  # noqa: PLC0415

        mlflow.log_text(text, name, run_id=self.run_id)


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, default=str)
