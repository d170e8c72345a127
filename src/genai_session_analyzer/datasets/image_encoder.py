"""An image encoder out of the catalog: settings in YAML, an `ImageEncoder` in the node."""

from typing import Any, NoReturn

from kedro.io import AbstractDataset, DatasetError

from genai_session_analyzer.embedding.image_encoders import ImageEncoderSettings, image_encoder
from genai_session_analyzer.embedding.image_roles import ImageEncoder


class ImageEncoderDataset(AbstractDataset[None, ImageEncoder]):
    """Makes the encoder that its settings name; nothing is loaded before the first image."""

    def __init__(
        self, *, settings: dict[str, Any] | None = None, metadata: dict[str, Any] | None = None
    ) -> None:
        """Reads the settings.

        Raises:
            ValidationError: A setting is unknown or out of range.
        """
        self._settings = ImageEncoderSettings.model_validate(settings or {})
        self.metadata = metadata

    def load(self) -> ImageEncoder:
        """Returns the encoder."""
        return image_encoder(self._settings)

    def save(self, data: None) -> NoReturn:
        """Refuses: an encoder is not written by a run.

        Raises:
            DatasetError: Always.
        """
        del data
        raise DatasetError("An image encoder cannot be saved; change its settings in the catalog.")

    def _describe(self) -> dict[str, Any]:
        return self._settings.model_dump()
