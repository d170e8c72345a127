"""Nodes: what the source lacks is simulated, seeded and kept apart from what was observed."""

import ibis.expr.types as ir
import pyarrow as pa

from genai_session_analyzer.pipelines.simulation.activity import Activity
from genai_session_analyzer.pipelines.simulation.activity import (
    simulate_activity as _simulate_activity,
)
from genai_session_analyzer.pipelines.simulation.parameters import SimulationParameters
from genai_session_analyzer.pipelines.simulation.source_arrays import (
    SourceArrays,
    load_source_arrays,
)
from genai_session_analyzer.pipelines.simulation.tables import (
    SIMULATED_GENERATIONS,
    generation_batches,
    user_table,
)


def inspect_source(raw_generations: ir.Table, simulation: SimulationParameters) -> SourceArrays:
    """What the source has and lacks: one element per raw generation."""
    keywords = simulation.with_profile().telemetry.safety_keywords
    return load_source_arrays(raw_generations, keywords)


def simulate_activity(source_arrays: SourceArrays, simulation: SimulationParameters) -> Activity:
    """Who asked and when: one element per raw generation."""
    return _simulate_activity(source_arrays, simulation.with_profile())


def simulate_users(activity: Activity, simulation: SimulationParameters) -> pa.Table:
    """One row per user: the profile a source does not tell; key `user_id`."""
    return user_table(activity, simulation.with_profile())


def simulate_generations(
    source_arrays: SourceArrays, activity: Activity, simulation: SimulationParameters
) -> pa.RecordBatchReader:
    """One row per generation of which anything is simulated; key `raw_id`."""
    batches = generation_batches(source_arrays, activity, simulation.with_profile())
    return pa.RecordBatchReader.from_batches(SIMULATED_GENERATIONS, batches)
