"""The one failure of a language model that concerns a single request."""

from genai_session_analyzer.errors import ModelError


class RequestRefusedError(ModelError):
    """The model works but will not answer this request (too long, filtered); others may do."""
