"""Parameters of the simulation: every share, rate and shape, with units in the names."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from genai_session_analyzer.errors import UnknownNameError

Share = Field(ge=0, le=1)
Positive = Field(gt=0)


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TierRates(_Section):
    """One rate per user tier."""

    free: float = Field(ge=0)
    pro: float = Field(ge=0)
    enterprise: float = Field(ge=0)

    def as_tuple(self) -> tuple[float, float, float]:
        """The rates in the order of `schema.values.USER_TIERS`."""
        return self.free, self.pro, self.enterprise


class FillParameters(_Section):
    """What is simulated beyond users and times, which a star schema cannot do without."""

    telemetry: bool = True
    """Status, latency, retries, cost, feedback, downloads, model; off for real sources."""


class UserParameters(_Section):
    """Who the simulated users are."""

    tier_shares: TierRates
    activity_weights: TierRates
    """Expected generations of a user relative to a free one."""
    activity_sigma: float = Field(ge=0)
    """Standard deviation of log activity within a tier; 0 = all alike."""
    region_shares: dict[str, float]
    region_utc_offset_hours: dict[str, float]
    device_shares: dict[str, float]
    mean_days_since_signup: float = Positive
    """Mean of the exponential time from signup to first activity."""
    generations_per_user: float = Positive
    """Used where `user_count` is not given."""
    with_identities: bool = False
    """Adds made-up names and e-mail addresses."""


class SessionParameters(_Section):
    """How generations come in bursts."""

    period_start: date
    period_days: int = Field(ge=1)
    """The period simulated times fall in; a source that has some times brings its own."""
    is_bursty: bool = True
    """False: every generation stands alone at a uniform time."""
    median_generations: float = Field(ge=1)
    sigma_generations: float = Field(ge=0)
    """Generations per session: ceil(log-normal(log(median), sigma))."""
    median_gap_s: float = Positive
    sigma_gap: float = Field(ge=0)
    max_gap_s: float = Positive
    """Seconds between generations of a session: log-normal, cut at the maximum."""
    night_share: float = Share
    """Activity in the quietest local hour relative to the busiest."""


class TelemetryParameters(_Section):
    """What happens to a request."""

    safety_keywords: tuple[str, ...]
    """Matched as whole words, whatever their case."""
    safety_violation_share: float = Share
    """Of prompts with a safety keyword."""
    long_prompt_tokens: int = Field(ge=0)
    timeout_share: float = Share
    """Of prompts with more tokens than that."""
    rate_limited_shares: TierRates
    model_error_share: float = Share
    latency_ms_per_token: float = Positive
    latency_sigma: float = Field(ge=0)
    timeout_latency_ms: int = Field(gt=0)
    rejection_latency_ms: tuple[int, int]
    """Safety rejections and rate limits answer at once: uniform between these."""
    mean_retries_success: float = Field(ge=0)
    mean_retries_failure: float = Field(ge=0)
    max_retries: int = Field(ge=0)
    """Retries: Poisson, cut at the maximum."""
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


class SimulationParameters(_Section):
    """The `simulation` section: the base values and the named profiles that override them."""

    seed: int = Field(ge=0, lt=2**63)
    profile: str
    user_count: int | None = Field(default=None, ge=1)
    fill: FillParameters
    users: UserParameters
    sessions: SessionParameters
    telemetry: TelemetryParameters
    profiles: dict[str, dict[str, Any]]

    @model_validator(mode="after")
    def _check_profile(self) -> Self:
        if self.profile not in self.profiles:
            # A ValueError, because pydantic reports those with the parameter's name.
            raise ValueError(
                str(UnknownNameError("simulation.profile", self.profile, self.profiles))
            )
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
