"""The hash encoder against the same rule written as a loop."""

from collections import Counter

import numpy as np
import pytest

from genai_session_analyzer.embedding import HashEncoder, TextEncoder

TEXTS = ["a cat on a mat", "A CAT on the mat", "", "été 🎨", "x" * 5000, "quantum foam"]


def vector_by_hand(text, dimension):
    letters = b"\x02\x02" + text.lower().encode() + b"\x03"
    counts = Counter()
    for start in range(len(letters) - 2):
        mixed = int.from_bytes(letters[start : start + 3], "big") * 0x9E3779B97F4A7C15 % 2**64
        counts[(mixed >> 20) % dimension] += 1 if mixed >> 63 else -1
    vector = np.array([counts[place] for place in range(dimension)], dtype=float)
    return vector / np.linalg.norm(vector)


@pytest.mark.parametrize("dimension", [8, 384])
def test_vectors_equal_a_loop_over_the_triples(dimension):
    encoder = HashEncoder(dimension=dimension)
    expected = np.array([vector_by_hand(text, dimension) for text in TEXTS])
    assert np.allclose(encoder.encode(TEXTS), expected, atol=1e-6)


def test_it_is_a_text_encoder():
    assert isinstance(HashEncoder(), TextEncoder)


def test_vectors_are_float32_of_unit_length():
    vectors = HashEncoder(dimension=64).encode(TEXTS)
    assert vectors.dtype == np.float32
    assert vectors.shape == (len(TEXTS), 64)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_a_text_that_cancels_itself_out_has_unit_length_too():
    # One bucket: the signs of the triples of such a text add up to nothing.
    encoder = HashEncoder(dimension=1)
    texts = [f"text {number}" for number in range(200)]
    assert np.allclose(np.abs(encoder.encode(texts)), 1)


def test_a_vector_does_not_depend_on_the_texts_beside_it():
    encoder = HashEncoder()
    together = encoder.encode(TEXTS)
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    assert np.array_equal(together, alone)


def test_no_texts_are_no_vectors():
    assert HashEncoder().encode([]).shape == (0, 384)


def test_like_texts_have_like_vectors():
    vectors = HashEncoder().encode(["a cat on a mat", "a cat on the mat", "quantum foam"])
    assert vectors[0] @ vectors[1] > 0.6
    assert vectors[0] @ vectors[2] < 0.2
