"""A simulated corpus with all its tables, from the nodes of the pipelines."""

import ibis
import pyarrow as pa

from flow import FRICTION, MODELING
from genai_session_analyzer.pipelines.ingestion.corpus.generator import (
    CORPUS_SCHEMA,
    CorpusParameters,
    corpus_batches,
)
from genai_session_analyzer.pipelines.modeling.facts import (
    build_fct_generations,
    build_fct_sessions,
)
from genai_session_analyzer.pipelines.modeling.staging import (
    build_stg_generations,
    build_stg_users,
)
from genai_session_analyzer.pipelines.simulation import nodes
from genai_session_analyzer.pipelines.simulation.parameters import SimulationParameters
from genai_session_analyzer.schema import TABLES

MEANT = ("meant_domain", "meant_art_style", "meant_mood")


def changed(section, **changes):
    """The parameters with values replaced: `returns={"abandon_share": 0}` and the like."""
    merged = dict(section)
    for name, value in changes.items():
        nested = isinstance(value, dict) and isinstance(section.get(name), dict)
        merged[name] = section[name] | value if nested else value
    return SimulationParameters.model_validate(merged)


def corpus(generation_count, seed=5, backend=None):
    """Raw generations of the embedded corpus and what it meant by them, both saved."""
    backend = backend or ibis.duckdb.connect()
    batches = corpus_batches(CorpusParameters(generation_count=generation_count), seed)
    rows = pa.Table.from_batches(batches, CORPUS_SCHEMA)
    number = pa.array(range(1, rows.num_rows + 1), type=pa.int64())
    known = {name: rows[name] for name in rows.column_names if name not in MEANT}
    known |= {"raw_id": number, "source_row": number, "generation_id": number.cast(pa.string())}
    known |= {name: pa.repeat("embedded", rows.num_rows) for name in ("dataset", "source")}
    declared = TABLES["raw_generations"].ibis_schema().to_pyarrow()
    columns = [known.get(field.name, pa.nulls(rows.num_rows, field.type)) for field in declared]
    raw = backend.create_table("raw_generations", pa.Table.from_arrays(columns, schema=declared))
    meant = {"raw_id": number} | {name: rows[name].cast(pa.string()) for name in MEANT}
    return raw, backend.create_table("corpus_truth", pa.table(meant))


def simulate(raw, corpus_truth, parameters):
    """Every table the simulation pipeline saves, as Arrow or, for prompts, Ibis."""
    source = nodes.inspect_source(raw, parameters, corpus_truth)
    activity = nodes.simulate_activity(source, parameters, FRICTION)
    return {
        "simulated_users": nodes.simulate_users(activity, parameters),
        "simulated_generations": nodes.simulate_generations(
            source, activity, parameters
        ).read_all(),
        "simulated_retries": nodes.simulate_retries(source, activity, parameters).read_all(),
        "simulation_truth": nodes.record_effects(activity, parameters),
        "simulation_users": nodes.record_user_latents(activity, parameters),
        "simulation_prompts": nodes.record_prompt_latents(raw, source, activity),
    }


def model(raw, corpus_truth, parameters):
    """The simulated tables and the facts, saved in a DuckDB of their own; by name."""
    backend = ibis.duckdb.connect()
    raw = backend.create_table("raw_generations", raw.to_pyarrow())
    tables = {
        name: backend.create_table(name, table, overwrite=True)
        for name, table in simulate(raw, corpus_truth, parameters).items()
    }

    def save(name, expression):
        tables[name] = backend.create_table(name, expression, overwrite=True)
        return tables[name]

    generations = build_stg_generations(
        raw, tables["simulated_generations"], tables["simulated_retries"]
    )
    staged = save("stg_generations", generations)
    users = save("stg_users", build_stg_users(staged, tables["simulated_users"]))
    facts = save("fct_generations", build_fct_generations(staged, users, MODELING))
    save("fct_sessions", build_fct_sessions(facts, MODELING, FRICTION))
    return tables
