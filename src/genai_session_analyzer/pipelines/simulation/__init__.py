"""The simulation pipeline."""

from genai_session_analyzer.pipelines.simulation.pipeline import create_pipeline as create_pipeline
