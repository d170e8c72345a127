"""A column of few values as small numbers: any condition on it is one look-up per row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from genai_session_analyzer.semantic.measures import Filter

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class CodedColumn:
    """A column of few distinct values.

    Attributes:
        numbers: Number of each value.
        codes: Per row the number of its value; the count of values where it is null.
    """

    numbers: Mapping[Any, int]
    codes: NDArray[np.unsignedinteger[Any]]

    def passes(self, wanted: Filter) -> Mask:
        """Return which rows pass the filter's list of values and its bounds, shape (rows,)."""
        accepted = np.zeros(len(self.numbers) + 1, dtype=np.bool_)
        for value in self._accepted(wanted):
            accepted[self.numbers.get(value, len(self.numbers))] |= value in self.numbers
        accepted[-1] |= wanted.one_of is not None and None in wanted.one_of
        return np.asarray(accepted[self.codes])

    def _accepted(self, wanted: Filter) -> Iterable[Any]:
        values: Iterable[Any] = self.numbers if wanted.one_of is None else wanted.one_of
        return [value for value in values if value is not None and _is_within(value, wanted)]


def _is_within(value: Any, wanted: Filter) -> bool:
    is_above = wanted.at_least is None or value >= wanted.at_least
    return bool(is_above and (wanted.below is None or value < wanted.below))


def coded(values: pa.ChunkedArray) -> CodedColumn:
    """Return the column coded, in as few bytes a row as its distinct values allow."""
    known = pc.unique(values.drop_null())
    codes = pc.fill_null(pc.index_in(values, value_set=known), len(known))
    numbers = {value: number for number, value in enumerate(known.to_pylist())}
    return CodedColumn(numbers, codes.to_numpy().astype(np.min_scalar_type(len(known))))


def day_after(day: date | None) -> date | None:
    """Return the first day no longer in a range whose last day is given."""
    return None if day is None else day + timedelta(days=1)
