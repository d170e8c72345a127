"""What an encoder is; whoever has these members is one."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray


@runtime_checkable
class TextEncoder(Protocol):
    """Turns texts into vectors whose dot product says how alike two texts are."""

    @property
    def model(self) -> str:
        """Name of the model."""

    @property
    def revision(self) -> str:
        """What tells vectors of this model from those of another version of it."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one vector of unit length per text, shape (len(texts), dimension).

        A text's vector does not depend on the texts beside it.
        """
