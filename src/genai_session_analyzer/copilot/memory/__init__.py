"""Questions with answers that a person confirmed, and what people said about answers."""

from genai_session_analyzer.copilot.memory.feedback import Feedback, read_feedback, record_feedback
from genai_session_analyzer.copilot.memory.similar import SimilarQueries
from genai_session_analyzer.copilot.memory.verified import (
    MemoryFileError,
    VerifiedQuery,
    add_verified,
    load_verified,
    packaged_verified,
)

__all__ = [
    "Feedback",
    "MemoryFileError",
    "SimilarQueries",
    "VerifiedQuery",
    "add_verified",
    "load_verified",
    "packaged_verified",
    "read_feedback",
    "record_feedback",
]
