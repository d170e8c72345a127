"""The truth behind the simulated tables, for grading only: no analysis reads it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from genai_session_analyzer.pipelines.simulation.activity import Activity
from genai_session_analyzer.pipelines.simulation.effects import Asked, PlacedEffect, place_effects
from genai_session_analyzer.pipelines.simulation.event_parameters import Effect, Segment
from genai_session_analyzer.pipelines.simulation.incidents import moment
from genai_session_analyzer.pipelines.simulation.parameters import SimulationParameters
from genai_session_analyzer.pipelines.simulation.source_arrays import (
    MEANINGS,
    Array,
    SourceArrays,
)
from genai_session_analyzer.pipelines.simulation.telemetry import by_tier
from genai_session_analyzer.pipelines.simulation.user_table import user_ids
from genai_session_analyzer.schema.prompt_text import normalised_prompt, prompt_id
from genai_session_analyzer.schema.simulation import (
    SIMULATION_PROMPTS,
    SIMULATION_TRUTH,
    SIMULATION_USERS,
)


def effect_rows(activity: Activity, simulation: SimulationParameters) -> pa.Table:
    """What was planted, what befell the service, which versions came: a row each.

    `affected_generations` counts the generations within segment and window.
    """
    world = activity.world
    rows = [_effect_row(placed, activity) for placed in world.effects]
    if world.is_causal:
        rows += [_rollout_row(placed, activity) for placed in _rollouts(activity, simulation)]
    schema = SIMULATION_TRUTH.ibis_schema().to_pyarrow()
    return pa.Table.from_pylist(rows, schema=schema)


def _everything_asked(activity: Activity) -> Iterator[Asked]:
    """All generations, in parts, so that no array is as long as the source."""
    outcomes = activity.outcomes
    if outcomes is not None:
        for first in range(0, len(activity.user_codes), 2**20):
            part = slice(first, first + 2**20)
            users = activity.user_codes[part]
            yield Asked(
                np.arange(first, first + len(users)),
                users,
                activity.requested_at_us[part],
                outcomes.model_codes[part],
            )


def _effect_row(placed: PlacedEffect, activity: Activity) -> dict[str, Any]:
    effect = placed.effect
    return {
        "effect_id": effect.effect_id,
        "kind": effect.kind,
        "segment": json.dumps(effect.segment.conditions(), sort_keys=True),
        "measure": effect.measure,
        "multiplier": effect.multiplier,
        "delta": effect.delta,
        "starts_at": effect.starts_at,
        "ends_at": effect.ends_at,
        "affected_generations": sum(
            int(placed.applies_to(asked).sum()) for asked in _everything_asked(activity)
        ),
    }


def _rollouts(activity: Activity, simulation: SimulationParameters) -> tuple[PlacedEffect, ...]:
    """Rollouts as effects on the model's own generations, for their segment and window."""
    world = activity.world
    start = moment(world.period[0])
    effects = [
        Effect(
            effect_id=f"rollout_{model}",
            kind="rollout",
            segment=Segment(model_version=(model,)),
            measure="failure",
            multiplier=1.0,
            starts_at=start + timedelta(days=rollout.released_after_days),
        )
        for model, rollout in simulation.rollouts.items()
    ]
    models = tuple(simulation.telemetry.model_version_shares)
    return place_effects(effects, world.source, world.population, models)


def _rollout_row(placed: PlacedEffect, activity: Activity) -> dict[str, Any]:
    row = _effect_row(placed, activity)
    return row | {"measure": "model_share", "multiplier": None}


def user_latents(activity: Activity, simulation: SimulationParameters) -> pa.Table:
    """One row per user with a generation: traits, weight, and what follows from them."""
    world, population = activity.world, activity.population
    is_active = np.zeros(len(population), dtype=bool)
    is_active[activity.user_codes] = True
    weights = np.full(len(population), np.nan)
    weights[population.simulated_codes] = population.activity_weights
    traits = simulation.latents
    skill = traits.skill_on_failure * world.latents.skill - traits.skill_on_failure**2 / 2
    columns = {
        "user_id": user_ids(population),
        "patience": pa.array(world.latents.patience),
        "skill": pa.array(world.latents.skill),
        "activity_weight": pa.array(weights, from_pandas=True),
        "base_hazard": pa.array(np.exp(skill) * _base_hazard(activity, simulation)),
        "base_lapse_share": pa.array(by_tier(simulation.returns.lapse_shares, population.tiers)),
    }
    schema = SIMULATION_USERS.ibis_schema().to_pyarrow()
    table = pa.table(columns, schema=schema).filter(pa.array(is_active))
    return table if world.is_causal else table.slice(0, 0)


def _base_hazard(activity: Activity, simulation: SimulationParameters) -> Array:
    """Probability that a short, safe prompt of mean difficulty fails, at mean skill."""
    rules = simulation.telemetry
    limited = by_tier(rules.rate_limited_shares, activity.population.tiers)
    return np.asarray(limited + rules.model_error_share)


def prompt_latents(raw_generations: ir.Table, source: SourceArrays, activity: Activity) -> ir.Table:
    """One row per distinct prompt: what was meant by it, and the difficulty of its first idea.

    The join is one-to-one at most, by `raw_id`.
    """
    firsts = _first_rows(source) if activity.world.is_causal else np.empty(0, np.int64)
    difficulty = activity.world.difficulty[firsts]
    columns = {"raw_id": firsts + 1, "difficulty": difficulty}
    columns |= {f"meant_{name}": source.meant[name][firsts] for name in MEANINGS}
    latents = ibis.memtable(pa.table(columns))
    prompts = raw_generations.select("raw_id", "prompt_text").inner_join(latents, "raw_id")
    identified = prompts.mutate(
        prompt_id=prompt_id(normalised_prompt(prompts.prompt_text)),
        difficulty=prompts.difficulty.cast("float64"),
        **{
            f"meant_{name}": prompts[f"meant_{name}"].cases(
                *enumerate(values), else_=ibis.null("string")
            )
            for name, values in MEANINGS.items()
        },
    )
    return identified.select(*SIMULATION_PROMPTS.column_names)


def _first_rows(source: SourceArrays) -> Array:
    """Position of the first generation of each distinct prompt."""
    codes, firsts = np.unique(source.prompt_codes, return_index=True)
    return np.asarray(firsts[codes != 0])
