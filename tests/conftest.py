"""Fixtures that many tests share."""

import sys
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import Any

import pytest
import yaml

from genai_session_analyzer.pipelines.simulation.parameters import SimulationParameters

PROJECT = Path(__file__).parent.parent


def pytest_configure(config: pytest.Config) -> None:
    """Name what a worker process of pytest-xdist runs: PySpark ends a process without a name."""
    if hasattr(config, "workerinput"):
        sys.modules["__main__"].__spec__ = ModuleSpec("pytest", None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole runs of Kedro go first: they take minutes, and all processes should end together."""
    items.sort(key=lambda item: not item.path.stem.endswith("_run"))


@pytest.fixture(scope="session")
def simulation_section() -> dict[str, Any]:
    """The `simulation` section as the project ships it."""
    text = (PROJECT / "conf/base/parameters_simulation.yml").read_text(encoding="utf-8")
    section: dict[str, Any] = yaml.safe_load(text)["simulation"]
    return section


@pytest.fixture(scope="session")
def simulation(simulation_section: dict[str, Any]) -> SimulationParameters:
    """The simulation's parameters as shipped."""
    return SimulationParameters.model_validate(simulation_section)


@pytest.fixture(scope="session")
def observed_only(simulation_section: dict[str, Any]) -> SimulationParameters:
    """As for a real source: telemetry that was not recorded stays unknown."""
    return SimulationParameters.model_validate(simulation_section | {"fill": {"telemetry": False}})
