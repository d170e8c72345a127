"""Streams are independent, repeatable and blind to how the rows are cut."""

import numpy as np
import pytest

from genai_session_analyzer.pipelines.simulation.random_blocks import (
    BLOCK_ROWS,
    blocks,
    choose,
    stream,
)


def test_the_same_name_gives_the_same_numbers():
    assert np.array_equal(stream(1, "a").random(100), stream(1, "a").random(100))


@pytest.mark.parametrize("other", [(2, "a", 0), (1, "b", 0), (1, "a", 1)])
def test_seed_name_and_block_make_different_streams(other):
    first, second = stream(1, "a", 0).random(10_000), stream(*other).random(10_000)
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.05


def test_blocks_do_not_overlap_in_their_streams():
    one = stream(1, "a", 0).random(3 * BLOCK_ROWS)
    assert not np.isin(stream(1, "a", 1).random(100), one).any()


@pytest.mark.parametrize("row_count", [0, 1, BLOCK_ROWS, BLOCK_ROWS + 1, 3 * BLOCK_ROWS])
def test_blocks_cover_every_row_once(row_count):
    rows = [row for _, part in blocks(row_count) for row in (part.start, part.stop)]
    assert sum(part.stop - part.start for _, part in blocks(row_count)) == row_count
    assert rows == sorted(rows)


def test_choose_keeps_the_shares():
    picked = choose(np.linspace(0, 1, 100_000, endpoint=False), (1, 3, 0, 6))
    assert np.bincount(picked, minlength=4) / 100_000 == pytest.approx([0.1, 0.3, 0, 0.6], abs=1e-3)
