"""What is set before anything else runs: no telemetry, no noise that is not ours.

Kedro calls `prepare` first (entry point `kedro.init`), before it loads any plugin.
"""

import os
import sys
import warnings
from types import ModuleType
from typing import Any, cast

NO_TELEMETRY = (
    "DO_NOT_TRACK",
    "KEDRO_DISABLE_TELEMETRY",
    "MLFLOW_DISABLE_TELEMETRY",
    "HF_HUB_DISABLE_TELEMETRY",
)
NOT_OURS = (
    # kedro-mlflow's own model class, whenever `kedro` loads that plugin's commands.
    "Add type hints to the `predict` method",
    # Kedro 1.7 renamed the option; it works until 2.0, which pyproject.toml excludes.
    "Option '--pipeline' is deprecated",
    # PySpark 4.3 says so of every pandas 3; what is used of it is held to DuckDB's results.
    "PySpark does not yet fully support pandas",
)
"""Warnings that a user of this project can do nothing about."""


def prepare() -> None:
    """Switches off every telemetry we know of, and the warnings listed above."""
    for switch in NO_TELEMETRY:
        os.environ[switch] = "1"
    # pandera would load pandas-on-Spark wherever PySpark is installed: 0.25 s of every start.
    sys.modules.setdefault("pyspark.pandas", cast(ModuleType, None))
    if getattr(warnings.showwarning, "__module__", None) != __name__:
        warnings.showwarning = _hushing(warnings.showwarning)


def _hushing(show: Any) -> Any:
    """A `warnings.showwarning` without those; mlflow puts a filter of its own before any other."""

    def show_others(message: Warning | str, *arguments: Any, **options: Any) -> None:
        if not any(words in str(message) for words in NOT_OURS):
            show(message, *arguments, **options)

    return show_others
