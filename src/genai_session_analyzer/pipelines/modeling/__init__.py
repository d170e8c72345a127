"""The modeling pipeline."""

from genai_session_analyzer.pipelines.modeling.pipeline import create_pipeline as create_pipeline
