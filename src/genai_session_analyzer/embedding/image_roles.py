"""What an image encoder is; whoever has these members is one."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL.Image import Image


class ImageEncoder(Protocol):
    """Turns images into vectors whose dot product says how alike two images look."""

    @property
    def model(self) -> str:
        """Name of the model."""

    @property
    def revision(self) -> str:
        """What tells vectors of this model from those of another version of it."""

    @property
    def dimension(self) -> int:
        """Length of a vector; asking for it may load the model."""

    def encode_images(self, images: Sequence["Image"]) -> NDArray[np.float32]:
        """Return one vector of unit length per RGB image, shape (len(images), dimension).

        An image's vector does not depend on the images beside it.
        """


class ImageTextEncoder(ImageEncoder, Protocol):
    """An image encoder that puts texts into the same space, so that the two can be compared."""

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of unit length per text, shape (len(texts), dimension)."""


def with_texts(encoder: ImageEncoder) -> ImageTextEncoder | None:
    """Return the encoder as one that takes texts too; None where it sees images only.

    It looks at the class: `isinstance` would ask for every property, and so load the model.
    """
    if callable(getattr(type(encoder), "encode_texts", None)):
        return cast("ImageTextEncoder", encoder)
    return None


def why_no_alignment(encoder: ImageEncoder) -> str | None:
    """Return why an encoder gives no text vectors and no alignment scores; None where it does."""
    if with_texts(encoder) is not None:
        return None
    return (
        f"{encoder.model} sees images only: text_embedding and alignment_score stay null; a CLIP "
        "model (image_encoder kind clip) gives both"
    )
