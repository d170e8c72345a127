"""How texts are cut into batches."""

import numpy as np
import pytest

from genai_session_analyzer.embedding.token_batches import BatchPlan, token_batches

LENGTHS = np.random.default_rng(3).integers(2, 40, 500).tolist()


@pytest.mark.parametrize("is_even", [False, True])
@pytest.mark.parametrize("max_tokens", [1, 39, 100, 100_000])
def test_every_text_is_in_one_batch_within_the_limit(max_tokens, is_even):
    batches = token_batches(LENGTHS, BatchPlan(max_tokens=max_tokens, is_even=is_even))
    assert sorted(number for batch in batches for number in batch) == list(range(500))
    for batch in batches:
        assert len(batch) == 1 or sum(LENGTHS[number] for number in batch) <= max_tokens
        if is_even:
            assert len({LENGTHS[number] for number in batch}) == 1


def test_the_longest_come_first():
    batches = token_batches([3, 9, 5, 9], BatchPlan(max_tokens=18))
    assert batches == [[1, 3], [2, 0]]


def test_an_uneven_batch_is_filled_before_the_next_one_is_begun():
    batches = token_batches([10] * 10, BatchPlan(max_tokens=30))
    assert [len(batch) for batch in batches] == [3, 3, 3, 1]


def test_no_texts_are_no_batches():
    assert token_batches([], BatchPlan()) == []


def test_threads_are_the_cores_unless_said_otherwise():
    assert BatchPlan().thread_count >= 1
    assert BatchPlan(threads=7).thread_count == 7
