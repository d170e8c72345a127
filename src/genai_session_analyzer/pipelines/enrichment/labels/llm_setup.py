"""A language model set up to label."""

from dataclasses import dataclass

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model import LanguageModel
from genai_session_analyzer.pipelines.enrichment.labels.llm_labeling import Labeler
from genai_session_analyzer.pipelines.enrichment.labels.llm_parameters import (
    LanguageModelLabelParameters,
)
from genai_session_analyzer.pipelines.enrichment.labels.llm_prompt import (
    LabelInstructions,
    load_template,
)
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import load_taxonomy


@dataclass(frozen=True)
class LanguageModelLabeling:
    """A language model with how it is to label; a catalog entry, so that nodes stay short."""

    model: LanguageModel | None
    parameters: LanguageModelLabelParameters

    def labeler(self) -> Labeler:
        """Return the labeler; nothing is loaded yet.

        Raises:
            ModelError: No language model is configured.
            SourceError: The taxonomy cannot be read.
        """
        wanted = self.parameters
        if self.model is None:
            raise ModelError(
                f"Labels of a language model are asked for (select: {wanted.select}) and none is "
                "configured. Set GSA_LLM_BACKEND and GSA_LLM_MODEL, or select: none."
            )
        instructions = LabelInstructions(
            load_template(),
            load_taxonomy(wanted.taxonomy),
            wanted.max_tokens,
            wanted.max_prompt_chars,
        )
        return Labeler(self.model, instructions)
