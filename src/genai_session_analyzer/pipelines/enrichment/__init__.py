"""The enrichment pipeline: embeddings, labels, images and clusters, each step tracked."""

from genai_session_analyzer.pipelines.enrichment.pipeline import create_pipeline as create_pipeline
