"""Painted pictures: the same each time, different for each prompt, and marked."""

import itertools

import numpy as np
import pytest
from pydantic import ValidationError

from genai_session_analyzer.pipelines.enrichment.images.painting import PaintingLabels, paint
from genai_session_analyzer.schema.values import ART_STYLES, DOMAINS, MOODS

PROMPT = "5d41402abc4b2a76b9719d911017c592"
MARK = (slice(236, 256), slice(200, 256))


def labels(domain="portrait", art_style="digital art", mood="epic"):
    return PaintingLabels(domain=domain, art_style=art_style, mood=mood)


def pixels(prompt_id=PROMPT, **given):
    return np.asarray(paint(prompt_id, labels(**given)), dtype=int)


@pytest.mark.parametrize("domain", [*DOMAINS, None])
def test_every_domain_is_painted_the_same_each_time(domain):
    first = pixels(domain=domain)
    assert first.shape == (256, 256, 3)
    np.testing.assert_array_equal(first, pixels(domain=domain))
    assert first.std() > 10


def test_every_art_style_has_its_own_texture():
    painted = [pixels(art_style=style) for style in ART_STYLES]
    for one, other in itertools.combinations(painted, 2):
        assert np.abs(one - other).mean() > 1


def test_every_mood_has_its_own_colours():
    means = [pixels(domain="environment", mood=mood).mean(axis=(0, 1)) for mood in MOODS]
    for one, other in itertools.combinations(means, 2):
        assert np.abs(one - other).max() > 4


def test_dark_is_darker_than_cheerful():
    for domain in DOMAINS:
        assert (
            pixels(domain=domain, mood="dark").mean()
            < pixels(domain=domain, mood="cheerful").mean()
        )


def test_every_prompt_has_its_own_picture():
    painted = [pixels(f"{number:032x}") for number in range(6)]
    for one, other in itertools.combinations(painted, 2):
        assert np.abs(one - other).mean() > 1


@pytest.mark.parametrize("art_style", ART_STYLES)
def test_the_mark_is_readable_on_every_texture(art_style):
    corner = pixels(art_style=art_style, domain="environment")[MARK]
    assert (corner.max(axis=2) > 200).mean() > 0.05
    assert (corner.max(axis=2) < 60).mean() > 0.5


def test_digest_changes_with_prompt_and_every_label():
    changed = [labels(), labels(domain="animal"), labels(art_style="anime"), labels(mood=None)]
    digests = {each.digest(PROMPT) for each in changed} | {labels().digest("other")}
    assert len(digests) == 5


def test_label_outside_the_taxonomy():
    with pytest.raises(ValidationError):
        labels(mood="grumpy")
