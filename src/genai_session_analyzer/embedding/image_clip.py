"""CLIP through sentence-transformers: images and texts in one space, from the hub or a folder."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.embedding.model_folder import REVISION_DIGITS, file_sha256
from genai_session_analyzer.errors import ModelError

if TYPE_CHECKING:
    from PIL.Image import Image
    from sentence_transformers import SentenceTransformer

_WEIGHT_SUFFIXES = {".safetensors", ".bin"}


@dataclass(frozen=True)
class ClipEncoder:
    """Any model that sentence-transformers loads and that takes images and texts.

    Attributes:
        model: Its name on the hub, or a folder.
        hub_revision: Commit, tag or branch on the hub; a folder has none.
        batch_size: Images or texts in one forward pass.
    """

    model: str = "sentence-transformers/clip-ViT-B-32"
    hub_revision: str | None = None
    batch_size: int = 16

    @cached_property
    def revision(self) -> str:
        """First digits of the weights' SHA-256.

        Raises:
            ModelError: The model cannot be had, or holds no weights.
        """
        folder = _folder(self.model, self.hub_revision)
        files = sorted(path for path in folder.rglob("*") if path.suffix in _WEIGHT_SUFFIXES)
        if not files:
            raise ModelError(f"{folder} holds no weights. Give the folder of a saved CLIP model.")
        digests = [file_sha256(path, path.stat().st_mtime_ns) for path in files]
        return hashlib.sha256("".join(digests).encode()).hexdigest()[:REVISION_DIGITS]

    @property
    def dimension(self) -> int:
        """Length of a vector; loads the model.

        Raises:
            ModelError: The model cannot be loaded.
        """
        return int(self.encode_texts([""]).shape[1])

    def encode_images(self, images: Sequence["Image"]) -> NDArray[np.float32]:
        """Return one vector of unit length per RGB image, shape (len(images), dimension).

        Raises:
            ModelError: The model cannot be loaded.
        """
        return self._encode(list(images))

    def encode_texts(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of unit length per text; what lies behind CLIP's 77 tokens is cut off.

        Raises:
            ModelError: The model cannot be loaded.
        """
        return self._encode(list(texts))

    def _encode(self, items: list[Any]) -> NDArray[np.float32]:
        loaded = _loaded(_folder(self.model, self.hub_revision))
        vectors = loaded.encode(
            items,
            batch_size=self.batch_size,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=False,
        )
        return np.asarray(vectors, dtype=np.float32)


@lru_cache(maxsize=2)
def _folder(model: str, revision: str | None) -> Path:
    if Path(model).is_dir():
        return Path(model)
    from huggingface_hub import snapshot_download  # noqa: PLC0415  (only for models of the hub)
    from huggingface_hub.errors import HfHubHTTPError, HFValidationError  # noqa: PLC0415

    try:
        return Path(snapshot_download(model, revision=revision))
    except (HFValidationError, HfHubHTTPError, OSError) as problem:
        reason = str(problem).splitlines()[0]
        raise ModelError(
            f"The image model {model!r} is neither a folder nor to be had from the hub: {reason} "
            "Give the path of a folder, or kind: efficientnet_lite0, which is installed."
        ) from problem


@lru_cache(maxsize=1)
def _loaded(folder: Path) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  (seconds)

    try:
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, KeyError, RuntimeError) as problem:
        raise ModelError(
            f"{folder} cannot be loaded as a CLIP model: {str(problem).splitlines()[0]} Give a "
            "folder that `SentenceTransformer.save` wrote."
        ) from problem
