"""Prompts as vectors: each distinct prompt once."""

from genai_session_analyzer.pipelines.enrichment.embeddings.nodes import embed_prompts
from genai_session_analyzer.pipelines.enrichment.embeddings.parameters import EmbeddingParameters

__all__ = ["EmbeddingParameters", "embed_prompts"]
