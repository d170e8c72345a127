"""The pictures' vectors, and the prompts they were made from."""

from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from genai_session_analyzer.errors import UnknownNameError
from genai_session_analyzer.retrieval.stored_vectors import VectorColumn, encoder_of, read_vectors
from genai_session_analyzer.retrieval.vector_index import Numbers, Vector, VectorIndex
from genai_session_analyzer.semantic.coded_column import Mask

_REMEDY = "Run `kedro run --pipeline=enrichment`, then publish."


@dataclass(frozen=True)
class ImageIndex:
    """The pictures, in the order of their vectors.

    Attributes:
        paths: As image_path.
        prompts: Number of each picture's prompt; -1 = not known, or the prompt has no vector.
        vectors: What they look like.
    """

    paths: pa.Array
    prompts: NDArray[np.int64]
    vectors: VectorIndex

    def prompts_like(self, image_path: str, passing: Mask, k: int) -> tuple[Numbers, Vector]:
        """Return the prompts whose pictures look most like this one, and the cosines.

        A prompt stands where its most similar picture stands.

        Args:
            image_path: A picture.
            passing: Which prompts are ranked.
            k: How many.

        Raises:
            UnknownNameError: There is no such picture.
        """
        own = pc.index(self.paths, image_path).as_py()
        if own < 0:
            raise UnknownNameError("picture", image_path, self.paths[:3].to_pylist())
        is_ranked = np.append(passing, False)[self.prompts]
        is_ranked[own] = False
        return self._first_of_each_prompt(self.vectors.vector(own), is_ranked, k)

    def _first_of_each_prompt(
        self, query: Vector, is_ranked: Mask, k: int
    ) -> tuple[Numbers, Vector]:
        """Ask for more pictures until they are of k prompts, or all have been seen."""
        asked, there_are = k, int(np.count_nonzero(is_ranked))
        while True:
            numbers, scores = self.vectors.nearest(query, is_ranked, asked)
            prompts, firsts = np.unique(self.prompts[numbers], return_index=True)
            if len(prompts) >= k or asked >= there_are:
                kept = np.sort(firsts)[:k]
                return self.prompts[numbers[kept]], scores[kept]
            asked *= 4


def load_images(images: ir.Table, prompt_ids: pa.Array) -> ImageIndex | None:
    """Return the pictures of the build; None where there are none."""
    if not int(images.count().to_pyarrow().as_py()):
        return None
    column = VectorColumn(images, "image_path", "image_embedding", _REMEDY)
    encoder_of(column)
    paths, vectors = read_vectors(column, lambda _done, _total: None)
    owners = images.select("image_path", "prompt_id").to_pyarrow()
    places = pc.index_in(paths, value_set=owners["image_path"].combine_chunks())
    of_paths = owners["prompt_id"].combine_chunks().take(places)
    prompts = pc.fill_null(pc.index_in(of_paths, value_set=prompt_ids, skip_nulls=True), -1)
    return ImageIndex(paths, prompts.to_numpy().astype(np.int64), vectors)
