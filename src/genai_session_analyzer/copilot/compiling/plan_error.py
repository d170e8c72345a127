"""What is wrong with a plan."""

from genai_session_analyzer.errors import AnalyzerError


class PlanError(AnalyzerError):
    """A plan names what does not exist, or asks for what has no meaning; says what to do."""
