"""Parameters of the simulation: every share, rate and shape, with units in the names."""

from collections.abc import Mapping
from typing import Any, Self

from pydantic import Field, model_validator

from genai_session_analyzer.errors import UnknownNameError
from genai_session_analyzer.pipelines.simulation.event_parameters import (
    Effect,
    IncidentParameters,
    Rollout,
)
from genai_session_analyzer.pipelines.simulation.parameter_section import (
    Positive,
    Section,
    Share,
    TierRates,
)
from genai_session_analyzer.pipelines.simulation.people_parameters import (
    LatentParameters,
    ReturnParameters,
    SessionParameters,
    UserParameters,
)


class FillParameters(Section):
    """What is simulated beyond users and times, which a star schema cannot do without."""

    telemetry: bool = True
    """Status, latency, retries, cost, feedback, downloads, model; off for real sources."""


class TelemetryParameters(Section):
    """What happens to a request."""

    is_causal: bool = True
    """False: the plain rules, without latents, rollouts, incidents and planted effects."""
    safety_keywords: tuple[str, ...]
    """Matched as whole words, whatever their case."""
    safety_violation_share: float = Share
    """Of prompts with a safety keyword."""
    long_prompt_tokens: int = Field(ge=0)
    timeout_share: float = Share
    """Of prompts with more tokens than that."""
    rate_limited_shares: TierRates
    model_error_share: float = Share
    latency_fixed_ms: float = Field(default=0, ge=0)
    latency_ms_per_token: float = Positive
    """Typical latency: the fixed part + tokens x this."""
    latency_sigma: float = Field(ge=0)
    latency_tail_share: float = Share
    """Answers that take longer for no reason to be seen; 0 = a log-normal without a tail."""
    latency_tail_scale: float = Positive
    latency_tail_sigma: float = Field(ge=0)
    """Their latency is multiplied by a log-normal of this median and sigma."""
    timeout_latency_ms: int = Field(gt=0, lt=2**31)
    rejection_latency_ms: tuple[int, int]
    """Safety rejections and rate limits answer at once: uniform between these."""
    mean_retries_success: float = Field(ge=0)
    mean_retries_failure: float = Field(ge=0)
    max_retries: int = Field(ge=0, le=100)
    """Retries: Poisson, cut at the maximum."""
    retry_delay_s: float = Positive
    """Seconds between an attempt and the next one; of use where `retries_as_rows` is set."""
    cost_credits_per_token: float = Field(ge=0)
    cost_credits_per_compute_s: float = Field(ge=0)
    failure_cost_share: float = Share
    """Cost of a failure relative to a success."""
    tier_discounts: TierRates
    feedback_shares: TierRates
    thumbs_up_share_success: float = Share
    thumbs_up_share_failure: float = Share
    download_shares: TierRates
    """Of successes, before the liking bonus."""
    liked_download_bonus: float = Share
    """Added to the download probability of an image with a thumbs up."""
    model_version_shares: dict[str, float]
    """At the period's start, of versions that are released then; rollouts move them."""


class SimulationParameters(Section):
    """The `simulation` section: the base values and the named profiles that override them."""

    seed: int = Field(ge=0, lt=2**63)
    profile: str
    user_count: int | None = Field(default=None, ge=1)
    retries_as_rows: bool = False
    """Each retry is a generation of its own, and no generation counts retries."""
    fill: FillParameters
    users: UserParameters
    sessions: SessionParameters
    returns: ReturnParameters
    latents: LatentParameters
    telemetry: TelemetryParameters
    rollouts: dict[str, Rollout]
    incidents: IncidentParameters
    effects: tuple[Effect, ...]
    profiles: dict[str, dict[str, Any]]

    @model_validator(mode="after")
    def _check_profile(self) -> Self:
        if self.profile not in self.profiles:
            # A ValueError, because pydantic reports those with the parameter's name.
            raise ValueError(
                str(UnknownNameError("simulation.profile", self.profile, self.profiles))
            )
        return self

    @model_validator(mode="after")
    def _check_names(self) -> Self:
        models = tuple(self.telemetry.model_version_shares)
        used = [model for effect in self.effects for model in effect.segment.model_version]
        for model in (*self.rollouts, *used):
            if model not in models:
                raise ValueError(str(UnknownNameError("model version", model, models)))
        ids = [effect.effect_id for effect in self.effects]
        if len(set(ids)) < len(ids):
            raise ValueError("every effect needs an effect_id of its own")
        return self

    def with_profile(self) -> Self:
        """The parameters with the chosen profile's values laid over the base values."""
        return type(self).model_validate(_overlaid(self.model_dump(), self.profiles[self.profile]))


def _overlaid(base: Mapping[str, Any], overrides: Mapping[str, Any]) -> dict[str, Any]:
    """`base` with `overrides` replacing its leaves; unknown keys stay and are then refused."""
    merged = dict(base)
    for key, value in overrides.items():
        nested = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping)
        merged[key] = _overlaid(merged[key], value) if nested else value
    return merged
