"""What holds for every measure and dimension, and how they are combined."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import ibis
import pytest
from ibis.config import Config
from semantic_rows import as_table, generation_records, session_records

from genai_session_analyzer.errors import UnknownNameError
from genai_session_analyzer.schema import table_schema
from genai_session_analyzer.semantic import GENERATIONS, SESSIONS, Filter, Model, measures

GENERATION_RECORDS = generation_records()
TABLES = {
    "fct_generations": as_table("fct_generations", GENERATION_RECORDS),
    "fct_sessions": as_table("fct_sessions", session_records(GENERATION_RECORDS)),
}
MODELS = (GENERATIONS, SESSIONS)
MEASURES = [(model, measure.name) for model in MODELS for measure in model.measures]
DIMENSIONS = [(model, dimension.name) for model in MODELS for dimension in model.dimensions]
by_name = {"ids": lambda value: value if isinstance(value, str) else value.table_name}


class SparkOptions(Config):
    """What Ibis registers when its PySpark backend is loaded, which needs PySpark installed."""

    treat_nan_as_null: bool = False


@pytest.fixture
def spark_options(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ibis.options, "pyspark", SparkOptions())


def unbound(model: Model) -> ibis.Table:
    return ibis.table(table_schema(model.table_name).ibis_schema(), name=model.table_name)


@pytest.mark.parametrize(("model", "name"), MEASURES, **by_name)
@pytest.mark.usefixtures("spark_options")
def test_a_measure_compiles_for_duckdb_and_spark(model: Model, name: str) -> None:
    expression = model.aggregate(unbound(model), ["user_tier"], [name])
    for dialect in ("duckdb", "pyspark"):
        assert name in str(ibis.to_sql(expression, dialect=dialect))


@pytest.mark.parametrize(("model", "name"), DIMENSIONS, **by_name)
@pytest.mark.usefixtures("spark_options")
def test_a_dimension_compiles_for_duckdb_and_spark(model: Model, name: str) -> None:
    expression = model.aggregate(unbound(model), [name], ["generation_count"])
    for dialect in ("duckdb", "pyspark"):
        assert name in str(ibis.to_sql(expression, dialect=dialect))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.table_name)
def test_names_are_unique_and_words_are_there(model: Model) -> None:
    terms = [*model.measures, *model.dimensions]
    names = [term.name for term in terms]
    assert len(set(names)) == len(names)
    assert all(term.description for term in terms)
    assert all(measure.unit and measure.formula for measure in model.measures)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.table_name)
def test_a_rate_travels_with_numerator_and_denominator(model: Model) -> None:
    rates = [measure for measure in model.measures if measure.unit == "rate"]
    assert rates
    for rate in rates:
        assert not rate.additive
        parts = [str(rate.numerator), str(rate.denominator)]
        row = model.aggregate(TABLES[model.table_name], [], [rate.name, *parts])
        values = row.to_pyarrow().to_pylist()[0]
        top, bottom = (values[part] for part in parts)
        assert values[rate.name] == pytest.approx(top / bottom, abs=1e-6)


ADDITIVE = [(model, name) for model, name in MEASURES if model.measure(name).additive]


@pytest.mark.parametrize(("model", "name"), ADDITIVE, **by_name)
@pytest.mark.parametrize("partition", ["region", "user_id", "weekday"])
def test_additive_measures_sum_over_any_partition(model: Model, name: str, partition: str) -> None:
    weekday = {"fct_generations": "requested_weekday", "fct_sessions": "session_weekday"}
    dimension = weekday[model.table_name] if partition == "weekday" else partition
    table = TABLES[model.table_name]
    whole = model.aggregate(table, [], [name]).to_pyarrow()[name].to_pylist()[0]
    parts = model.aggregate(table, [dimension], [name]).to_pyarrow()[name].to_pylist()
    assert sum(part for part in parts if part is not None) == pytest.approx(whole, abs=1e-4)


def test_only_quotients_quantiles_extremes_and_distinct_counts_do_not_add_up() -> None:
    others = {
        name
        for model, name in MEASURES
        if not model.measure(name).additive and model.measure(name).denominator is None
    }
    assert others == {
        "p50_latency_ms",
        "p95_latency_ms",
        "max_latency_ms",
        "active_users",
        "user_count",
        "prompt_count",
        "session_count",
    }


@pytest.mark.parametrize(
    ("dimensions", "measures", "message"),
    [
        (
            ["user_teir"],
            ["generation_count"],
            "dimension of fct_generations 'user_teir'.*'user_tier'",
        ),
        (
            ["user_tier"],
            ["succes_rate"],
            "measure of fct_generations 'succes_rate'.*'success_rate'",
        ),
        ([], ["user_tier"], "Unknown measure"),
    ],
)
def test_an_unknown_name_is_answered_with_the_closest(
    dimensions: list[str], measures: list[str], message: str
) -> None:
    with pytest.raises(UnknownNameError, match=message):
        GENERATIONS.aggregate(unbound(GENERATIONS), dimensions, measures)


def test_an_unknown_filter_is_answered_with_the_closest() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'region'"):
        GENERATIONS.filtered(unbound(GENERATIONS), [Filter(dimension="regoin")])


@pytest.mark.parametrize(
    ("filters", "keeps"),
    [
        ([], lambda r: True),
        ([Filter(dimension="user_tier", one_of=("free",))], lambda r: r["user_tier"] == "free"),
        (
            [Filter(dimension="status", one_of=("timeout", None))],
            lambda r: r.get("status") in ("timeout", None),
        ),
        ([Filter(dimension="status", one_of=(None,))], lambda r: r.get("status") is None),
        ([Filter(dimension="status", one_of=())], lambda r: False),
        (
            [
                Filter(
                    dimension="requested_date", at_least=date(2024, 2, 27), below=date(2024, 3, 1)
                )
            ],
            lambda r: date(2024, 2, 27) <= r["requested_date"] < date(2024, 3, 1),
        ),
        (
            [
                Filter(dimension="requested_hour", at_least=12),
                Filter(dimension="region", one_of=("asia", "europe")),
            ],
            lambda r: r["requested_at"].hour >= 12 and r["region"] in ("asia", "europe"),
        ),
    ],
)
def test_filters_keep_the_rows_python_keeps(filters, keeps) -> None:
    row = GENERATIONS.aggregate(TABLES["fct_generations"], [], ["generation_count"], filters)
    expected = sum(1 for record in GENERATION_RECORDS if keeps(record))
    assert row.to_pyarrow()["generation_count"].to_pylist() == [expected]


def test_groups_come_in_the_order_of_their_dimensions() -> None:
    result = GENERATIONS.aggregate(
        TABLES["fct_generations"], ["user_tier", "requested_date"], ["active_users"]
    )
    assert result.columns == ("user_tier", "requested_date", "active_users")
    keys = [tuple(row.values())[:2] for row in result.to_pyarrow().to_pylist()]
    assert keys == sorted(keys)


def test_totals_are_bigint_in_a_view_and_floats_keep_six_decimals() -> None:
    backend = ibis.duckdb.connect()
    rows = [{"cost_credits": 0.1, "retry_count": 1}] * 3
    table = as_table("fct_generations", [GENERATION_RECORDS[0] | row for row in rows])
    backend.create_table("fct_generations", table.to_pyarrow())
    measures = ["total_retries", "total_cost_credits", "mean_cost_credits", "generation_count"]
    view = backend.create_view(
        "totals", GENERATIONS.aggregate(backend.table("fct_generations"), [], measures)
    )
    assert [str(dtype) for dtype in view.schema().types] == ["int64", "float64", "float64", "int64"]
    assert view.to_pyarrow().to_pylist() == [
        {
            "total_retries": 3,
            "total_cost_credits": 0.3,
            "mean_cost_credits": 0.1,
            "generation_count": 3,
        }
    ]


def test_the_order_of_the_rows_changes_no_bit() -> None:
    """Powers of ten far apart, so that adding floats would lose digits by the order."""
    costs = [10.0 ** (index % 13 - 3) for index in range(len(GENERATION_RECORDS))]
    records = [
        record | {"cost_credits": cost}
        for record, cost in zip(GENERATION_RECORDS, costs, strict=True)
    ]
    floats = ["total_cost_credits", "mean_cost_credits", "failure_cost_share"]
    results = [
        GENERATIONS.aggregate(as_table("fct_generations", ordered), [], floats).to_pyarrow()
        for ordered in (records, records[::-1], sorted(records, key=lambda r: r["cost_credits"]))
    ]
    assert results[0].equals(results[1])
    assert results[0].equals(results[2])
    exact = float(sum(Decimal(str(cost)) for cost in costs))
    assert results[0]["total_cost_credits"].to_pylist() == [exact]


def test_the_machinery_stays_small() -> None:
    folder = Path(measures.__file__).parent
    files = [folder / f"{name}.py" for name in ("measures", "aggregates", "columns")]
    assert sum(len(file.read_text(encoding="utf-8").splitlines()) for file in files) <= 300
