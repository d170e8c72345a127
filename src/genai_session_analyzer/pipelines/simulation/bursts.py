"""Many sessions at once: when their generations are asked, what comes of them, where they end."""

from dataclasses import dataclass

import numpy as np

from genai_session_analyzer.pipelines.simulation.effects import Asked
from genai_session_analyzer.pipelines.simulation.outcomes import (
    Outcomes,
    World,
    draw_luck,
    models_where_lacking,
    simulate_outcomes,
    simulate_status,
)
from genai_session_analyzer.pipelines.simulation.people_parameters import SessionParameters
from genai_session_analyzer.pipelines.simulation.rhythm import SECOND_US
from genai_session_analyzer.pipelines.simulation.source_arrays import Array
from genai_session_analyzer.pipelines.simulation.telemetry import SUCCESS
from genai_session_analyzer.semantic.friction import FrictionParameters


@dataclass(frozen=True)
class Starts:
    """Sessions about to begin, one element each.

    Attributes:
        users: Index into the population.
        at_us: When.
        rows: Positions in the source of all their generations, one session after the other.
        lengths: Generations of each.
    """

    users: Array
    at_us: Array
    rows: Array
    lengths: Array


@dataclass(frozen=True)
class Bursts:
    """Sessions as they went.

    Attributes:
        asked: The generations, one session after the other.
        outcomes: What came of them; None where that is not simulated.
        offsets: First generation of each session.
        lengths: Generations of each, at least one.
        is_kept: Per planned generation, whether it was asked; the others follow an abandonment.
    """

    asked: Asked
    outcomes: Outcomes | None
    offsets: Array
    lengths: Array
    is_kept: Array

    @property
    def ended_at_us(self) -> Array:
        """Time of each session's last generation."""
        return np.asarray(self.asked.at_us[self.offsets + self.lengths - 1])


def run_bursts(world: World, starts: Starts, generator: np.random.Generator) -> Bursts:
    """Lays sessions out in time and lets them happen."""
    offsets = np.cumsum(starts.lengths) - starts.lengths
    session = np.repeat(np.arange(len(starts.lengths)), starts.lengths)
    chosen = world.models.choose(generator.random(len(offsets)), starts.at_us)[session]
    models = models_where_lacking(world.source, starts.rows, chosen)
    users = starts.users[session]
    luck = draw_luck(generator, len(session))
    gaps = _gaps(world.simulation.sessions, generator.standard_normal(len(session)))
    abandon = generator.random(len(session))

    def asked_with(gaps: Array) -> Asked:
        elapsed = np.cumsum((gaps * SECOND_US).astype(np.int64))
        at_us = starts.at_us[session] + elapsed - elapsed[offsets][session]
        return Asked(starts.rows, users, at_us, models)

    if not world.is_causal:
        is_kept = np.ones(len(session), dtype=bool)
        return Bursts(asked_with(gaps), None, offsets, starts.lengths, is_kept)
    # Times depend on failures and, where effects begin and end, failures on times: a first look
    # at the failures moves the times, which then decide.
    first_look = simulate_status(world, asked_with(gaps), luck) != SUCCESS
    is_again = np.concatenate(([False], first_look[:-1]))
    asked = asked_with(np.where(is_again, gaps * world.simulation.sessions.failure_gap_share, gaps))
    outcomes = simulate_outcomes(world, asked, luck)
    is_left = _is_left(world, asked, outcomes, abandon)
    is_kept, lengths = _kept(session, offsets, starts.lengths, is_left)
    return Bursts(
        asked.only(is_kept), outcomes.only(is_kept), np.cumsum(lengths) - lengths, lengths, is_kept
    )


def _gaps(shape: SessionParameters, normal: Array) -> Array:
    """Seconds since the generation before."""
    gaps = np.exp(np.log(shape.median_gap_s) + shape.sigma_gap * normal)
    return np.asarray(np.minimum(gaps, shape.max_gap_s))


def _is_left(world: World, asked: Asked, outcomes: Outcomes, uniform: Array) -> Array:
    """Whether the user gives the session up after a generation: only after a failure."""
    traits, share = world.simulation.latents, world.simulation.returns.abandon_share
    effect = traits.patience_on_abandoning
    factor = np.exp(effect * world.latents.patience[asked.users] - effect**2 / 2)
    return np.asarray((outcomes.status_codes != SUCCESS) & (uniform < share * factor))


def _kept(session: Array, offsets: Array, lengths: Array, is_left: Array) -> tuple[Array, Array]:
    """Whether each generation is asked, up to the one a session is given up after; new lengths."""
    place = np.arange(len(session)) - offsets[session]
    until = np.minimum.reduceat(np.where(is_left, place, len(session)), offsets)
    return place <= until[session], np.minimum(until + 1, lengths)


def session_friction(bursts: Bursts, friction: FrictionParameters) -> Array:
    """Points from 0 to 100, as `semantic.friction` defines them, with the one latency ceiling."""
    outcomes, offsets, lengths = bursts.outcomes, bursts.offsets, bursts.lengths
    if outcomes is None:
        return np.zeros(len(lengths))

    def mean(values: Array) -> Array:
        return np.asarray(np.add.reduceat(values.astype(np.float64), offsets) / lengths)

    error_rate = mean(outcomes.status_codes != SUCCESS)
    latency = np.minimum(1, mean(outcomes.latency_ms) / friction.latency_ceiling_ms)
    retries = np.minimum(1, mean(outcomes.retry_counts) / friction.retry_ceiling)
    return np.asarray(
        friction.error_weight * error_rate
        + friction.latency_weight * latency
        + friction.retry_weight * retries
    )
