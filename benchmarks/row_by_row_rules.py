"""The telemetry rules of the profile `classic` in plain Python, row by row, and rows to try on."""

import math
import random
import re
from typing import Any

from genai_session_analyzer.pipelines.simulation.parameters import TelemetryParameters
from genai_session_analyzer.schema.values import USER_TIERS

TIER_SHARES = (0.70, 0.25, 0.05)
SUBJECTS = ("a quiet lake", "a castle on a hill", "portrait of a sailor", "nude figure study")
SUBJECT_WEIGHTS = (40, 30, 28, 2)
DETAIL = ", highly detailed, golden hour"
MOST_DETAILS = 14


def make_rows(count: int, seed: int) -> list[dict[str, Any]]:
    """Requests as plain dicts: prompt, tier and tokens; the input of both versions."""
    chance = random.Random(seed)  # noqa: S311
    rows = []
    for _ in range(count):
        (subject,) = chance.choices(SUBJECTS, SUBJECT_WEIGHTS)
        prompt = subject + DETAIL * chance.randrange(MOST_DETAILS)
        (tier,) = chance.choices(USER_TIERS, TIER_SHARES)
        tokens = max(1, round(0.667 * prompt.count(" ") + 0.097 * len(prompt)))
        rows.append({"prompt": prompt, "user_tier": tier, "token_count": tokens})
    return rows


def add_telemetry(
    rows: list[dict[str, Any]], parameters: TelemetryParameters, seed: int
) -> list[dict[str, Any]]:
    """Row by row: status, latency, retries, cost, feedback, download, model."""
    chance = random.Random(seed)  # noqa: S311
    keyword = re.compile(r"\b(?:" + "|".join(parameters.safety_keywords) + r")\b", re.IGNORECASE)
    models = list(parameters.model_version_shares)
    model_weights = list(parameters.model_version_shares.values())
    finished = []
    for row in rows:
        tier = row["user_tier"]
        status = _status(row, keyword, parameters, chance)
        is_success = status == "success"
        latency_ms = _latency_ms(row["token_count"], status, parameters, chance)
        feedback = _feedback(tier, is_success, parameters, chance)
        bonus = parameters.liked_download_bonus if feedback == "thumbs_up" else 0.0
        download_share = getattr(parameters.download_shares, tier) + bonus
        mean = parameters.mean_retries_success if is_success else parameters.mean_retries_failure
        finished.append(
            {
                **row,
                "status": status,
                "latency_ms": latency_ms,
                "retry_count": min(_poisson(mean, chance), parameters.max_retries),
                "cost_credits": _cost(row, latency_ms, is_success, parameters),
                "feedback": feedback,
                "is_downloaded": is_success and chance.random() < download_share,
                "model_version": chance.choices(models, model_weights)[0],
            }
        )
    return finished


def _status(
    row: dict[str, Any],
    keyword: re.Pattern[str],
    parameters: TelemetryParameters,
    chance: random.Random,
) -> str:
    is_unsafe = keyword.search(row["prompt"]) is not None
    if is_unsafe and chance.random() < parameters.safety_violation_share:
        return "safety_violation"
    is_long = row["token_count"] > parameters.long_prompt_tokens
    if is_long and chance.random() < parameters.timeout_share:
        return "timeout"
    if chance.random() < getattr(parameters.rate_limited_shares, row["user_tier"]):
        return "rate_limited"
    return "model_error" if chance.random() < parameters.model_error_share else "success"


def _latency_ms(
    token_count: int, status: str, parameters: TelemetryParameters, chance: random.Random
) -> int:
    if status == "timeout":
        return parameters.timeout_latency_ms
    if status in {"safety_violation", "rate_limited"}:
        return round(chance.uniform(*parameters.rejection_latency_ms))
    typical = max(token_count, 1) * parameters.latency_ms_per_token
    latency = typical * math.exp(parameters.latency_sigma * chance.gauss(0, 1))
    return max(1, round(min(latency, parameters.timeout_latency_ms)))


def _feedback(
    tier: str, is_success: bool, parameters: TelemetryParameters, chance: random.Random
) -> str | None:
    if chance.random() >= getattr(parameters.feedback_shares, tier):
        return None
    up_share = (
        parameters.thumbs_up_share_success if is_success else parameters.thumbs_up_share_failure
    )
    return "thumbs_up" if chance.random() < up_share else "thumbs_down"


def _cost(
    row: dict[str, Any], latency_ms: int, is_success: bool, parameters: TelemetryParameters
) -> float:
    full = (
        row["token_count"] * parameters.cost_credits_per_token
        + latency_ms / 1000 * parameters.cost_credits_per_compute_s
    )
    share = 1.0 if is_success else parameters.failure_cost_share
    discount = 1 - getattr(parameters.tier_discounts, row["user_tier"])
    return max(round(full * share * discount, 4), 0.0001)


def _poisson(mean: float, chance: random.Random) -> int:
    """Knuth's method: multiply uniforms until they fall below exp(-mean)."""
    count, product, floor = 0, chance.random(), math.exp(-mean)
    while product > floor:
        count += 1
        product *= chance.random()
    return count
