"""The words plans may use."""

import pytest
from plan_world import world

from genai_session_analyzer.copilot.catalogue.terms import COARSER, FINER, FieldMissingError
from genai_session_analyzer.errors import UnknownNameError
from genai_session_analyzer.schema import TABLES
from genai_session_analyzer.semantic import GENERATIONS, PROMPTS, SESSIONS, USERS

MODELS = {"generations": GENERATIONS, "sessions": SESSIONS, "users": USERS, "prompts": PROMPTS}
ENTITIES = tuple(MODELS)


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_column_is_a_field_that_says_what_it_is(entity: str) -> None:
    terms = world().catalogue.entity(entity)
    assert set(TABLES[terms.table_name].column_names) <= set(terms.fields)
    for name, field in terms.fields.items():
        assert (field.name, field.entity) == (name, entity)
        assert field.description
        assert field.column in TABLES[field.table_name].column_names


@pytest.mark.parametrize("entity", ENTITIES)
def test_the_measures_of_the_semantic_layer_win(entity: str) -> None:
    measures = world().catalogue.entity(entity).measures
    for measure in MODELS[entity].measures:
        term = measures[measure.name]
        assert term.source == "glossary"
        assert (term.unit, term.formula) == (measure.unit, measure.formula)
        assert set(measure.synonyms) <= set(term.synonyms)
        assert (term.kind == "ratio") == (measure.denominator is not None)


def test_numbers_have_a_mean_quantiles_extremes_and_a_total() -> None:
    measures = world().catalogue.entity("generations").measures
    for way in ("median", "p90", "p95", "p99", "min", "max", "total", "stddev", "distinct"):
        assert f"{way}_token_count" in measures
    assert measures["p90_latency_ms"].unit == "ms"
    assert measures["p95_latency_ms"].source == "glossary"
    assert measures["total_token_count"].additive
    assert not measures["max_token_count"].additive
    assert "mean_seed" not in measures
    assert "mean_status" not in measures
    assert measures["distinct_status"].kind == "distinct"


def test_there_is_no_mean_of_rates() -> None:
    for entity in ("users", "sessions"):
        assert "median_success_rate" in world().catalogue.entity(entity).measures
    assert "mean_success_rate" not in world().catalogue.entity("users").measures
    assert "mean_mean_latency_ms" not in world().catalogue.entity("sessions").measures


def test_kinds_units_and_values() -> None:
    fields = world().catalogue.entity("generations").fields
    kinds = {name: fields[name].kind for name in ("status", "is_success", "latency_ms", "seed")}
    assert kinds == {
        "status": "category",
        "is_success": "flag",
        "latency_ms": "number",
        "seed": "id",
    }
    assert (fields["requested_at"].kind, fields["requested_date"].kind) == ("time", "date")
    assert (fields["subject"].kind, fields["setting"].kind) == ("text", "category")
    assert (fields["latency_ms"].unit, fields["cost_credits"].unit) == ("ms", "credits")
    assert set(fields["model_version"].values) == {"v1.5", "v2.0", "v2.1"}
    assert fields["user_tier"].values[0] in ("free", "pro", "enterprise")
    assert fields["domain"].is_nullable


def test_fields_of_a_coarser_entity_are_reached_by_its_name() -> None:
    words = world().catalogue
    assert words.field("generations", "users.signup_date").table_name == "dim_users"
    assert words.field("sessions", "users.cohort_week").column == "cohort_week"
    assert words.field("generations", "sessions.friction_band").entity == "sessions"
    assert words.field("users", "generations.status").entity == "generations"
    reachable = words.reachable("generations")
    assert "users.signup_date" in reachable
    assert "users.user_tier" not in reachable
    assert next(iter(reachable)) == "generation_id"
    for name in reachable:
        words.field("generations", name)


@pytest.mark.parametrize(
    ("entity", "name", "message"),
    [
        ("generations", "latency", "Did you mean 'latency_ms'"),
        ("generations", "users.latency_ms", "Unknown field of generations"),
        ("prompts", "users.region", "Unknown field of prompts"),
        ("robots", "status", "Unknown entity 'robots'"),
    ],
)
def test_an_unknown_field_is_answered_with_the_closest(
    entity: str, name: str, message: str
) -> None:
    with pytest.raises(UnknownNameError, match=message):
        world().catalogue.field(entity, name)


def test_features_that_a_build_lacks_are_no_fields() -> None:
    bare = world(with_features=False).catalogue
    assert "domain" not in bare.entity("generations").fields
    assert "mean_complexity_score" not in bare.entity("prompts").measures
    with pytest.raises(FieldMissingError, match="no labels: run `make run`"):
        bare.field("sessions", "generations.domain")


@pytest.mark.parametrize("entity", ENTITIES)
def test_entities_name_fields_they_have(entity: str) -> None:
    terms = world().catalogue.entity(entity)
    assert {terms.time_field, terms.key, *terms.default_columns} <= set(terms.fields)
    assert terms.count_measure in terms.measures
    for other in (*COARSER[terms.name], *FINER[terms.name]):
        assert other in world().catalogue.entities


def test_finer_and_coarser_are_two_sides_of_one_relation() -> None:
    for entity, finer in FINER.items():
        assert all(entity in COARSER[each] for each in finer)
