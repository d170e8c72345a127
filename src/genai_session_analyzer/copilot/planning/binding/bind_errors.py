"""Why a draft cannot be bound to the columns of an entity."""

from pydantic import ValidationError

from genai_session_analyzer.copilot.compiling import PlanError
from genai_session_analyzer.errors import AnalyzerError


class BindError(AnalyzerError):
    """The data does not have what a question speaks of, or it was not said; one clause."""


class ContradictionError(BindError):
    """Two conditions that can never be met together, whatever is counted."""


def in_words(problem: PlanError | ValidationError) -> str:
    """Return in one clause why a plan has no meaning."""
    if isinstance(problem, ValidationError):
        return str(problem.errors()[0]["msg"]).removeprefix("Value error, ")
    return str(problem).splitlines()[0]
