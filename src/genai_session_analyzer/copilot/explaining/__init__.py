"""What a statement does, in words, read from its syntax tree; no model is asked."""

from genai_session_analyzer.copilot.explaining.statement import Explanation, explain_sql

__all__ = ["Explanation", "explain_sql"]
