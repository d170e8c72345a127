"""The ingestion pipeline."""

from genai_session_analyzer.pipelines.ingestion.pipeline import create_pipeline as create_pipeline
