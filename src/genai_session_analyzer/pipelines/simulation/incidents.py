"""Incidents: for a while one model refuses requests or answers slowly."""

from datetime import UTC, datetime, timedelta

from genai_session_analyzer.pipelines.simulation.event_parameters import (
    Effect,
    IncidentParameters,
    Segment,
)
from genai_session_analyzer.pipelines.simulation.random_blocks import stream
from genai_session_analyzer.pipelines.simulation.rhythm import DAY_US

MAX_MINUTES = 7 * 24 * 60


def draw_incidents(
    shape: IncidentParameters, models: tuple[str, ...], period: tuple[int, int], seed: int
) -> tuple[Effect, ...]:
    """The incidents of a period as effects of kind `incident`, in order of time.

    Args:
        shape: How many, how long, how bad.
        models: The versions that may be hit.
        period: First and last microsecond.
        seed: The run's seed.
    """
    generator = stream(seed, "incidents")
    days = (period[1] - period[0]) / DAY_US
    count = int(generator.poisson(shape.per_90_days * days / 90))
    starts = sorted(float(share) for share in generator.random(count))
    lengths = shape.median_minutes * generator.lognormal(0, shape.sigma_minutes, count)
    hit = generator.integers(len(models), size=count)
    is_refusing = generator.random(count) < shape.rate_limits_share
    first = moment(period[0])
    return tuple(
        _incident(
            f"incident_{number + 1}",
            models[hit[number]],
            first + timedelta(days=starts[number] * days),
            timedelta(minutes=min(float(lengths[number]), MAX_MINUTES)),
            _measure(shape, bool(is_refusing[number])),
        )
        for number in range(count)
    )


def moment(microseconds: int) -> datetime:
    """The UTC time, without a zone, of microseconds since 1970."""
    return datetime.fromtimestamp(0, UTC).replace(tzinfo=None) + timedelta(
        microseconds=microseconds
    )


def _measure(shape: IncidentParameters, is_refusing: bool) -> dict[str, str | float]:
    if is_refusing:
        return {"measure": "rate_limited", "delta": shape.rate_limited_delta}
    return {"measure": "latency", "multiplier": shape.latency_multiplier}


def _incident(
    effect_id: str,
    model: str,
    starts_at: datetime,
    length: timedelta,
    measure: dict[str, str | float],
) -> Effect:
    return Effect.model_validate(
        {
            "effect_id": effect_id,
            "kind": "incident",
            "segment": Segment(model_version=(model,)),
            "starts_at": starts_at,
            "ends_at": starts_at + length,
            **measure,
        }
    )
