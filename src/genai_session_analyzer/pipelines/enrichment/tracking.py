"""What a step tells about itself while it runs; whoever has these members can be told."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True)
class TrackedDataset:
    """The data a step worked on: its name, where it comes from, its rows and their digest."""

    name: str
    source: str
    row_count: int
    digest: str


class StepRun(Protocol):
    """One tracked run of one step."""

    @property
    def run_id(self) -> str:
        """Id under which the run is found again; rows carry it as `mlflow_run_id`."""

    def log_parameters(self, parameters: Mapping[str, object]) -> None:
        """Keeps what was decided before the step; nested values as JSON."""

    def log_metrics(self, metrics: Mapping[str, float]) -> None:
        """Keeps what was measured."""

    def log_dataset(self, dataset: TrackedDataset) -> None:
        """Keeps what was worked on."""

    def log_artifact(self, path: Path) -> None:
        """Keeps a copy of a file."""

    def log_text(self, text: str, name: str) -> None:
        """Keeps a text (CSV, HTML, YAML, JSON) as the file `name`."""


class Tracker(Protocol):
    """Opens a run for each step."""

    def step(self, name: str) -> AbstractContextManager[StepRun]:
        """Open the step's run, nested under the pipeline's; it ends with the block."""

    def previous_metrics(self, name: str) -> Mapping[str, float]:
        """Return the metrics of the last finished run of that step; empty where there is none."""
