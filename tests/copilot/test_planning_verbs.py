"""Everyday verbs as the planner's plain ones, in all their forms."""

import pytest

from genai_session_analyzer.copilot.planning.words.rewriting.verb_families import (
    conjugated,
    plain_verbs,
)


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("soak up", "soak up, soaks up, soaked up, soaked up, soaking up"),
        ("grab", "grab, grabs, grabbed, grabbed, grabbing"),
        ("try out", "try out, tries out, tried out, tried out, trying out"),
        ("tie up in", "tie up in, ties up in, tied up in, tied up in, tying up in"),
        ("go through", "go through, goes through, went through, gone through, going through"),
        ("have to wait", "have to wait, has to wait, had to wait, had to wait, having to wait"),
        ("run us", "run us, runs us, ran us, run us, running us"),
    ],
)
def test_a_verb_has_its_forms(verb: str, forms: str) -> None:
    irregular = {"go": ("went", "gone"), "have": ("had", "had"), "run": ("ran", "run")}
    assert ", ".join(conjugated(verb, irregular)) == forms


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("credits eaten up by anime", "credits spent by anime"),
        ("who dabbled in pixel art", "who used pixel art"),
        ("requests going belly up", "requests failing"),
        ("the accuracy went belly up", "the accuracy went belly up"),
        ("how far did we go through it", "how far did we go through it"),
        ("grab the pictures of europe", "grab the pictures of europe"),
        ("pictures people grabbed", "pictures people downloaded"),
    ],
)
def test_a_verb_is_put_plainly_where_it_means_that(said: str, plain: str) -> None:
    assert plain_verbs(said) == plain
