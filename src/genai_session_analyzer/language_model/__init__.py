"""Language models behind one protocol: llama.cpp, MLX, servers of the chat format, and scripted.

Importing the package loads no model library; a model is loaded at its first request.
"""

from genai_session_analyzer.language_model.roles import (
    Capabilities,
    LanguageModel,
    Message,
    Reply,
    Request,
)
from genai_session_analyzer.language_model.scripted import ScriptedModel

__all__ = ["Capabilities", "LanguageModel", "Message", "Reply", "Request", "ScriptedModel"]
