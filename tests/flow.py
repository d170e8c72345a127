"""The pipelines' nodes in order, in one in-memory DuckDB: raw rows in, tables out."""

from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from genai_session_analyzer.pipelines.ingestion.corpus.generator import (
    CORPUS_SCHEMA,
    CorpusParameters,
    corpus_batches,
)
from genai_session_analyzer.pipelines.metrics.data_quality import build_data_quality
from genai_session_analyzer.pipelines.metrics.summaries import (
    build_daily_metrics,
    build_user_friction_summary,
)
from genai_session_analyzer.pipelines.modeling.dimensions import (
    build_dim_prompts,
    build_dim_users,
)
from genai_session_analyzer.pipelines.modeling.facts import (
    build_fct_generations,
    build_fct_sessions,
)
from genai_session_analyzer.pipelines.modeling.parameters import ModelingParameters
from genai_session_analyzer.pipelines.modeling.staging import (
    build_stg_generations,
    build_stg_prompts,
    build_stg_users,
)
from genai_session_analyzer.pipelines.simulation.nodes import (
    inspect_source,
    simulate_activity,
    simulate_generations,
    simulate_users,
)
from genai_session_analyzer.pipelines.simulation.parameters import SimulationParameters
from genai_session_analyzer.schema import TABLES
from genai_session_analyzer.semantic.friction import FrictionParameters

MODELING = ModelingParameters()
FRICTION = FrictionParameters()


def simulate(raw: ir.Table, simulation: SimulationParameters) -> tuple[ir.Table, ir.Table]:
    """Simulated users and generations, saved beside the raw table."""
    backend = raw.get_backend()
    source = inspect_source(raw, simulation)
    activity = simulate_activity(source, simulation)
    generations = simulate_generations(source, activity, simulation).read_all()
    users = simulate_users(activity, simulation)
    return (
        backend.create_table("simulated_users", users, overwrite=True),
        backend.create_table("simulated_generations", generations, overwrite=True),
    )


def fct_generations(
    raw: ir.Table, simulation: SimulationParameters, modeling: ModelingParameters = MODELING
) -> ir.Table:
    """fct_generations of raw rows, saved; stg_generations and stg_users beside it."""
    backend = raw.get_backend()
    users, generations = simulate(raw, simulation)
    staged = build_stg_generations(raw, generations)
    staged = backend.create_table("stg_generations", staged, overwrite=True)
    staged_users = build_stg_users(staged, users)
    staged_users = backend.create_table("stg_users", staged_users, overwrite=True)
    facts = build_fct_generations(staged, staged_users, modeling)
    return backend.create_table("fct_generations", facts, overwrite=True)


def all_tables(raw: ir.Table, simulation: SimulationParameters) -> dict[str, ir.Table]:
    """Every published table that follows from raw rows, by name, saved."""
    backend = raw.get_backend()
    generations = fct_generations(raw, simulation)

    def save(name: str, expression: ir.Table) -> ir.Table:
        return backend.create_table(name, expression, overwrite=True)

    users = backend.table("stg_users")
    sessions = save("fct_sessions", build_fct_sessions(generations, MODELING, FRICTION))
    tables = {
        "fct_generations": generations,
        "fct_sessions": sessions,
        "dim_users": save("dim_users", build_dim_users(users, generations, sessions)),
        "dim_prompts": save("dim_prompts", build_dim_prompts(build_stg_prompts(raw), generations)),
        "user_friction_summary": save(
            "user_friction_summary", build_user_friction_summary(sessions)
        ),
        "daily_metrics": save("daily_metrics", build_daily_metrics(sessions)),
    }
    checks = save("data_quality", build_data_quality(FRICTION, **tables))
    return tables | {"data_quality": checks}


def corpus_generations(
    generation_count: int, seed: int, *, repeats: bool = True, backend: Any = None
) -> ir.Table:
    """Raw generations of the embedded corpus."""
    batches = corpus_batches(
        CorpusParameters(generation_count=generation_count), seed, repeats=repeats
    )
    corpus = pa.Table.from_batches(batches, CORPUS_SCHEMA)
    number = pa.array(range(1, corpus.num_rows + 1), type=pa.int64())
    known = {name: corpus[name] for name in corpus.column_names if not name.startswith("meant_")}
    known |= {"raw_id": number, "source_row": number, "generation_id": number.cast(pa.string())}
    known |= {name: pa.array(["embedded"] * corpus.num_rows) for name in ("dataset", "source")}
    declared = TABLES["raw_generations"].ibis_schema().to_pyarrow()
    columns = [known.get(field.name, pa.nulls(corpus.num_rows, field.type)) for field in declared]
    table = pa.Table.from_arrays(columns, schema=declared)
    return (backend or ibis.duckdb.connect()).create_table("raw_generations", table)
