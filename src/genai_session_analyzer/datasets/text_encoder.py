"""A text encoder from the catalog: its settings in YAML, its model loaded when first used.

text_encoder:
  type: genai_session_analyzer.datasets.text_encoder.TextEncoderDataset
  kind: fastest
"""

from typing import Any, NoReturn

from kedro.io import AbstractDataset
from pydantic import ValidationError

from genai_session_analyzer.embedding import TextEncoder, TextEncoderSettings, text_encoder
from genai_session_analyzer.errors import ModelError


class TextEncoderDataset(AbstractDataset[None, TextEncoder]):
    """Gives nodes a `TextEncoder`; read only."""

    def __init__(self, *, metadata: dict[str, object] | None = None, **settings: Any) -> None:
        """Takes the settings.

        Args:
            metadata: For kedro-viz.
            settings: As in `TextEncoderSettings`.

        Raises:
            ModelError: A setting does not exist or has no such value.
        """
        try:
            self._settings = TextEncoderSettings.model_validate(settings)
        except ValidationError as problem:
            wrong = "; ".join(
                f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in problem.errors()
            )
            known = ", ".join(TextEncoderSettings.model_fields)
            raise ModelError(
                f"The catalog's text encoder cannot be set so: {wrong}. Settings: {known}."
            ) from problem
        self.metadata = metadata
        self._encoder: TextEncoder | None = None

    def load(self) -> TextEncoder:
        """Return the encoder, one for all nodes of a run; nothing heavy is loaded yet."""
        if self._encoder is None:
            self._encoder = text_encoder(self._settings)
        return self._encoder

    def save(self, data: None) -> NoReturn:
        """Refuses: an encoder is not written."""
        raise NotImplementedError("A text encoder is read only; change its catalog entry.")

    def _describe(self) -> dict[str, Any]:
        return self._settings.model_dump(mode="json")
