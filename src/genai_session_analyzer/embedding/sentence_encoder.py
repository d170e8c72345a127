"""Any sentence-transformers model, run as that library runs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.embedding.model_folder import ModelFolder
from genai_session_analyzer.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_CPU_BATCH = 32
_GPU_BATCH = 128
"""Of 32 to 2,048 texts, 128 and 256 were the fastest on a CUDA card: 1.6 times as fast as 32."""


@dataclass(frozen=True)
class SentenceEncoder:
    """A `TextEncoder` by sentence-transformers; loads the model at the first text.

    A text's vector depends on the texts beside it by float noise only (padding: below 1e-6).

    Attributes:
        folder: The model.
        device: `cpu`, `cuda`, `mps`; None takes the fastest there is.
        batch_size: Texts computed at once; None: 32 on a CPU, 128 on a GPU.
    """

    folder: ModelFolder
    device: str | None = None
    batch_size: int | None = None

    @property
    def model(self) -> str:
        """Name of the model."""
        return self.folder.name

    @property
    def revision(self) -> str:
        """The first digits of the weights' SHA-256."""
        return self.folder.revision

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self.folder.dimension

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of unit length per text, shape (len(texts), dimension).

        Raises:
            ModelError: The model cannot be loaded.
        """
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        model = _loaded(self.folder, self.device)
        vectors = model.encode(
            list(texts),
            batch_size=self.batch_size or batch_size_on(model.device.type),
            show_progress_bar=False,
            normalize_embeddings=True,
        )
        return np.asarray(vectors, dtype=np.float32)


def batch_size_on(device_type: str) -> int:
    """Return how many texts are computed at once on a device such as `cpu`, `cuda` or `mps`."""
    return _CPU_BATCH if device_type == "cpu" else _GPU_BATCH


@lru_cache(maxsize=2)
def _loaded(folder: ModelFolder, device: str | None) -> "SentenceTransformer":
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  (takes seconds)

    try:
        return SentenceTransformer(str(folder.path), device=device, local_files_only=True)
    except (OSError, ValueError, RuntimeError) as problem:
        raise ModelError(
            f"The model {folder.name} in {folder.path} cannot be loaded: {problem}. Install or "
            "fetch it anew."
        ) from problem
