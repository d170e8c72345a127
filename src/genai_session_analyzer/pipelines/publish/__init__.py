"""The publish pipeline."""

from genai_session_analyzer.pipelines.publish.pipeline import create_pipeline as create_pipeline
