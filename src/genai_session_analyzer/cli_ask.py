"""`gsa ask`: a question in words, its answer with its proof, on a terminal."""

import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from genai_session_analyzer.cli_options import ROOT_OPTION, plain_errors

NOT_ANSWERED = 3
"""Exit code where a question was declined or asked back."""
ASKER = "terminal"
MLFLOW_STORE = Path("mlflow/mlflow.db")
MODELS = Path("06_models")


@click.command()
@click.argument("question")
@click.option(
    "--database",
    type=click.Path(path_type=Path),
    help="Any DuckDB file with our tables, instead of the published build.",
)
@ROOT_OPTION
@click.option("--follow-up-to", "first", metavar="QUESTION", help="The question before this one.")
@click.option("--json", "as_json", is_flag=True, help="The whole answer, as JSON.")
@plain_errors
def ask(question: str, database: Path | None, root: Path, first: str | None, as_json: bool) -> None:
    """Answer QUESTION from the data: rows, the SQL, and how sure they are.

    Exit code 0: answered. 3: declined, or asked back with readings to choose from. 1: an error.
    """
    sys.exit(_ask(question, first, (database, root), as_json))


def _ask(question: str, first: str | None, places: tuple[Path | None, Path], as_json: bool) -> int:
    from rich.console import Console  # noqa: PLC0415

    from genai_session_analyzer.copilot.answering.answer import Answered  # noqa: PLC0415
    from genai_session_analyzer.copilot.answering.answer_text import (  # noqa: PLC0415
        as_json_object,
        print_answer,
    )
    from genai_session_analyzer.copilot.answering.asking import ask_once  # noqa: PLC0415

    copilot = _copilot(*places, os.environ)
    try:
        answer = ask_once(copilot, question, first, ASKER)
        if as_json:
            click.echo(json.dumps(as_json_object(answer), indent=2, ensure_ascii=False))
        else:
            print_answer(answer, Console())
    finally:
        copilot.close()
    return 0 if isinstance(answer, Answered) else NOT_ANSWERED


def _copilot(database: Path | None, root: Path, environment: Mapping[str, str]) -> Any:
    """The copilot over a file, or over the builds; traces only of the latter."""
    from genai_session_analyzer.copilot.answering.file_source import FileSource  # noqa: PLC0415
    from genai_session_analyzer.copilot.answering.opening import (  # noqa: PLC0415
        CopilotPlaces,
        open_copilot,
    )
    from genai_session_analyzer.language_model.settings import (  # noqa: PLC0415
        LanguageModelSettings,
        open_language_model,
    )
    from genai_session_analyzer.warehouse.reader import BuildReader  # noqa: PLC0415

    model = open_language_model(LanguageModelSettings.from_environment(environment))
    data = root.parent
    if database is not None:
        return open_copilot(FileSource(database), model, CopilotPlaces(models=data / MODELS))
    store = data / MLFLOW_STORE
    places = CopilotPlaces(
        models=data / MODELS,
        memory=data / "copilot",
        mlflow_store=store if store.is_file() else None,
    )
    return open_copilot(BuildReader(root), model, places)
