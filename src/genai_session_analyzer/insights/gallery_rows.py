"""The prompts and generations of a build in memory, as map and gallery filter and count them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from genai_session_analyzer.semantic.coded_column import CodedColumn, Mask
from genai_session_analyzer.semantic.measures import Filter
from genai_session_analyzer.semantic.view_filters import (
    LABEL_DIMENSIONS,
    SESSION_DIMENSIONS,
    ViewFilters,
)

OWN_DIMENSIONS = ("model_version", "status", "prompt_length_category", *SESSION_DIMENSIONS)
"""Dimensions of a generation that are not those of its prompt; its days come beside them."""
DAY = "requested_date"
OUTCOMES = ("known_status_count", "success_count", "failure_count")
MEASURED = ("status", "latency_ms", "cost_credits")
"""Columns of fct_generations that the gallery's measures read."""


@dataclass(frozen=True)
class PromptRows:
    """The prompts, in the order of prompt_id.

    Attributes:
        table: prompt_id, x, y (null = no place on the map), cluster_id (-1 = in none), domain,
            art_style, mood, and snippet, the start of the prompt in one line.
        labels: By label dimension, the coded column.
        unsafe_scores: The greater of the service's scores; infinite where the labels say unsafe,
            minus infinity where nothing is said. Shape (prompts,).
        is_placed: Whether it has a place on the map, shape (prompts,).
    """

    table: pa.Table
    labels: Mapping[str, CodedColumn]
    unsafe_scores: NDArray[np.float64]
    is_placed: Mask

    def passing(self, filters: Iterable[Filter], unsafe_from: float | None) -> Mask:
        """Return which prompts pass filters on labels and are not unsafe, shape (prompts,)."""
        passes = np.ones(self.table.num_rows, dtype=np.bool_)
        for each in filters:
            passes &= self.labels[each.dimension].passes(each)
        return passes if unsafe_from is None else passes & (self.unsafe_scores < unsafe_from)


@dataclass(frozen=True)
class GenerationRows:
    """The generations, in one order.

    Attributes:
        numbers: Place of its prompt among the prompts; their count = it has none.
        columns: By dimension, the coded column.
        outcomes: By measure of `OUTCOMES`, whether the generations of a status count, by its code.
        measured: The columns `MEASURED`.
    """

    numbers: NDArray[np.int64]
    columns: Mapping[str, CodedColumn]
    outcomes: Mapping[str, Mask]
    measured: pa.Table


@dataclass(frozen=True)
class GalleryRows:
    """Prompts and generations of one build; never changed, so any thread may read them."""

    prompts: PromptRows
    generations: GenerationRows

    def passing(
        self, filters: ViewFilters, unsafe_from: float | None = None, only: Mask | None = None
    ) -> NDArray[np.int64]:
        """Return the places of the generations that pass, of those that have a prompt.

        Args:
            filters: What to keep.
            unsafe_from: Score from which prompts are left out as unsafe; None: none is left out.
            only: Prompts whose generations are kept, shape (prompts,); None: of all.
        """
        kept = self.prompts.passing(filters.of(LABEL_DIMENSIONS), unsafe_from)
        if only is not None:
            kept &= only
        passes = np.append(kept, False)[self.generations.numbers]
        for each in (*filters.days(DAY), *filters.of(OWN_DIMENSIONS)):
            passes &= self.generations.columns[each.dimension].passes(each)
        return np.flatnonzero(passes)

    def asked(self, generations: NDArray[np.int64]) -> Mask:
        """Return which prompts these generations asked for, shape (prompts,)."""
        is_asked = np.zeros(self.prompts.table.num_rows, dtype=np.bool_)
        is_asked[self.generations.numbers[generations]] = True
        return is_asked

    def ids(self, prompts: Mask) -> tuple[str, ...]:
        """Return the ids of these prompts, in order."""
        return tuple(self.prompts.table["prompt_id"].filter(pa.array(prompts)).to_pylist())

    def mask_of(self, prompt_ids: Iterable[str]) -> Mask:
        """Return which prompts have one of the ids, shape (prompts,)."""
        wanted = pa.array(prompt_ids, pa.string())
        return np.asarray(pc.is_in(self.prompts.table["prompt_id"], wanted).to_numpy())
