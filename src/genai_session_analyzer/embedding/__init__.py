"""Texts as vectors: what an encoder is, several of them, and how Spark applies any of them.

Importing the package loads neither a model nor Spark.
"""

from genai_session_analyzer.embedding.hash_encoder import HashEncoder
from genai_session_analyzer.embedding.roles import TextEncoder
from genai_session_analyzer.embedding.text_encoders import TextEncoderSettings, text_encoder

__all__ = ["HashEncoder", "TextEncoder", "TextEncoderSettings", "text_encoder"]
