"""What a source of images is; whoever has these members is one."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from genai_session_analyzer.errors import SourceError

ImageOrigin = Literal["painted", "folder", "diffusiondb"]


class RejectedImageError(SourceError):
    """An image that is not taken; the message is the reason, in a few words."""


@dataclass(frozen=True)
class ImageRef:
    """One image and the prompt it belongs to.

    Attributes:
        image_path: Its id: `fct_generations.image_path`, or its path in the source.
        prompt_id: Id of its prompt.
        prompt_text: Text of its prompt.
        fingerprint: Changes when the image changes; found without reading the image.
        read: Returns the bytes of an image file.

    Raises:
        RejectedImageError: From `read`: the image is not taken.
    """

    image_path: str
    prompt_id: str
    prompt_text: str
    fingerprint: str
    read: Callable[[], bytes]


class ImageSource(Protocol):
    """Images with their prompts."""

    @property
    def origin(self) -> ImageOrigin:
        """The kind of source, kept beside each image."""

    @property
    def description(self) -> str:
        """Where the images are, for the tracked run."""

    def refs(self) -> Sequence[ImageRef]:
        """Return the images by image_path, each path once.

        Raises:
            SourceError: The source as a whole cannot be read.
        """


def fingerprint_of(*parts: object) -> str:
    """Return the SHA-256 of the parts, as 64 hexadecimal digits."""
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def refusing(reason: str) -> Callable[[], bytes]:
    """Return a `read` for an image that is known to be refused."""

    def read() -> bytes:
        raise RejectedImageError(reason)

    return read
