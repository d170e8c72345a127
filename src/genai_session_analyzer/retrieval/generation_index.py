"""Which prompts have a generation that passes conditions; how often each was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from genai_session_analyzer.retrieval.coded_column import CodedColumn, Mask, coded
from genai_session_analyzer.retrieval.conditions import DAY_COLUMN, GENERATION_COLUMNS
from genai_session_analyzer.semantic import Filter

_COLUMNS = (*GENERATION_COLUMNS, DAY_COLUMN)


@dataclass(frozen=True)
class GenerationIndex:
    """The generations, reduced to what search filters ask; some 16 bytes each.

    Attributes:
        prompts: Per generation the number of its prompt; `prompt_count` = not searchable.
        columns: Per generation the coded columns.
        prompt_count: Prompts that can be found.
    """

    prompts: NDArray[np.int32]
    columns: Mapping[str, CodedColumn]
    prompt_count: int

    def passing(self, conditions: Sequence[Filter]) -> Mask:
        """Return which prompts have a generation that passes all conditions, shape (prompts,)."""
        has_one = np.zeros(self.prompt_count + 1, dtype=np.bool_)
        has_one[self._prompts_of(conditions)] = True
        return has_one[:-1]

    def counts(self, conditions: Sequence[Filter]) -> NDArray[np.int64]:
        """Return how many generations of each prompt pass all conditions, shape (prompts,)."""
        found = self._prompts_of(conditions)
        return np.bincount(found, minlength=self.prompt_count + 1)[:-1]

    def _prompts_of(self, conditions: Sequence[Filter]) -> NDArray[np.int32]:
        passes: Mask | None = None
        for each in conditions:
            passes_this = self.columns[each.dimension].passes(each)
            passes = passes_this if passes is None else passes & passes_this
        return self.prompts if passes is None else self.prompts[passes]


def load_generations(generations: ir.Table, prompt_ids: pa.Array) -> GenerationIndex:
    """Return the index of the generations.

    Args:
        generations: fct_generations.
        prompt_ids: Ids of the prompts in the order of their numbers.
    """
    known = len(prompt_ids)
    columns = {name: coded(generations.select(name).to_pyarrow()[name]) for name in _COLUMNS}
    asked = generations.select("prompt_id").to_pyarrow()["prompt_id"]
    prompts = pc.fill_null(pc.index_in(asked, value_set=prompt_ids), known)
    return GenerationIndex(prompts.to_numpy().astype(np.int32), columns, known)
