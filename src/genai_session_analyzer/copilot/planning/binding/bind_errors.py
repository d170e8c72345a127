"""Why a draft cannot be bound to the columns of an entity."""

from genai_session_analyzer.errors import AnalyzerError


class BindError(AnalyzerError):
    """The data does not have what a question speaks of, or it was not said; one clause."""


class ContradictionError(BindError):
    """Two conditions that can never be met together, whatever is counted."""
