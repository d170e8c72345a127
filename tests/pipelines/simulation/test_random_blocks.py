"""Streams are independent, repeatable and blind to how the rows are cut."""

from math import exp, factorial

import numpy as np
import pytest

from genai_session_analyzer.pipelines.simulation.random_blocks import (
    BLOCK_ROWS,
    blocks,
    choose,
    poisson,
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


def test_choose_is_the_same_for_few_options_and_for_many():
    uniforms = stream(1, "a").random(10_000)
    few, many = (1, 2, 3), (*(1 / 20 for _ in range(20)), 2, 3)
    picked = choose(uniforms, many)
    assert np.array_equal(np.maximum(picked - 19, 0), choose(uniforms, few))


@pytest.mark.parametrize("mean", [0.0, 0.3, 1.54, 8.0])
@pytest.mark.parametrize("as_array", [False, True])
def test_poisson_numbers_are_as_frequent_as_its_law_says(mean, as_array):
    uniforms = np.linspace(0, 1, 200_000, endpoint=False, dtype=np.float32)
    means = np.full(len(uniforms), mean) if as_array else np.float32(mean)
    shares = np.bincount(poisson(uniforms, means, 5), minlength=6) / len(uniforms)
    law = [exp(-mean) * mean**count / factorial(count) for count in range(5)]
    assert shares == pytest.approx([*law, 1 - sum(law)], abs=1e-4)


def test_each_poisson_number_may_have_a_mean_of_its_own():
    uniforms = np.full(4, 0.5)
    means = np.array([0.0, 1.0, 2.0, 20.0])
    assert poisson(uniforms, means, 9).tolist() == [0, 1, 2, 9]
