"""What labels of a language model depend on."""

from genai_session_analyzer.model_results import Configuration
from genai_session_analyzer.pipelines.enrichment.labels.llm_labeling import Labeler

STEP = "label_with_language_model"


def label_configuration(labeler: Labeler) -> Configuration:
    """Return what a label depends on besides its prompt: the model and what it is told.

    The taxonomy's descriptions are part of what it is told: changing a synonym, which is not,
    redoes nothing here.
    """
    told = {"prompt_version": labeler.instructions.version}
    return Configuration(STEP, labeler.model.name, labeler.model.revision, told)
