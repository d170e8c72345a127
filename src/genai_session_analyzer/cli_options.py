"""What the parts of the `gsa` command have in common."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from genai_session_analyzer.errors import AnalyzerError

ROOT_OPTION = click.option(
    "--root",
    type=click.Path(path_type=Path),
    default=Path("data/published"),
    show_default=True,
    help="Folder of the published builds.",
)


def plain_errors(command: Callable[..., None]) -> Callable[..., None]:
    """Return the command with our errors shown as one line, without a trace."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        """Run the command; an error of ours ends it with one line."""
        try:
            command(*arguments, **options)
        except AnalyzerError as problem:
            raise click.ClickException(str(problem)) from problem

    return run
