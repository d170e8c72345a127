"""What `gsa eval-copilot` does."""

import os
from contextlib import closing
from pathlib import Path

from rich.console import Console

from genai_session_analyzer.copilot.evaluation.evaluating import Evaluation, evaluate_file
from genai_session_analyzer.copilot.evaluation.materials import opened_materials
from genai_session_analyzer.copilot.evaluation.opening import source_of
from genai_session_analyzer.copilot.evaluation.variants import WITHOUT_MODEL, answerer_of
from genai_session_analyzer.language_model import LanguageModel
from genai_session_analyzer.language_model.settings import (
    LanguageModelSettings,
    open_language_model,
)

MODELS = Path("06_models")


def evaluate_once(
    file: Path, database: Path | None, root: Path, planner: str, console: Console
) -> Evaluation:
    """Return the evaluation of one file of questions by one way of answering.

    Args:
        file: The questions.
        database: A DuckDB file; None: the build served under `root`.
        root: The published root; exported encoders lie beside it.
        planner: Name of the way of answering.
        console: Shows progress.

    Raises:
        AnalyzerError: The file, the database or the model cannot be used.
    """
    source = source_of(database, root)
    model = None if planner in WITHOUT_MODEL else model_from_environment()
    with (
        opened_materials(source, root.parent / MODELS, model) as materials,
        closing(answerer_of(planner, materials)) as answerer,
    ):
        return evaluate_file(file, answerer, materials.judge, console)


def model_from_environment() -> LanguageModel | None:
    """Return the language model that GSA_LLM_* names; None where they name none.

    Raises:
        ModelError: They name one that cannot be used.
    """
    return open_language_model(LanguageModelSettings.from_environment(os.environ))
