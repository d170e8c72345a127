"""Nodes: what the source lacks is simulated, seeded and kept apart from what was observed."""

import ibis.expr.types as ir
import pyarrow as pa

from genai_session_analyzer.pipelines.simulation.activity import Activity
from genai_session_analyzer.pipelines.simulation.activity import (
    simulate_activity as _simulate_activity,
)
from genai_session_analyzer.pipelines.simulation.parameters import SimulationParameters
from genai_session_analyzer.pipelines.simulation.retries import RETRY_ROWS, retry_batches
from genai_session_analyzer.pipelines.simulation.source_arrays import (
    SourceArrays,
    load_source_arrays,
)
from genai_session_analyzer.pipelines.simulation.tables import (
    SIMULATED_GENERATIONS,
    generation_batches,
)
from genai_session_analyzer.pipelines.simulation.truth import (
    effect_rows,
    prompt_latents,
    user_latents,
)
from genai_session_analyzer.pipelines.simulation.user_table import user_table
from genai_session_analyzer.semantic.friction import FrictionParameters


def inspect_source(
    raw_generations: ir.Table,
    simulation: SimulationParameters,
    corpus_truth: ir.Table | None = None,
) -> SourceArrays:
    """What the source has and lacks: one element per raw generation."""
    keywords = simulation.with_profile().telemetry.safety_keywords
    return load_source_arrays(
        raw_generations, keywords, corpus_truth, with_all_prompts=simulation.fill.telemetry
    )


def simulate_activity(
    source_arrays: SourceArrays,
    simulation: SimulationParameters,
    friction: FrictionParameters | None = None,
) -> Activity:
    """Who asked, when, and what came of it: one element per raw generation."""
    return _simulate_activity(
        source_arrays, simulation.with_profile(), friction or FrictionParameters()
    )


def simulate_users(activity: Activity, simulation: SimulationParameters) -> pa.Table:
    """One row per user: the profile a source does not tell; key `user_id`."""
    return user_table(activity, simulation.with_profile())


def simulate_generations(
    source_arrays: SourceArrays, activity: Activity, simulation: SimulationParameters
) -> pa.RecordBatchReader:
    """One row per generation of which anything is simulated; key `raw_id`."""
    batches = generation_batches(source_arrays, activity, simulation.with_profile())
    return pa.RecordBatchReader.from_batches(SIMULATED_GENERATIONS, batches)


def simulate_retries(
    source_arrays: SourceArrays, activity: Activity, simulation: SimulationParameters
) -> pa.RecordBatchReader:
    """One row per retry, where retries are rows; else none. Key `raw_id`, `attempt`."""
    batches = retry_batches(source_arrays, activity, simulation.with_profile())
    return pa.RecordBatchReader.from_batches(RETRY_ROWS, batches)


def record_effects(activity: Activity, simulation: SimulationParameters) -> pa.Table:
    """The truth on effects, incidents and rollouts: one row each, key `effect_id`."""
    return effect_rows(activity, simulation.with_profile())


def record_user_latents(activity: Activity, simulation: SimulationParameters) -> pa.Table:
    """The truth on users: one row per user, key `user_id`."""
    return user_latents(activity, simulation.with_profile())


def record_prompt_latents(
    raw_generations: ir.Table, source_arrays: SourceArrays, activity: Activity
) -> ir.Table:
    """The truth on prompts: one row per distinct prompt, key `prompt_id`."""
    return prompt_latents(raw_generations, source_arrays, activity)
