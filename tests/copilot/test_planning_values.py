import numpy as np
import pytest
from planning_build import FACTS

from genai_session_analyzer.copilot.planning import ValueIndex
from genai_session_analyzer.copilot.planning.words.similar_words import SimilarWords
from genai_session_analyzer.copilot.planning.words.spelling import corrected, distance


def found(words: str) -> set[tuple[str, str]]:
    return {(hit.column, hit.value) for hit in ValueIndex(FACTS).find(words.lower().split())}


@pytest.mark.parametrize(
    ("words", "column", "value"),
    [
        ("us west", "region", "us-west"),
        ("uswest", "region", "us-west"),
        ("EUROPE", "region", "europe"),
        ("oil paintings", "art_style", "oil painting"),
        ("sci fi", "domain", "scifi"),
        ("enterprize", "user_tier", "enterprise"),
        ("watercolour", "art_style", "watercolor"),
        ("timeouts", "status", "timeout"),
        ("v1.5", "model_version", "v1.5"),
        ("1.5", "model_version", "v1.5"),
        ("very long", "prompt_length_category", "very_long"),
        ("desktops", "device_type", "desktop"),
    ],
)
def test_a_value_is_found_however_it_is_written(words: str, column: str, value: str) -> None:
    assert (column, value) in found(words)


@pytest.mark.parametrize("words", ["gender", "prop", "v1.6", "asa", "success-story", "rocket"])
def test_other_words_are_no_values(words: str) -> None:
    assert found(words) == set()


def test_the_longest_hit_comes_first_and_says_where_it_is() -> None:
    hits = ValueIndex(FACTS).find(["how", "many", "very", "long", "prompts"])
    assert (hits[0].value, hits[0].start, hits[0].end) == ("very_long", 2, 4)


def test_distance_counts_a_swap_as_one_slip() -> None:
    assert distance("teir", "tier", 2) == 1
    assert distance("anmie", "anime", 2) == 1
    assert distance("cost", "coast", 2) == 1
    assert distance("abcdef", "uvwxyz", 2) == 3


def test_a_word_is_put_right_only_where_one_other_is_nearest() -> None:
    assert corrected("latncy", ["latency", "region"]) == "latency"
    assert corrected("teir", ["tier", "their", "tear"]) == "tier"
    assert corrected("gender", ["render"]) is None
    assert corrected("modle", ["mode", "model", "mood"]) == "model"
    assert corrected("cat", ["car"]) is None


class _Axes:
    """Knows two words: "outlay" is near "spend", "banana" is near nothing."""

    model = "axes"
    revision = "1"
    dimension = 3

    def encode(self, texts: list[str]) -> np.ndarray:
        axes = {"spend": (1.0, 0.0, 0.0), "outlay": (0.8, 0.6, 0.0), "banana": (0.0, 0.0, 1.0)}
        return np.array([axes.get(text, (0.0, 1.0, 0.0)) for text in texts], dtype=np.float32)


def test_a_word_near_one_term_is_read_as_it_and_any_other_is_not() -> None:
    similar = SimilarWords(_Axes())
    sense = similar.nearest("outlay")
    assert sense is not None
    assert (sense.kind, sense.key) == ("Q", "cost")
    assert similar.nearest("banana") is None
