"""Parameters of what happens to the service: rollouts, incidents, planted effects."""

from datetime import datetime
from typing import Any, Self

from pydantic import Field, field_validator, model_validator

from genai_session_analyzer.errors import UnknownNameError
from genai_session_analyzer.pipelines.simulation.parameter_section import Section, Share
from genai_session_analyzer.schema.values import (
    ART_STYLES,
    DEVICE_TYPES,
    DOMAINS,
    FAILURE_STATUSES,
    MOODS,
    PROMPT_LENGTH_CATEGORIES,
    REGIONS,
    USER_TIERS,
)

SEGMENT_VALUES: dict[str, tuple[str, ...]] = {
    "user_tier": USER_TIERS,
    "region": REGIONS,
    "device_type": DEVICE_TYPES,
    "prompt_length_category": PROMPT_LENGTH_CATEGORIES,
    "domain": DOMAINS,
    "art_style": ART_STYLES,
    "mood": MOODS,
}
"""Columns of a segment with a closed list of values; domain, style, mood as the corpus meant."""
SEGMENT_COLUMNS = (*SEGMENT_VALUES, "model_version", "hour_from", "hour_to")
MEASURES = ("failure", "latency", *FAILURE_STATUSES)


class Rollout(Section):
    """When a model version comes and how its share drifts."""

    released_after_days: float
    """Days from the period's start to the release; negative = it was there before."""
    adoption_days: float = Field(ge=0)
    """From the release to its full weight, linear."""
    log_share_per_30_days: float = 0.0
    """Change of the log of its weight in 30 days, from the period's start."""


class IncidentParameters(Section):
    """Outages of one model: drawn, not planned."""

    per_90_days: float = Field(ge=0)
    """Mean of their Poisson number."""
    median_minutes: float = Field(gt=0)
    sigma_minutes: float = Field(ge=0)
    """Length: log-normal, at most a week."""
    rate_limits_share: float = Share
    """Incidents that refuse requests; the others are slow."""
    rate_limited_delta: float = Share
    """Added to the probability of a rate limit during an incident of that kind."""
    latency_multiplier: float = Field(ge=1)
    """Of the latency during a slow one."""


class Segment(Section):
    """Generations an effect applies to: all conditions hold; none given = all of them."""

    user_tier: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    device_type: tuple[str, ...] = ()
    prompt_length_category: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    art_style: tuple[str, ...] = ()
    mood: tuple[str, ...] = ()
    model_version: tuple[str, ...] = ()
    hour_from: int | None = Field(default=None, ge=0, le=23)
    """First hour of the day, in the user's region."""
    hour_to: int | None = Field(default=None, ge=1, le=24)
    """The hour it ends at; before `hour_from` where it passes midnight."""

    @model_validator(mode="before")
    @classmethod
    def _read(cls, conditions: Any) -> Any:
        """Single values become lists of one; names are checked."""
        if not isinstance(conditions, dict):
            return conditions
        read = {}
        for column, given in conditions.items():
            _check_name("segment column", column, SEGMENT_COLUMNS)
            read[column] = (given,) if isinstance(given, str) else given
            for value in read[column] if column in SEGMENT_VALUES else ():
                _check_name(column, value, SEGMENT_VALUES[column])
        return read

    @model_validator(mode="after")
    def _check_hours(self) -> Self:
        if (self.hour_from is None) != (self.hour_to is None):
            raise ValueError("hour_from and hour_to belong together")
        return self

    def conditions(self) -> dict[str, Any]:
        """The conditions that were given, by column."""
        return self.model_dump(exclude_defaults=True)


class Effect(Section):
    """Something planted: in a segment, from a time to a time, a measure is changed."""

    effect_id: str
    kind: str = "planted"
    segment: Segment = Segment()
    measure: str
    """failure (any), one of the failing statuses, or latency."""
    multiplier: float | None = Field(default=None, gt=0)
    delta: float | None = None
    """Added: to a probability, or to a latency in milliseconds."""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    """UTC; the start belongs to the window, the end does not."""

    @field_validator("measure")
    @classmethod
    def _known_measure(cls, measure: str) -> str:
        _check_name("measure", measure, MEASURES)
        return measure

    @model_validator(mode="after")
    def _check_size(self) -> Self:
        if (self.multiplier is None) == (self.delta is None):
            raise ValueError("give either a multiplier or a delta")
        if self.starts_at and self.ends_at and self.starts_at >= self.ends_at:
            raise ValueError("starts_at must be before ends_at")
        return self


def _check_name(kind: str, name: Any, known: tuple[str, ...]) -> None:
    if name not in known:
        # A ValueError, because pydantic reports those with the parameter's name.
        raise ValueError(str(UnknownNameError(kind, str(name), known)))
