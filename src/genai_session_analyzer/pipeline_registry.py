"""The pipelines by the names `kedro run --pipeline` takes."""

from kedro.pipeline import Pipeline

from genai_session_analyzer.pipeline_names import CORE
from genai_session_analyzer.pipelines import ingestion, metrics, modeling, publish, simulation


def register_pipelines() -> dict[str, Pipeline]:
    """Every pipeline, `core` (all that needs no model) and the default (everything)."""
    pipelines: dict[str, Pipeline] = {
        "ingestion": ingestion.create_pipeline(),
        "simulation": simulation.create_pipeline(),
        "modeling": modeling.create_pipeline(),
        "metrics": metrics.create_pipeline(),
        "publish": publish.create_pipeline(),
    }
    core = sum((pipelines[name] for name in CORE), Pipeline([]))
    return {**pipelines, "core": core, "__default__": sum(pipelines.values(), Pipeline([]))}
