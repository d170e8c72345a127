"""The world outcomes happen in: people, ideas, models, and what befalls them."""

import numpy as np

from genai_session_analyzer.pipelines.simulation.effects import place_effects
from genai_session_analyzer.pipelines.simulation.incidents import draw_incidents
from genai_session_analyzer.pipelines.simulation.latents import (
    draw_user_latents,
    idea_codes,
    idea_difficulty,
)
from genai_session_analyzer.pipelines.simulation.outcomes import World
from genai_session_analyzer.pipelines.simulation.parameters import SimulationParameters
from genai_session_analyzer.pipelines.simulation.population import Population
from genai_session_analyzer.pipelines.simulation.rollouts import ModelShares
from genai_session_analyzer.pipelines.simulation.source_arrays import SourceArrays


def build_world(
    source: SourceArrays,
    population: Population,
    simulation: SimulationParameters,
    period: tuple[int, int],
) -> World:
    """Draws latents and incidents and places the planted effects.

    Args:
        source: The prompts.
        population: The users.
        simulation: Where outcomes are not simulated, nothing is planted either.
        period: First and last microsecond.
    """
    is_causal = simulation.fill.telemetry and simulation.telemetry.is_causal
    models = tuple(simulation.telemetry.model_version_shares)
    incidents = draw_incidents(simulation.incidents, models, period, simulation.seed)
    planted = (*simulation.effects, *incidents) if is_causal else ()
    difficulty = (
        idea_difficulty(idea_codes(source), simulation.seed)
        if is_causal
        else np.zeros(0, dtype=np.float32)
    )
    return World(
        simulation=simulation,
        source=source,
        population=population,
        latents=draw_user_latents(population, simulation.seed),
        difficulty=difficulty,
        period=period,
        models=ModelShares(
            simulation.telemetry.model_version_shares,
            simulation.rollouts if is_causal else {},
            period,
        ),
        effects=place_effects(planted, source, population, models),
    )
