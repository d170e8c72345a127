"""Parameters of people: who they are, when they come, why they leave."""

from datetime import date

from pydantic import Field

from genai_session_analyzer.pipelines.simulation.parameter_section import (
    Positive,
    Section,
    Share,
    TierRates,
)


class UserParameters(Section):
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


class SessionParameters(Section):
    """How generations come in bursts."""

    period_start: date
    period_days: int = Field(ge=1)
    """The period simulated times fall in; a source that has some times brings its own. Bursty
    sessions end when the prompts are used up, which is near the period's end and may be after."""
    is_bursty: bool = True
    """False: every generation stands alone at a uniform time."""
    median_generations: float = Positive
    sigma_generations: float = Field(ge=0)
    """Generations per session: ceil(log-normal(log(median), sigma))."""
    idea_end_share: float = Field(default=1, ge=0, le=1)
    """Sessions whose end moves to the end of an idea; the others break off in the middle."""
    median_gap_s: float = Positive
    sigma_gap: float = Field(ge=0)
    max_gap_s: float = Positive
    """Seconds between generations of a session: log-normal, cut at the maximum."""
    failure_gap_share: float = Field(gt=0, le=1)
    """The gap after a failure relative to others: people try again at once."""
    night_share: float = Field(gt=0, le=1)
    """Activity in the quietest local hour relative to the busiest."""
    weekend_share: float = Field(gt=0)
    """Activity on Saturdays and Sundays relative to the other days."""


class ReturnParameters(Section):
    """Whether and when a user comes back after a session."""

    lapse_shares: TierRates
    """Sessions after which the user stays away for `lapse_days` at least, free of friction."""
    friction_strength: float = Field(ge=0)
    """P(lapse) = lapse share x (1 + friction / 100 x this)."""
    max_lapse_share: float = Field(gt=0, lt=1)
    lapse_days: float = Positive
    """Plus an exponential time, longer for users of little activity."""
    min_minutes: float = Positive
    """From a session's end to the next one's start, at least."""
    median_hours: float = Positive
    sigma_hours: float = Field(ge=0)
    """Hours on top, where there is no lapse: log-normal, folded below `lapse_days`."""
    abandon_share: float = Share
    """Failures after which the session ends; the rest of it is the user's next session."""
    existing_user_share: float = Share
    """Users who were there before the period; the others join in it."""
    growth_per_30_days: float = Positive
    """Factor by which the number of joining users grows in 30 days."""


class LatentParameters(Section):
    """What a standard deviation of a hidden trait does, on the log scale (0 = nothing)."""

    skill_on_failure: float
    """On the hazard of failing, safety violations apart."""
    difficulty_on_failure: float
    """The same for the difficulty of an idea."""
    patience_on_retries: float
    """On the mean number of retries."""
    patience_on_abandoning: float
    """On the probability to abandon a session after a failure."""
