"""Conditions on coded columns against comparing the values themselves."""

import pyarrow as pa
import pytest

from genai_session_analyzer.semantic import Filter
from genai_session_analyzer.semantic.coded_column import coded

VALUES = [3, None, 1, 2, 3, None, 5]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"one_of": (3,)}, [1, 0, 0, 0, 1, 0, 0]),
        ({"one_of": (None, 1)}, [0, 1, 1, 0, 0, 1, 0]),
        ({"one_of": (9,)}, [0] * 7),
        ({"one_of": ()}, [0] * 7),
        ({"at_least": 2}, [1, 0, 0, 1, 1, 0, 1]),
        ({"at_least": 2, "below": 5}, [1, 0, 0, 1, 1, 0, 0]),
        ({"one_of": (1, 5), "below": 5}, [0, 0, 1, 0, 0, 0, 0]),
    ],
)
def test_a_condition(wanted, expected):
    column = coded(pa.chunked_array([VALUES[:3], VALUES[3:]]))
    assert column.passes(Filter(dimension="any", **wanted)).tolist() == [bool(e) for e in expected]


@pytest.mark.parametrize("count", [0, 1, 255, 256, 65_536, 70_000])
def test_any_number_of_distinct_values(count):
    values = [*map(str, range(count)), None]
    column = coded(pa.chunked_array([pa.array(values, pa.string())]))
    last = Filter(dimension="any", one_of=(str(count - 1),))
    assert column.passes(last).nonzero()[0].tolist() == ([count - 1] if count else [])
    assert column.passes(Filter(dimension="any", one_of=(None,))).nonzero()[0].tolist() == [count]
