"""The fast way in float32, on any CPU: ONNX Runtime over texts of equal length."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.embedding.model_folder import ModelFolder
from genai_session_analyzer.embedding.onnx_export import exported
from genai_session_analyzer.embedding.token_batches import BatchPlan, encode_on_all_cores
from genai_session_analyzer.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

_EVEN = BatchPlan(is_even=True)


@dataclass(frozen=True)
class OnnxEncoder:
    """A `TextEncoder`: a BERT with mean pooling in ONNX Runtime; exports the model once.

    A batch holds texts of one length: nothing is padded. A text's vector depends on the texts
    beside it by float noise only (below 1e-6).

    Attributes:
        folder: The model.
        cache: Folder the exported model is kept in.
        plan: Threads and batches.
    """

    folder: ModelFolder
    cache: Path
    plan: BatchPlan = _EVEN

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
            ModelError: The model cannot be loaded or exported.
        """
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        embed = partial(_embed, _session(exported(self.folder, self.cache)))
        return encode_on_all_cores(texts, self.folder, embed, self.plan)


def _embed(session: "InferenceSession", tokens: list[NDArray[np.int64]]) -> NDArray[np.float32]:
    (vectors,) = session.run(["vectors"], {"tokens": np.stack(tokens)})
    return np.asarray(vectors, dtype=np.float32)


@lru_cache(maxsize=2)
def _session(file: Path) -> "InferenceSession":
    """A session whose calls take one core each: they are made from several threads."""
    import onnxruntime  # noqa: PLC0415  (only where there are texts)

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    except RuntimeError as problem:
        raise ModelError(
            f"{file} cannot be loaded: {problem}. Remove it; it is exported again."
        ) from problem
