"""What importing costs: the package is light, and each layer keeps heavy things out."""

import subprocess
import sys

import pytest

HEAVY = ("torch", "mlx", "dash", "kedro", "mlflow", "sentence_transformers", "datasets")


def loaded_by(module):
    """Which heavy packages a fresh interpreter has loaded after importing the module."""
    code = f"import sys, {module}; print(' '.join(set({HEAVY!r}) & set(sys.modules)))"
    finished = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    return set(finished.stdout.split())


@pytest.mark.parametrize(
    "module",
    [
        "genai_session_analyzer",
        "genai_session_analyzer.cli",
        "genai_session_analyzer.schema",
        "genai_session_analyzer.semantic",
        "genai_session_analyzer.warehouse.reader",
        "genai_session_analyzer.insights.build_summary",
    ],
)
def test_light_modules_load_nothing_heavy(module):
    assert loaded_by(module) == set()


def test_pipelines_load_kedro_and_no_model():
    assert loaded_by("genai_session_analyzer.pipeline_registry") <= {"kedro"}
