"""Prompts as words, and the phrases found in them."""

import pytest

from genai_session_analyzer.pipelines.enrichment.labels.lexicon import build_lexicon
from genai_session_analyzer.pipelines.enrichment.labels.precedence import mentions_of_domain
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import load_taxonomy
from genai_session_analyzer.pipelines.enrichment.labels.words import split_words


@pytest.fixture(scope="module")
def lexicon():
    return build_lexicon(load_taxonomy())


def said(lexicon, prompt, field):
    return [
        each.meaning.label
        for each in lexicon.mentions(split_words(prompt))
        if each.meaning.field == field
    ]


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("8 k, close - up", "8k close up"),
        ("from the 1 9 8 0 s", "from the 1980s"),
        ("Zdzisław Beksiński's café", "zdzislaw beksinski cafe"),
        ("35 mm 3 d", "35mm 3d"),
        ("mcdonald\u2019s", "mcdonald"),
        ("", ""),
        ("!!! 🎨", ""),
    ],
)
def test_words_are_what_people_mean(prompt, words):
    assert " ".join(split_words(prompt).words) == words


def test_clauses_end_at_commas_however_many():
    assert split_words("a cat,,, sleeping. at home").clauses == (0, 0, 1, 2, 2)


@pytest.mark.parametrize(
    ("prompt", "head"),
    [
        ("portrait of a deer plush doll with forest background", 6),
        ("a cat, in the snow", 2),
        ("in the rain a dog", 5),
        ("", 0),
    ],
)
def test_the_head_ends_behind_the_subject(prompt, head):
    assert split_words(prompt).head_end == head


def test_the_longer_phrase_hides_the_shorter_in_its_field(lexicon):
    assert said(lexicon, "dragon ball", "domain") == ["fanart"]
    assert said(lexicon, "a dragon", "domain") == ["fantasy"]


def test_phrases_end_at_word_boundaries(lexicon):
    assert said(lexicon, "a catapult", "domain") == []
    assert said(lexicon, "cats", "domain") == ["animal"]


def test_artists_speak_for_their_medium(lexicon):
    assert said(lexicon, "by rembrandt", "art_style") == ["oil painting"]
    assert said(lexicon, "art by Greg Rutkowski", "art_style") == ["digital art"]
    assert said(lexicon, "by annie leibovitz", "art_style") == ["photography"]


def domains(lexicon, prompt):
    words = split_words(prompt)
    return {each.meaning.label for each in mentions_of_domain(lexicon.mentions(words), words)}


def test_a_named_person_silences_what_they_do(lexicon):
    assert domains(lexicon, "Barack Obama as a robot in a forest") == {"fanart"}


def test_a_name_that_says_how_silences_nobody(lexicon):
    assert "animal" in domains(lexicon, "a cat in the style of batman")


def test_a_being_of_fantasy_is_no_animal_and_no_person(lexicon):
    assert domains(lexicon, "an orc woman with a wolf") == {"fantasy"}


def test_a_portrait_is_of_somebody_unless_the_figure_is_asked_for(lexicon):
    assert domains(lexicon, "portrait of a woman") == {"portrait"}
    assert domains(lexicon, "full body portrait of a woman") == {"portrait", "character"}


def test_style_words_name_no_thing(lexicon):
    assert "object" not in domains(lexicon, "a cat, unreal engine")


def test_a_first_name_needs_an_unknown_word_behind_it(lexicon):
    assert domains(lexicon, "daniel muggleton smiling") == {"fanart"}
    assert domains(lexicon, "daniel in the rain") == set()


@pytest.mark.parametrize(
    ("prompt", "credited"),
    [
        ("a cat by greg rutkowski and ilya kuvshinov, wlop", "by greg rutkowski and ilya wlop"),
        ("painted by frank miller in the snow", "by frank miller"),
        ("a knight surrounded by wolves", ""),
        ("by beeple, a very long clause about a castle", "by beeple"),
    ],
)
def test_makers_are_credited_behind_by(prompt, credited):
    words = split_words(prompt)
    found = [word for word, is_maker in zip(words.words, words.credited, strict=True) if is_maker]
    assert set(credited.split()) <= set(found)
    assert not set(found) & {"cat", "a", "painted", "snow", "wolves", "castle"}


def test_a_maker_with_a_first_name_does_not_make_fan_art(lexicon):
    words = split_words("a swimming pool, art by kevin gnutzmans")
    labels = [each.meaning.label for each in mentions_of_domain(lexicon.mentions(words), words)]
    assert "fanart" not in labels


def test_who_acts_on_the_subject_is_no_maker(lexicon):
    words = split_words("a city attacked by godzilla")
    labels = [each.meaning.label for each in mentions_of_domain(lexicon.mentions(words), words)]
    assert "fanart" in labels


def test_a_mention_ends_within_the_prompt(lexicon):
    for prompt in ("oil", "star", "a man in the dark", "art by van"):
        words = split_words(prompt)
        assert all(each.end <= len(words.words) for each in lexicon.mentions(words))
