"""Texts as vectors: what an encoder is, one that needs nothing, and how Spark applies any of them.

Importing the package loads neither a model nor Spark.
"""

from genai_session_analyzer.embedding.hash_encoder import HashEncoder
from genai_session_analyzer.embedding.roles import TextEncoder

__all__ = ["HashEncoder", "TextEncoder"]
