"""Who asked, when, and what came of it: for every generation of a source."""

from dataclasses import dataclass

import numpy as np

from genai_session_analyzer.pipelines.simulation.assignment import (
    assign_sessions,
    users_of_timed,
)
from genai_session_analyzer.pipelines.simulation.effects import Asked
from genai_session_analyzer.pipelines.simulation.outcomes import (
    Outcomes,
    World,
    draw_luck,
    models_where_lacking,
    simulate_outcomes,
)
from genai_session_analyzer.pipelines.simulation.pace import PacePlan
from genai_session_analyzer.pipelines.simulation.parameters import SimulationParameters
from genai_session_analyzer.pipelines.simulation.population import Population, draw_population
from genai_session_analyzer.pipelines.simulation.random_blocks import blocks, stream
from genai_session_analyzer.pipelines.simulation.rhythm import DAY_US, HOUR_US
from genai_session_analyzer.pipelines.simulation.sessions import cut_at_least, cut_sessions
from genai_session_analyzer.pipelines.simulation.source_arrays import (
    NO_TIME,
    Array,
    SourceArrays,
)
from genai_session_analyzer.pipelines.simulation.telemetry import by_tier
from genai_session_analyzer.pipelines.simulation.visits import Visits, VisitSimulation
from genai_session_analyzer.pipelines.simulation.world import build_world
from genai_session_analyzer.semantic.friction import FrictionParameters

_FAILURE_GUESS = 0.07
"""Only for the number of sessions to be expected; each abandoned one makes one more."""
_SLACK = 1.15
"""Sessions are shortened where users would have fewer than the fewest they need, times this."""


@dataclass(frozen=True)
class Activity:
    """Who asked and when, for every generation, observed or simulated.

    Attributes:
        population: The users, observed ones first.
        user_codes: One element per generation: index into the population.
        requested_at_us: One element per generation: microseconds since 1970 (UTC).
        world: What outcomes depend on.
        outcomes: One element per generation; None where they follow the plain rules, or none are
            simulated.
    """

    population: Population
    user_codes: Array
    requested_at_us: Array
    world: World
    outcomes: Outcomes | None


def simulate_activity(
    source: SourceArrays, simulation: SimulationParameters, friction: FrictionParameters
) -> Activity:
    """Gives a user and a time to every generation that has none; observed ones stay.

    Generations without a time are cut into sessions in source order. Bursty sessions without a
    user are taken by users as they come back; others are laid out at once. Where only the user is
    missing, the generations of one prompt on one day belong to one user.
    """
    population = draw_population(source, simulation)
    period = _period(source, simulation)
    world = build_world(source, population, simulation, period)
    visits = Visits(
        users_of_timed(source, population, simulation.seed),
        source.requested_at_us.copy(),
        Outcomes.empty(len(source) if world.is_causal else 0),
    )
    untimed = np.flatnonzero(source.lacks_time)
    # Sessions are cut per known user; unknown users (-1) keep the source's order, first.
    untimed = untimed[np.argsort(source.user_codes[untimed], kind="stable")]
    is_visit = source.lacks_user[untimed] & simulation.sessions.is_bursty
    if is_visit.any():
        _visit(world, untimed[is_visit], period, friction, visits)
    rest = untimed[~is_visit]
    if len(rest):
        sessions = cut_sessions(source, rest, simulation)
        owners, times = assign_sessions(world, rest, sessions, period)
        visits.user_codes[rest], visits.requested_at_us[rest] = owners, times
    if world.is_causal:
        is_done = np.zeros(len(source), dtype=bool)
        is_done[untimed[is_visit]] = True
        _let_happen(world, visits, np.flatnonzero(~is_done))
    outcomes = visits.outcomes if world.is_causal else None
    return Activity(population, visits.user_codes, visits.requested_at_us, world, outcomes)


def _visit(
    world: World,
    rows: Array,
    period: tuple[int, int],
    friction: FrictionParameters,
    visits: Visits,
) -> None:
    """Users without a name in the source come, take sessions, and come back or not."""
    simulation, population = world.simulation, world.population
    returns = simulation.returns
    plan = PacePlan(
        population.activity_weights,
        by_tier(returns.lapse_shares, population.tiers[population.simulated_codes]),
        returns,
        (period[1] - period[0]) / DAY_US,
        simulation.seed,
    )
    bounds = cut_at_least(plan.fewest_sessions() * _SLACK, world.source, rows, simulation).bounds
    more = returns.abandon_share * _FAILURE_GUESS * (len(rows) - len(bounds)) * world.is_causal
    pace = plan.pace_for(len(bounds) - 1 + more)
    VisitSimulation(world, pace, period, friction).run(rows, bounds, visits)


def _let_happen(world: World, visits: Visits, rows: Array) -> None:
    """Outcomes of generations whose user and time are known, block by block."""
    for block, part in blocks(len(rows)):
        generator = stream(world.simulation.seed, "outcomes", block)
        where = rows[part]
        at_us = visits.requested_at_us[where]
        chosen = world.models.choose(generator.random(len(where)), at_us)
        models = models_where_lacking(world.source, where, chosen)
        asked = Asked(where, visits.user_codes[where], at_us, models)
        visits.outcomes.set(
            where, simulate_outcomes(world, asked, draw_luck(generator, len(where)))
        )


def _period(source: SourceArrays, simulation: SimulationParameters) -> tuple[int, int]:
    """First and last microsecond that simulated times may have."""
    known = source.requested_at_us[~source.lacks_time]
    if len(known):
        return int(known.min()), max(int(known.max()), int(known.min()) + HOUR_US)
    shape = simulation.sessions
    first = np.datetime64(shape.period_start, "us").astype(np.int64)
    return int(first), int(first) + shape.period_days * DAY_US


def first_activity_us(activity: Activity) -> Array:
    """Microseconds of each user's first generation; `NO_TIME` for a user without one."""
    first = np.full(len(activity.population), np.iinfo(np.int64).max)
    np.minimum.at(first, activity.user_codes, activity.requested_at_us)
    return np.where(first == np.iinfo(np.int64).max, NO_TIME, first)
