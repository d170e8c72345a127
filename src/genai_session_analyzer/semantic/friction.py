"""Friction: how hard a session was for its user, 0 (smooth) to 100; defined only here."""

from typing import Self

import ibis
import ibis.expr.types as ir
from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, model_validator

from genai_session_analyzer.schema.values import FRICTION_BANDS
from genai_session_analyzer.semantic.rounding import rounded

PIXELS_PER_MEGAPIXEL = 1_000_000


class FrictionParameters(BaseModel):
    """Weights (points of 100), ceilings (where an input counts in full) and band limits.

    A model named in `latency_ceiling_ms_by_model` has a ceiling of its own. With
    `latency_ms_per_step_megapixel` set, a generation that asks for more work than its ceiling
    allows gets steps x megapixels x images x that many milliseconds instead.

    *Source*: the defaults are this project's convention, chosen and not fitted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    error_weight: float = Field(default=50, ge=0)
    latency_weight: float = Field(default=33, ge=0)
    retry_weight: float = Field(default=17, ge=0)
    latency_ceiling_ms: PositiveFloat = 5000
    latency_ceiling_ms_by_model: dict[str, PositiveFloat] = Field(default_factory=dict)
    latency_ms_per_step_megapixel: PositiveFloat | None = None
    retry_ceiling: PositiveFloat = 2
    medium_from: float = Field(default=10, gt=0, lt=100)
    high_from: float = Field(default=30, gt=0, lt=100)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        total = self.error_weight + self.latency_weight + self.retry_weight
        if abs(total - 100) > 1e-9:
            raise ValueError(f"the three friction weights must sum to 100, not {total:g}")
        if self.medium_from >= self.high_from:
            raise ValueError("medium_from must be below high_from")
        return self


def latency_ceiling_ms(generations: ir.Table, parameters: FrictionParameters) -> ir.FloatingValue:
    """Return each generation's latency ceiling in milliseconds, never null.

    Args:
        generations: Columns model_version, steps, width, height, image_count; where the work asked
            for is unknown (no steps or size) the model's ceiling holds; no image count means one.
        parameters: The ceilings.
    """
    default = ibis.literal(float(parameters.latency_ceiling_ms))
    by_model = [
        (generations.model_version == model, float(ceiling))
        for model, ceiling in parameters.latency_ceiling_ms_by_model.items()
    ]
    ceiling = ibis.cases(*by_model, else_=default) if by_model else default
    if parameters.latency_ms_per_step_megapixel is None:
        return ceiling
    pixels = generations.width.cast("float64") * generations.height
    images = generations.image_count.fill_null(1)
    step_megapixels = generations.steps * pixels * images / PIXELS_PER_MEGAPIXEL
    work = step_megapixels * float(parameters.latency_ms_per_step_megapixel)
    return ibis.cases((work > ceiling, work), else_=ceiling)


def friction_score(
    error_rate: ir.NumericValue,
    mean_latency_ms: ir.NumericValue,
    mean_retry_count: ir.NumericValue,
    parameters: FrictionParameters,
    latency_ceiling: ir.NumericValue | None = None,
) -> ir.FloatingValue:
    """Return friction, 0-100, rounded to 4 decimals; higher is worse.

    `50 * error_rate + 33 * min(1, mean_latency_ms / ceiling) + 17 * min(1, mean_retry_count / 2)`
    with the default weights. Null as soon as one input is null: an unknown status is not a success,
    an unknown retry count is not zero, and a score of fewer parts would not compare with the rest.

    Args:
        error_rate: Failures / generations of known status, 0-1.
        mean_latency_ms: Mean of the known latencies, milliseconds.
        mean_retry_count: Mean of the known retry counts.
        parameters: Weights and ceilings.
        latency_ceiling: Milliseconds per row, e.g. the mean of `latency_ceiling_ms` over a session;
            default: the one ceiling of the parameters.
    """
    ceiling = parameters.latency_ceiling_ms if latency_ceiling is None else latency_ceiling
    score = (
        error_rate * float(parameters.error_weight)
        + _at_most_one(mean_latency_ms / ceiling) * float(parameters.latency_weight)
        + _at_most_one(mean_retry_count / parameters.retry_ceiling) * float(parameters.retry_weight)
    )
    return rounded(score, 4)


def friction_band(score: ir.NumericValue, parameters: FrictionParameters) -> ir.StringValue:
    """Return low, medium or high; null where the score is."""
    low, medium, high = FRICTION_BANDS
    return ibis.cases(
        (score < parameters.medium_from, low),
        (score < parameters.high_from, medium),
        (score >= parameters.high_from, high),
    )


def friction_formula(parameters: FrictionParameters) -> str:
    """Return the formula and the bands in words, with these parameters' numbers."""
    p = parameters
    ceiling = f"{p.latency_ceiling_ms:g}"
    if p.latency_ceiling_ms_by_model or p.latency_ms_per_step_megapixel is not None:
        ceiling = f"ceiling ({ceiling} unless the model or the work asked for has its own)"
    return (
        f"{p.error_weight:g} x error_rate"
        f" + {p.latency_weight:g} x min(1, mean_latency_ms / {ceiling})"
        f" + {p.retry_weight:g} x min(1, mean_retry_count / {p.retry_ceiling:g}), 0-100, higher is"
        f" worse; low < {p.medium_from:g}, medium < {p.high_from:g}, high otherwise; unknown where"
        " status, latency or retries are"
    )


def _at_most_one(ratio: ir.NumericValue) -> ir.NumericValue:
    """Cap at 1 and keep null; SQL's LEAST(1, NULL) is 1."""
    return ibis.cases((ratio < 1, ratio), (ratio >= 1, 1.0))
