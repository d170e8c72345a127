"""Every modeling and metrics node compiles for DuckDB and for PySpark."""

import ibis
import pytest
from ibis.config import Config

from flow import FRICTION, MODELING
from genai_session_analyzer.pipelines.metrics.data_quality import build_data_quality
from genai_session_analyzer.pipelines.metrics.schema_checks import CHECKED_TABLES
from genai_session_analyzer.pipelines.metrics.summaries import (
    build_daily_metrics,
    build_user_friction_summary,
)
from genai_session_analyzer.pipelines.modeling import dimensions, facts, staging
from genai_session_analyzer.pipelines.simulation.tables import SIMULATED_GENERATIONS
from genai_session_analyzer.schema import TABLES


class SparkOptions(Config):
    """What Ibis registers when its PySpark backend is loaded, which needs PySpark installed."""

    treat_nan_as_null: bool = False


@pytest.fixture(autouse=True)
def spark_options(monkeypatch):
    monkeypatch.setattr(ibis.options, "pyspark", SparkOptions())


def declared(name):
    return ibis.table(TABLES[name].ibis_schema(), name=name)


def simulated_generations():
    columns = {
        field.name: str(getattr(field.type, "value_type", field.type))
        for field in SIMULATED_GENERATIONS
    }
    known = {"bool": "boolean", "timestamp[us]": "timestamp(6)", "double": "float64"}
    schema = {name: known.get(kind, kind) for name, kind in columns.items()}
    return ibis.table(schema, name="simulated_generations")


def simulated_users():
    columns = ("user_id", "user_tier", "region", "device_type")
    schema = dict.fromkeys(columns, "string") | {"signup_date": "date", "is_simulated": "boolean"}
    return ibis.table(schema, name="simulated_users")


def staged(name, expression):
    """As the next node sees it: a table of its own."""
    return ibis.table(expression.schema(), name=name)


def nodes():
    generations = staging.build_stg_generations(
        declared("raw_generations"), simulated_generations()
    )
    stg_generations = staged("stg_generations", generations)
    users = staging.build_stg_users(stg_generations, simulated_users())
    stg_users = staged("stg_users", users)
    prompts = staging.build_stg_prompts(declared("raw_generations"))
    generation_facts, sessions = declared("fct_generations"), declared("fct_sessions")
    return {
        "build_stg_generations": generations,
        "build_stg_users": users,
        "build_stg_prompts": prompts,
        "build_fct_generations": facts.build_fct_generations(stg_generations, stg_users, MODELING),
        "build_fct_sessions": facts.build_fct_sessions(generation_facts, MODELING, FRICTION),
        "build_dim_users": dimensions.build_dim_users(stg_users, generation_facts, sessions),
        "build_dim_prompts": dimensions.build_dim_prompts(
            staged("stg_prompts", prompts), generation_facts
        ),
        "build_user_friction_summary": build_user_friction_summary(sessions),
        "build_daily_metrics": build_daily_metrics(sessions),
        "build_data_quality": build_data_quality(
            FRICTION, **{name: declared(name) for name in CHECKED_TABLES}
        ),
    }


NODES = nodes()


@pytest.mark.parametrize("dialect", ["duckdb", "pyspark"])
@pytest.mark.parametrize("name", NODES)
def test_a_node_compiles(name, dialect):
    assert "SELECT" in str(ibis.to_sql(NODES[name], dialect=dialect))


def test_every_node_of_the_pipelines_is_here():
    from genai_session_analyzer.pipelines import metrics, modeling  # noqa: PLC0415

    pipelines = modeling.create_pipeline() + metrics.create_pipeline()
    lazy = {node.func.__name__ for node in pipelines.nodes} - {"find_quality_failures"}
    assert lazy == set(NODES)
