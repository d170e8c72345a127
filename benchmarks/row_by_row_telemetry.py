"""The telemetry rules of the profile `classic`, once row by row in plain Python, once in NumPy.

Prints the time per row of both and their ratio; the distributions must agree, or it ends in an
error.
"""

import math
import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import yaml

from genai_session_analyzer.pipelines.simulation.parameters import (
    SimulationParameters,
    TelemetryParameters,
)
from genai_session_analyzer.pipelines.simulation.random_blocks import BLOCK_ROWS, blocks, stream
from genai_session_analyzer.pipelines.simulation.source_arrays import UNKNOWN
from genai_session_analyzer.pipelines.simulation.telemetry import (
    Requests,
    Telemetry,
    simulate_telemetry,
)
from genai_session_analyzer.schema.values import STATUSES, USER_TIERS
from kedro_project import PROJECT

PLAIN_ROWS = 20_000
ARRAY_ROWS = 10 * BLOCK_ROWS
ROUNDS = 3
TARGET_RATIO = 200
TIER_SHARES = (0.70, 0.25, 0.05)
SUBJECTS = ("a quiet lake", "a castle on a hill", "portrait of a sailor", "nude figure study")
SUBJECT_WEIGHTS = (40, 30, 28, 2)
DETAIL = ", highly detailed, golden hour"
MOST_DETAILS = 14


@dataclass(frozen=True)
class Measured:
    """Microseconds a row, best of a few rounds, and how often the rows-by-row one takes longer."""

    plain_us: float
    arrays_us: float

    @property
    def ratio(self) -> float:
        """Time per row of the plain loop relative to the arrays."""
        return self.plain_us / self.arrays_us


def classic_parameters() -> TelemetryParameters:
    """The telemetry section of the profile `classic`, as shipped."""
    text = (PROJECT / "conf/base/parameters_simulation.yml").read_text(encoding="utf-8")
    section = yaml.safe_load(text)["simulation"] | {"profile": "classic"}
    return SimulationParameters.model_validate(section).with_profile().telemetry


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


def as_requests(rows: list[dict[str, Any]], parameters: TelemetryParameters) -> Requests:
    """The same requests as arrays, as the simulation holds them; nothing observed."""
    keyword = re.compile(r"\b(?:" + "|".join(parameters.safety_keywords) + r")\b", re.IGNORECASE)
    unknown = np.full(len(rows), UNKNOWN)
    return Requests(
        tiers=np.array([USER_TIERS.index(row["user_tier"]) for row in rows]),
        token_counts=np.array([row["token_count"] for row in rows], dtype=np.int32),
        is_unsafe=np.array([keyword.search(row["prompt"]) is not None for row in rows]),
        status_codes=unknown.astype(np.int8),
        latency_ms=unknown.astype(np.int64),
        feedback_codes=unknown.astype(np.int8),
    )


def simulate_arrays(
    requests: Requests, row_count: int, parameters: TelemetryParameters, seed: int
) -> list[Telemetry]:
    """The telemetry of so many rows, a block at a time; the requests are used again and again."""
    return [
        simulate_telemetry(
            _part(requests, rows.stop - rows.start), parameters, stream(seed, "telemetry", block)
        )
        for block, rows in blocks(row_count)
    ]


def _part(requests: Requests, size: int) -> Requests:
    return Requests(**{name: values[:size] for name, values in vars(requests).items()})


def measure(seed: int = 7) -> Measured:
    """Times both versions and compares what they made.

    Raises:
        AssertionError: Their distributions differ by more than chance and a margin allow.
    """
    parameters = classic_parameters()
    rows = make_rows(PLAIN_ROWS, seed)
    requests = as_requests(make_rows(BLOCK_ROWS, seed + 1), parameters)
    plain_s, finished = _timed(lambda: add_telemetry(rows, parameters, seed))
    arrays_s, simulated = _timed(lambda: simulate_arrays(requests, ARRAY_ROWS, parameters, seed))
    compare(finished, simulated)
    return Measured(plain_s / PLAIN_ROWS * 1e6, arrays_s / ARRAY_ROWS * 1e6)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of the fastest of a few rounds, and the last result."""
    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - started)
    return min(seconds), result


def compare(finished: list[dict[str, Any]], simulated: list[Telemetry]) -> None:
    """Holds status shares and the means of the numbers against each other.

    Raises:
        AssertionError: A share differs by more than 0.01, or a mean by more than 5 %.
    """
    codes = np.concatenate([each.status_codes for each in simulated])
    told = Counter(row["status"] for row in finished)
    for code, status in enumerate(STATUSES):
        gap = told[status] / len(finished) - np.mean(codes == code)
        assert abs(gap) <= 0.01, f"{status}: {gap:+.3f}"  # noqa: S101
    for plain, ours in (
        ("latency_ms", "latency_ms"),
        ("retry_count", "retry_counts"),
        ("cost_credits", "cost_credits"),
        ("is_downloaded", "is_downloaded"),
    ):
        mean = np.mean(np.concatenate([getattr(each, ours) for each in simulated]))
        gap = sum(row[plain] for row in finished) / len(finished) / mean - 1
        assert abs(gap) <= 0.05, f"{plain}: {gap:+.1%}"  # noqa: S101


def main() -> None:
    """Measures and prints one line."""
    measured = measure()
    print(
        f"telemetry rules: row by row {measured.plain_us:.2f} us a row, "
        f"NumPy {measured.arrays_us:.3f} us a row: ratio {measured.ratio:.0f} "
        f"(target {TARGET_RATIO})"
    )


if __name__ == "__main__":
    main()
