"""What comes of a request: whether and how it fails, how long it takes, how often it is retried.

Everything follows from who asked what, when and of which model, and from a few random numbers
that belong to the request. Values the source has are never replaced: what follows from them does.
"""

from dataclasses import dataclass

import numpy as np

from genai_session_analyzer.pipelines.simulation.effects import Asked, PlacedEffect
from genai_session_analyzer.pipelines.simulation.latents import UserLatents
from genai_session_analyzer.pipelines.simulation.parameters import SimulationParameters
from genai_session_analyzer.pipelines.simulation.population import Population
from genai_session_analyzer.pipelines.simulation.random_blocks import poisson
from genai_session_analyzer.pipelines.simulation.rollouts import ModelShares
from genai_session_analyzer.pipelines.simulation.source_arrays import UNKNOWN, Array, SourceArrays
from genai_session_analyzer.pipelines.simulation.telemetry import SUCCESS, TIMEOUT, by_tier, known
from genai_session_analyzer.schema.values import FAILURE_STATUSES

MAX_FAILURE_SHARE = 0.97
_QUICK = (
    FAILURE_STATUSES.index("safety_violation") + 1,
    FAILURE_STATUSES.index("rate_limited") + 1,
)


@dataclass(frozen=True)
class World:
    """All that outcomes depend on besides the request itself."""

    simulation: SimulationParameters
    source: SourceArrays
    population: Population
    latents: UserLatents
    difficulty: Array
    period: tuple[int, int]
    models: ModelShares
    effects: tuple[PlacedEffect, ...]

    @property
    def is_causal(self) -> bool:
        """Whether outcomes are simulated here; else nobody is made to leave by them."""
        return self.simulation.fill.telemetry and self.simulation.telemetry.is_causal


@dataclass(frozen=True)
class Luck:
    """The random numbers of requests, one element each: three uniform, one standard normal."""

    status: Array
    latency: Array
    retries: Array
    spread: Array


@dataclass(frozen=True)
class Outcomes:
    """One element per request.

    Attributes:
        status_codes: Index into `STATUSES`.
        latency_ms: Whole milliseconds.
        retry_counts: Retries before the answer.
        model_codes: Index into the model versions, or `UNKNOWN` where the source has its own.
    """

    status_codes: Array
    latency_ms: Array
    retry_counts: Array
    model_codes: Array

    @classmethod
    def empty(cls, size: int) -> "Outcomes":
        """Room for so many."""
        kinds = (np.int8, np.int32, np.int8, np.int8)
        return cls(*(np.empty(size, dtype=kind) for kind in kinds))

    def set(self, rows: Array, outcomes: "Outcomes") -> None:
        """Writes outcomes down at these positions."""
        for name, values in vars(self).items():
            values[rows] = getattr(outcomes, name)

    def only(self, is_wanted: Array) -> "Outcomes":
        """Those requests for which it holds."""
        return Outcomes(*(values[is_wanted] for values in vars(self).values()))


def draw_luck(generator: np.random.Generator, size: int) -> Luck:
    """The random numbers of so many requests."""
    status, latency, retries = generator.random((3, size))
    return Luck(status, latency, retries, generator.standard_normal(size))


def simulate_outcomes(world: World, asked: Asked, luck: Luck) -> Outcomes:
    """The outcome of every request."""
    status = simulate_status(world, asked, luck)
    return Outcomes(
        status_codes=status,
        latency_ms=known(world.source.latency_ms[asked.rows], _latency(world, asked, luck, status)),
        retry_counts=_retries(world, asked.users, status, luck.retries),
        model_codes=asked.models,
    )


def simulate_status(world: World, asked: Asked, luck: Luck) -> Array:
    """Index into `STATUSES` per request; the source's own where it has one.

    The hazards of the ways to fail add up (to `MAX_FAILURE_SHARE` at most), so that an effect on
    failure multiplies the failure rate by exactly what it says.
    """
    hazards = _hazards(world, asked)
    total = hazards.sum(axis=0)
    scale = np.minimum(1, MAX_FAILURE_SHARE / np.maximum(total, 1e-9))
    failed = np.flatnonzero(luck.status < total * scale)
    bounds = np.cumsum(hazards[:-1, failed], axis=0) * scale[failed]
    status = np.full(len(asked), SUCCESS, dtype=np.int8)
    status[failed] = 1 + (luck.status[failed] >= bounds).sum(axis=0, dtype=np.int8)
    return known(world.source.status_codes[asked.rows], status)


def _hazards(world: World, asked: Asked) -> Array:
    """Probability of each way to fail. Shape (ways, requests), in order of `FAILURE_STATUSES`."""
    rules, traits = world.simulation.telemetry, world.simulation.latents
    rows, users = asked.rows, asked.users
    is_long = world.source.token_counts[rows] > rules.long_prompt_tokens
    log_factor = traits.skill_on_failure * world.latents.skill[users]
    log_factor += traits.difficulty_on_failure * world.difficulty[rows]
    # The mean of the factor is one: the rates stay what the parameters say.
    log_factor -= (traits.skill_on_failure**2 + traits.difficulty_on_failure**2) / 2
    factor = np.exp(log_factor)
    hazards = np.empty((len(FAILURE_STATUSES), len(asked)))
    hazards[0] = rules.timeout_share * is_long * factor
    hazards[1] = rules.safety_violation_share * world.source.is_unsafe[rows]
    hazards[2] = by_tier(rules.rate_limited_shares, world.population.tiers[users]) * factor
    hazards[3] = rules.model_error_share * factor
    for placed in world.effects:
        if placed.effect.measure != "latency":
            _change_hazards(hazards, placed, asked)
    return hazards


def _change_hazards(hazards: Array, placed: PlacedEffect, asked: Asked) -> None:
    effect = placed.effect
    applies = placed.applies_to(asked)
    if not applies.any():
        return
    ways = slice(None)
    if effect.measure != "failure":
        way = FAILURE_STATUSES.index(effect.measure)
        ways = slice(way, way + 1)
    if effect.multiplier is not None:
        hazards[ways] *= np.where(applies, effect.multiplier, 1.0)
    if effect.delta is not None:
        changed = hazards[ways] + effect.delta / len(hazards[ways]) * applies
        hazards[ways] = np.maximum(changed, 0)


def _latency(world: World, asked: Asked, luck: Luck, status: Array) -> Array:
    """Whole milliseconds: a log-normal mixture, the ceiling for timeouts, quick rejections."""
    rules = world.simulation.telemetry
    factor = np.exp(rules.latency_sigma * luck.spread)
    tail = np.flatnonzero(luck.latency < rules.latency_tail_share)
    factor[tail] = rules.latency_tail_scale * np.exp(rules.latency_tail_sigma * luck.spread[tail])
    tokens = np.maximum(world.source.token_counts[asked.rows], 1)
    latency = (rules.latency_fixed_ms + tokens * rules.latency_ms_per_token) * factor
    low, high = rules.rejection_latency_ms
    quick = np.flatnonzero((status == _QUICK[0]) | (status == _QUICK[1]))
    latency[quick] = low + luck.latency[quick] * (high - low)
    for placed in world.effects:
        effect = placed.effect
        if effect.measure == "latency":
            applies = placed.applies_to(asked)
            latency = latency * np.where(applies, effect.multiplier or 1.0, 1.0)
            latency += (effect.delta or 0.0) * applies
    latency[status == TIMEOUT] = rules.timeout_latency_ms
    rounded = np.rint(np.clip(latency, 1, rules.timeout_latency_ms))
    return np.asarray(rounded.astype(np.int64))


def _retries(world: World, users: Array, status: Array, uniform: Array) -> Array:
    """Poisson with a mean by outcome and patience, cut at the maximum; by its inverse."""
    rules, effect = world.simulation.telemetry, world.simulation.latents.patience_on_retries
    mean = np.where(
        status == SUCCESS, rules.mean_retries_success, rules.mean_retries_failure
    ) * np.exp(effect * world.latents.patience[users] - effect**2 / 2)
    return poisson(uniform, mean, rules.max_retries)


def models_where_lacking(source: SourceArrays, rows: Array, chosen: Array) -> Array:
    """The chosen models; `UNKNOWN` where the source has its own."""
    return np.where(source.has_telemetry["model_version"][rows], UNKNOWN, chosen).astype(np.int8)
