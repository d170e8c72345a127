"""Which prompts have a generation that passes conditions; how often each was asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from genai_session_analyzer.retrieval.conditions import DAY_COLUMN, GENERATION_COLUMNS
from genai_session_analyzer.semantic import Filter
from genai_session_analyzer.semantic.coded_column import CodedColumn, Mask, coded

_COLUMNS = (*GENERATION_COLUMNS, DAY_COLUMN)


@dataclass(frozen=True)
class GenerationIndex:
    """The generations, reduced to what search filters ask; some 24 bytes each.

    Attributes:
        prompts: Per generation the number of its prompt; `prompt_count` = not searchable.
        columns: Per generation the coded columns.
        rows: Per generation its rowid in the build.
        prompt_count: Prompts that can be found.
    """

    prompts: NDArray[np.int32]
    columns: Mapping[str, CodedColumn]
    rows: NDArray[np.int64]
    prompt_count: int

    def passing(self, conditions: Sequence[Filter]) -> Mask:
        """Return which prompts have a generation that passes all conditions, shape (prompts,)."""
        has_one = np.zeros(self.prompt_count + 1, dtype=np.bool_)
        has_one[self.prompts[self._passing(conditions)]] = True
        return has_one[:-1]

    def counts(self, conditions: Sequence[Filter]) -> NDArray[np.int64]:
        """Return how many generations of each prompt pass all conditions, shape (prompts,)."""
        found = self.prompts[self._passing(conditions)]
        return np.bincount(found, minlength=self.prompt_count + 1)[:-1]

    def rows_of(
        self, numbers: NDArray[np.int64], conditions: Sequence[Filter]
    ) -> NDArray[np.int64]:
        """Return the rowids of these prompts' generations that pass all conditions."""
        is_asked = np.zeros(self.prompt_count + 1, dtype=np.bool_)
        is_asked[numbers] = True
        passing = self._passing(conditions)
        return self.rows[passing][is_asked[self.prompts[passing]]]

    def _passing(self, conditions: Sequence[Filter]) -> Mask | slice:
        passes: Mask | slice = slice(None)
        for each in conditions:
            passes_this = self.columns[each.dimension].passes(each)
            passes = passes_this if isinstance(passes, slice) else passes & passes_this
        return passes


def load_generations(generations: ir.Table, prompt_ids: pa.Array) -> GenerationIndex:
    """Return the index of the generations.

    Args:
        generations: fct_generations.
        prompt_ids: Ids of the prompts in the order of their numbers.
    """
    known = len(prompt_ids)
    columns = {name: coded(generations.select(name).to_pyarrow()[name]) for name in _COLUMNS}
    asked = generations.select("prompt_id", row=generations.rowid()).to_pyarrow()
    prompts = pc.fill_null(pc.index_in(asked["prompt_id"], value_set=prompt_ids), known)
    rows = asked["row"].to_numpy()
    return GenerationIndex(prompts.to_numpy().astype(np.int32), columns, rows, known)
