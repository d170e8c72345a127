"""What changed between two prompts, against what the parts must join to."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genai_session_analyzer.insights.prompt_diff import diff_words

WORDS = st.sampled_from(
    [
        "cat",
        "dog",
        ",",
        ".",
        "8k",
        "a",
        "the",
        "שלום",
        "👩‍👩‍👧",
        "<script>",
        "(x:1.2)",
        "नमस्ते",
        "\u202eevil",
    ]
)
PROMPTS = st.one_of(
    st.lists(WORDS, max_size=40).map(" ".join), st.text(max_size=60), st.just(""), st.just("  ")
)


def changes(before: str, after: str) -> list[tuple[str, str]]:
    return [(part.change, part.text.strip()) for part in diff_words(before, after)]


def joined(before: str, after: str, *kept: str) -> str:
    return "".join(part.text for part in diff_words(before, after) if part.change in kept)


@given(PROMPTS, PROMPTS)
def test_same_and_added_words_are_the_later_prompt(before: str, after: str) -> None:
    assert joined(before, after, "same", "added") == after


@given(PROMPTS, PROMPTS)
def test_same_and_removed_words_are_the_earlier_prompt(before: str, after: str) -> None:
    assert "".join(joined(before, after, "same", "removed").split()) == "".join(before.split())


@given(PROMPTS)
def test_a_prompt_against_itself_has_no_change(prompt: str) -> None:
    assert {part.change for part in diff_words(prompt, prompt)} <= {"same"}


def test_words_added_at_the_end_and_in_between() -> None:
    assert changes("a cat, oil painting", "a black cat, oil painting, 8k") == [
        ("same", "a"),
        ("added", "black"),
        ("same", "cat, oil painting"),
        ("added", ", 8k"),
    ]


def test_a_word_exchanged_is_removed_and_added() -> None:
    assert changes("a cat on a red mat", "a dog on a red mat") == [
        ("same", "a"),
        ("removed", "cat"),
        ("added", "dog"),
        ("same", "on a red mat"),
    ]


def test_another_idea_is_one_replacement_and_not_a_patchwork_of_shared_small_words() -> None:
    before = "aerial view of a tiny valley in a swamp, oil on canvas"
    after = "portrait of a girl with a pearl necklace looking at the moon"
    assert changes(before, after) == [("removed", before), ("added", after)]


def test_white_space_alone_is_no_change() -> None:
    assert changes("a  cat", "a cat") == [("same", "a cat")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("word " * 2000, "other " * 2000),
        (
            " ".join(str(n % 90) for n in range(4000)),
            " ".join(str(n * 7 % 90) for n in range(4000)),
        ),
        ("," * 10_000, ";" * 10_000),
        ("x" * 10_000, "x" * 9_999 + "y"),
        (" " * 10_000, "a" * 10_000),
        ("a b " * 2500, "b a " * 2500),
        (" ".join(map(str, range(2000))), " ".join(map(str, range(2000, 0, -1)))),
    ],
)
def test_prompts_of_ten_thousand_characters_are_compared_in_a_moment(
    before: str, after: str
) -> None:
    started = time.perf_counter()
    parts = diff_words(before, after)
    assert time.perf_counter() - started < 0.5
    assert "".join(part.text for part in parts if part.change != "removed") == after
