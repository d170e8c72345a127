"""A language model from the catalog: its settings in YAML, the environment above them.

language_model:
  type: genai_session_analyzer.datasets.language_model.LanguageModelDataset
  backend: none
"""

import os
from typing import Any, NoReturn

from kedro.io import AbstractDataset

from genai_session_analyzer.language_model import LanguageModel
from genai_session_analyzer.language_model.settings import (
    LanguageModelSettings,
    open_language_model,
)


class LanguageModelDataset(AbstractDataset[None, LanguageModel | None]):
    """Gives nodes a `LanguageModel`, or None where none is configured; read only."""

    def __init__(self, *, metadata: dict[str, object] | None = None, **settings: Any) -> None:
        """Takes the settings.

        Args:
            metadata: For kedro-viz.
            settings: As in `LanguageModelSettings`; GSA_LLM_BACKEND, GSA_LLM_MODEL,
                GSA_LLM_BASE_URL and GSA_LLM_API_KEY stand above them.

        Raises:
            ModelError: A setting does not exist or has no such value.
        """
        self._settings = LanguageModelSettings.from_environment(os.environ, settings)
        self.metadata = metadata

    def load(self) -> LanguageModel | None:
        """Return the model; it is loaded when it is first asked something.

        Raises:
            ModelError: A setting that the backend needs is missing.
        """
        return open_language_model(self._settings)

    def save(self, data: None) -> NoReturn:
        """Refuses: a model is not written."""
        raise NotImplementedError("A language model is read only; change its catalog entry.")

    def _describe(self) -> dict[str, Any]:
        return self._settings.model_dump(mode="json", exclude={"api_key"})
