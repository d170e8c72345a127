"""The pipelines by the names `kedro run --pipeline` takes."""

from kedro.pipeline import Pipeline

from genai_session_analyzer.pipeline_names import CORE, EVERYTHING
from genai_session_analyzer.pipelines import (
    enrichment,
    ingestion,
    metrics,
    modeling,
    publish,
    simulation,
)
from genai_session_analyzer.pipelines.label_training.pipeline import (
    create_pipeline as create_label_training,
)


def register_pipelines() -> dict[str, Pipeline]:
    """Every pipeline, `core` (all that needs no model) and the default (the way of the data)."""
    pipelines: dict[str, Pipeline] = {
        "ingestion": ingestion.create_pipeline(),
        "simulation": simulation.create_pipeline(),
        "modeling": modeling.create_pipeline(),
        "enrichment": enrichment.create_pipeline(),
        "metrics": metrics.create_pipeline(),
        "publish": publish.create_pipeline(),
    }
    core, everything = (
        sum((pipelines[name] for name in names), Pipeline([])) for names in (CORE, EVERYTHING)
    )
    training = create_label_training()
    return {**pipelines, "core": core, "label_training": training, "__default__": everything}
