"""The metrics pipeline."""

from genai_session_analyzer.pipelines.metrics.pipeline import create_pipeline as create_pipeline
