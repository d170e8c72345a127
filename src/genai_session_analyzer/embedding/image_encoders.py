"""An image encoder from settings, as they stand in the catalog."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from genai_session_analyzer.embedding.image_clip import ClipEncoder
from genai_session_analyzer.embedding.image_colours import ColourEncoder
from genai_session_analyzer.embedding.image_efficientnet import EfficientNetEncoder
from genai_session_analyzer.embedding.image_roles import ImageEncoder

DEFAULT_CLIP = "sentence-transformers/clip-ViT-B-32"


class ImageEncoderSettings(BaseModel):
    """Which encoder, and where what it needs is kept."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Literal["efficientnet_lite0", "clip", "colours"] = "efficientnet_lite0"
    model: str | None = None
    """`clip`: a name on the hub or a folder; null = clip-ViT-B-32."""
    revision: str | None = None
    """`clip` from the hub: commit, tag or branch."""
    cache: str = "data/06_models"
    """Folder of exported models."""
    threads: int = Field(default=2, ge=1, le=64)
    batch_size: int = Field(default=16, ge=1, le=1024)
    """`clip`: images or texts in one forward pass."""


def image_encoder(settings: ImageEncoderSettings) -> ImageEncoder:
    """Return the encoder; it loads its model when it is first asked to encode."""
    match settings.kind:
        case "efficientnet_lite0":
            return EfficientNetEncoder(Path(settings.cache), settings.threads)
        case "clip":
            return ClipEncoder(
                settings.model or DEFAULT_CLIP, settings.revision, settings.batch_size
            )
        case "colours":
            return ColourEncoder()
