"""The fastest way on a CPU that multiplies bfloat16: half the bytes, twice the products."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.embedding.model_folder import ModelFolder
from genai_session_analyzer.embedding.packed_bert import PackedBert
from genai_session_analyzer.embedding.token_batches import BatchPlan, encode_on_all_cores

_LINUX_PROCESSOR = Path("/proc/cpuinfo")
_FLAGS = {"avx512_bf16", "amx_bf16"}
PACKED = BatchPlan()


def multiplies_bfloat16(processor: Path = _LINUX_PROCESSOR) -> bool:
    """Return whether the CPU says that it has products of bfloat16; False where it says nothing.

    Args:
        processor: What the kernel says of the CPU.
    """
    if not processor.is_file():
        return False
    return not _FLAGS.isdisjoint(processor.read_text(encoding="utf-8").split())


@dataclass(frozen=True)
class Bfloat16Encoder:
    """A `TextEncoder`: a BERT with mean pooling in bfloat16, texts packed without padding.

    Of the ten nearest prompts, 98.5 % are those of float32 (`benchmarks/bench_encoders.py`); the
    revision says so, and vectors of both never meet. A text's vector is the same whatever texts
    stand beside it. Correct on any CPU, fast where `multiplies_bfloat16`.

    Attributes:
        folder: The model.
        plan: Threads and batches.
    """

    folder: ModelFolder
    plan: BatchPlan = PACKED

    @property
    def model(self) -> str:
        """Name of the model."""
        return self.folder.name

    @property
    def revision(self) -> str:
        """The first digits of the weights' SHA-256, and that they were rounded."""
        return f"{self.folder.revision}-bf16"

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
        import torch  # noqa: PLC0415  (takes a second)

        model, threads = _loaded(self.folder), torch.get_num_threads()
        try:
            return encode_on_all_cores(
                texts, self.folder, model.embed, self.plan, lambda: torch.set_num_threads(1)
            )
        finally:
            torch.set_num_threads(threads)  # of threads that others start later


@lru_cache(maxsize=2)
def _loaded(folder: ModelFolder) -> PackedBert:
    import torch  # noqa: PLC0415

    folder.require_mean_of_bert("bfloat16")
    return PackedBert(folder, torch.bfloat16)
