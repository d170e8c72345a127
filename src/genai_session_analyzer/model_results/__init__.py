"""What models have computed, kept by content and configuration, outside the warehouse."""

from genai_session_analyzer.model_results.configuration import Configuration
from genai_session_analyzer.model_results.store import Outcome, ResultStore
from genai_session_analyzer.model_results.work import Place, WorkCounts, counted, work_through

__all__ = [
    "Configuration",
    "Outcome",
    "Place",
    "ResultStore",
    "WorkCounts",
    "counted",
    "work_through",
]
