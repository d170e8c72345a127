"""How evidence is weighed, and the numbers that ship."""

import numpy as np
import pytest
import yaml
from label_fakes import DIMENSION, AnchorEncoder
from pydantic import ValidationError

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.enrichment.labels.calibration import load_calibration
from genai_session_analyzer.pipelines.enrichment.labels.context_evidence import CONTEXT
from genai_session_analyzer.pipelines.enrichment.labels.evidence import FEATURES, evidence
from genai_session_analyzer.pipelines.enrichment.labels.lexicon import build_lexicon
from genai_session_analyzer.pipelines.enrichment.labels.scoring import FieldWeights
from genai_session_analyzer.pipelines.enrichment.labels.similarity_evidence import (
    SCALE,
    LabelAnchors,
)
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import load_taxonomy
from genai_session_analyzer.pipelines.enrichment.labels.words import split_words

LABELS = ("cat", "dog", "unknown")


def test_probabilities_are_the_softmax_of_weighed_features():
    weights = FieldWeights(
        features={"silent": 2.0, "similarity": 1.0},
        biases={"dog": 0.5},
        own={"cat": {"similarity": -0.5}},
        temperature=2.0,
    )
    features = np.random.default_rng(0).normal(size=(4, 3, len(FEATURES)))
    silent, near = FEATURES.index("silent"), FEATURES.index("similarity")
    for row, found in zip(features, weights.probabilities(features, LABELS), strict=True):
        scores = [
            2.0 * row[0, silent] + 0.5 * row[0, near],
            2.0 * row[1, silent] + row[1, near] + 0.5,
            2.0 * row[2, silent] + row[2, near],
        ]
        powers = np.exp(np.array(scores) / 2.0)
        assert found == pytest.approx(powers / powers.sum())


def test_what_nothing_makes_probable_is_unknown_with_its_own_probability():
    weights = FieldWeights(unknown_below=0.5)
    chosen, sure = weights.decide(np.array([[0.6, 0.3, 0.1], [0.45, 0.35, 0.2]]), LABELS)
    assert chosen.tolist() == [0, 2]
    assert sure.tolist() == [0.6, 0.2]


def test_a_field_without_unknown_takes_the_most_probable():
    weights = FieldWeights(unknown_below=0.9)
    assert weights.decide(np.array([[0.6, 0.4]]), ("cat", "dog"))[0].tolist() == [0]


@pytest.mark.parametrize(
    ("prompt", "is_unopposed"),
    [("a seagull, photorealistic", True), ("a seagull, photorealistic, oil painting", False)],
)
def test_a_hint_weighs_more_where_no_style_is_stated(prompt, is_unopposed):
    taxonomy = load_taxonomy()
    words = split_words(prompt)
    labels = taxonomy.labels("art_style")
    found = evidence([words], [build_lexicon(taxonomy).mentions(words)], "art_style", labels)[0]
    cell = found[labels.index("photography"), FEATURES.index("hint_unopposed")]
    assert bool(cell) == is_unopposed


def test_a_mood_depends_on_what_the_prompt_is_about():
    taxonomy = load_taxonomy()
    lexicon = build_lexicon(taxonomy)
    prompts = [
        split_words("donald trump as batman"),
        split_words("a cat, " + "very soft fur, " * 9),
    ]
    labels = taxonomy.labels("mood")
    found = evidence(prompts, [lexicon.mentions(each) for each in prompts], "mood", labels)
    assert (found == found[:, :1])[:, :, [FEATURES.index(name) for name in CONTEXT]].all()
    told = [{name for name in CONTEXT[1:] if rows[0, FEATURES.index(name)]} for rows in found]
    assert told == [
        {"is_short", "short_with_name", "several_names", "name_in_role", "about_fanart"},
        {"about_animal"},
    ]
    lengths = found[:, 0, FEATURES.index("length")]
    assert lengths == pytest.approx([np.log(5) - 2.5, np.log(30) - 2.5])


def test_evidence_counts_where_a_label_is_mentioned():
    taxonomy = load_taxonomy()
    lexicon = build_lexicon(taxonomy)
    words = split_words("photo of a street, oil painting by rembrandt and monet, artgerm")
    labels = taxonomy.labels("art_style")
    found = evidence([words], [lexicon.mentions(words)], "art_style", labels)[0]
    cells = {
        (labels[row], FEATURES[column]): found[row, column]
        for row, column in zip(*np.nonzero(found), strict=True)
    }
    assert cells == pytest.approx(
        {
            ("photography", "synonym_in_head"): 1,
            ("photography", "synonym_first"): 1,
            ("oil painting", "synonym_behind"): 1,
            ("oil painting", "artist_first"): 1,
            ("oil painting", "artist_share"): 2 / 3,
            ("digital art", "artist_share"): 1 / 3,
            ("unknown", "contradicted"): 1,
        }
    )


def test_similarities_are_cosines_to_descriptions_and_nearest_examples():
    taxonomy, encoder = load_taxonomy(), AnchorEncoder()
    prompts = encoder.encode(["a red fox", "a spaceship over the sea"])
    found = LabelAnchors(taxonomy, encoder).similarities(prompts, "mood")
    assert found.shape == (2, len(taxonomy.labels("mood")), 2)
    dark = taxonomy.fields["mood"]["dark"]
    described = encoder.encode([dark.description])[0]
    nearest = sorted(encoder.encode(dark.examples) @ prompts[1])[-3:]
    at = taxonomy.labels("mood").index("dark")
    assert found[1, at] == pytest.approx(
        [SCALE * described @ prompts[1], SCALE * np.mean(nearest)], abs=1e-5
    )
    assert prompts.shape[1] == DIMENSION


def test_shipped_numbers_survive_being_written(tmp_path):
    shipped = load_calibration()
    path = tmp_path / "calibration.yml"
    path.write_text(shipped.to_yaml(), encoding="utf-8")
    assert load_calibration(path) == shipped
    assert load_calibration(path).digest == shipped.digest


def test_shipped_numbers_name_features_and_labels_that_exist():
    shipped, taxonomy = load_calibration(), load_taxonomy()
    for field, weights in shipped.fields.items():
        labels = set(taxonomy.labels(field))
        assert set(weights.features) <= set(FEATURES)
        assert set(weights.biases) <= labels
        assert set(weights.own) <= labels
        assert {name for own in weights.own.values() for name in own} <= set(FEATURES)


def test_a_wrong_calibration_is_refused_in_one_line(tmp_path):
    content = yaml.safe_load(load_calibration().to_yaml())
    content["intent"]["likely_evident"] = 2
    path = tmp_path / "wrong.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(SourceError, match=r"wrong\.yml.*likely_evident") as raised:
        load_calibration(path)
    assert "\n" not in str(raised.value)
    with pytest.raises(ValidationError):
        FieldWeights(temperature=0)
