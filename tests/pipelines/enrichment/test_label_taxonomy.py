"""The taxonomy: what is shipped, what is refused, what its digest depends on."""

import pytest
import yaml

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.enrichment.labels.lexicon import build_lexicon
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import Taxonomy, load_taxonomy
from genai_session_analyzer.schema.values import ART_STYLES, DOMAINS, MOODS


@pytest.fixture(scope="module")
def shipped():
    return load_taxonomy()


def test_shipped_taxonomy_has_exactly_the_schemas_values(shipped):
    assert set(shipped.labels("domain")) == set(DOMAINS)
    assert set(shipped.labels("art_style")) == set(ART_STYLES)
    assert set(shipped.labels("mood")) == set(MOODS)
    for field in ("domain", "art_style", "mood"):
        for meaning in shipped.fields[field].values():
            assert meaning.description
            assert meaning.examples


def test_parti_categories_lead_to_domains(shipped):
    assert {each for domains in shipped.parti_domains.values() for each in domains} <= set(DOMAINS)


def test_it_survives_being_written(shipped, tmp_path):
    path = tmp_path / "taxonomy.yml"
    path.write_text(shipped.to_yaml(), encoding="utf-8")
    assert load_taxonomy(path) == shipped
    assert load_taxonomy(path).digest == shipped.digest


def test_a_synonym_changes_the_digest_and_the_lexicons(shipped):
    content = shipped.model_dump(mode="json")
    content["fields"]["mood"]["dark"]["synonyms"].append("joyless beyond words")
    changed = Taxonomy.model_validate(content)
    assert changed.digest != shipped.digest
    assert build_lexicon(changed).digest != build_lexicon(shipped).digest


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda content: content["fields"]["domain"].pop("animal"), "animal"),
        (lambda content: content["fields"]["mood"].update(angry={}), "angry"),
        (lambda content: content.update(colour="red"), "colour"),
        (lambda content: content.pop("version"), "version"),
    ],
)
def test_a_wrong_taxonomy_is_refused_in_one_line(shipped, tmp_path, change, said):
    content = shipped.model_dump(mode="json")
    change(content)
    path = tmp_path / "wrong.yml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(SourceError, match=said) as raised:
        load_taxonomy(path)
    assert "wrong.yml" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_missing_file_is_said_so(tmp_path):
    with pytest.raises(SourceError, match="not_there"):
        load_taxonomy(tmp_path / "not_there.yml")
