"""Subject, setting, lighting, complexity and intent: rules against what a reader would say."""

import numpy as np
import pytest

from genai_session_analyzer.pipelines.enrichment.labels.calibration import load_calibration
from genai_session_analyzer.pipelines.enrichment.labels.complexity import (
    counts,
    level_probabilities,
)
from genai_session_analyzer.pipelines.enrichment.labels.intent import (
    IntentRules,
    decide_intent,
    intent_counts,
)
from genai_session_analyzer.pipelines.enrichment.labels.lexicon import build_lexicon
from genai_session_analyzer.pipelines.enrichment.labels.phrases import stated, subject
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import load_taxonomy
from genai_session_analyzer.pipelines.enrichment.labels.words import split_words

RULES = IntentRules(
    suggestive_words=3,
    likely_evident=0.8,
    likely_suggestive=0.2,
    likely_silent=0.01,
    flag_risk_above=0.9,
)


@pytest.fixture(scope="module")
def lexicon():
    return build_lexicon(load_taxonomy())


@pytest.fixture(scope="module")
def calibration():
    return load_calibration()


@pytest.mark.parametrize(
    ("prompt", "text"),
    [
        ("a highly detailed portrait of a sad robot, artstation", "sad robot"),
        ("photo of the old lighthouse by the sea", "old lighthouse"),
        ("((a red fox)) sitting in the snow, 8 k", "red fox"),
        ("Walter White in squid game", "Walter White"),
        ("...", "unknown"),
        ("", "unknown"),
        ("in the rain", "in the rain"),
    ],
)
def test_subject_is_the_head_phrase(prompt, text, calibration):
    assert subject(prompt, calibration.subject).text == text


def test_a_long_subject_is_cut_between_words(calibration):
    found = subject("word " * 100, calibration.subject)
    assert len(found.text) <= 80
    assert set(found.text.split()) == {"word"}
    assert found.confidence == calibration.subject.several


def test_setting_is_what_is_named_most(lexicon, calibration):
    def setting(prompt):
        return stated(lexicon.mentions(split_words(prompt)), "setting", calibration.setting)

    assert setting("a cat in the forest").text == "forest"
    assert setting("forest, beach, island").text == "beach"
    assert setting("a cat") == ("unknown", calibration.setting.unsaid)
    assert setting("forest, beach").confidence == calibration.setting.several


def test_more_words_are_more_complex(lexicon, calibration):
    prompts = ["a cat", "a cat in a hat, photo", "a cat, " * 6, "a cat, oil painting, " * 12]
    words = [split_words(prompt) for prompt in prompts]
    seen = counts(words, [lexicon.mentions(each) for each in words])
    levels, confidences = calibration.complexity.decide(calibration.complexity.probabilities(seen))
    assert levels.tolist() == sorted(levels.tolist())
    assert (levels[0], levels[-1]) == (1, 5)
    assert ((confidences > 0) & (confidences <= 1)).all()


def test_level_probabilities_are_differences_of_logistic_curves():
    thresholds = np.array([-1.0, 0.0, 1.0, 2.0])
    found = level_probabilities(np.array([0.5]), thresholds)[0]
    below = [1 / (1 + np.exp(0.5 - cut)) for cut in thresholds]
    assert found == pytest.approx(np.diff([0.0, *below, 1.0]))
    assert found.sum() == pytest.approx(1)


def intent(lexicon, prompts, risks=None):
    mentions = [lexicon.mentions(split_words(prompt)) for prompt in prompts]
    found, confidences = decide_intent(intent_counts(mentions), RULES, risks)
    return found.tolist(), confidences.tolist()


def test_evident_words_show_an_intent_and_single_hints_do_not(lexicon):
    prompts = ["a nude woman", "a bikini", "sexy, lingerie, seductive", "a cat"]
    assert intent(lexicon, prompts) == ([True, False, True, False], [0.8, 0.8, 0.8, 0.99])


def test_words_within_words_show_nothing(lexicon):
    assert intent(lexicon, ["sextant, analysis, cockpit, assassin in Essex"])[0] == [False]


def test_the_classifier_decides_alone_only_where_it_is_sure(lexicon):
    prompts = ["a cat", "a cat"]
    assert intent(lexicon, prompts, np.array([0.89, 0.95]))[0] == [False, True]
