"""The telemetry rules of the profile `classic`, once row by row in plain Python, once in NumPy.

Prints the time per row of both and their ratio; the distributions must agree, or it ends in an
error.
"""

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
from row_by_row_rules import add_telemetry, make_rows

PLAIN_ROWS = 20_000
ARRAY_ROWS = 10 * BLOCK_ROWS
ROUNDS = 3
TARGET_RATIO = 200


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


def as_requests(rows: list[dict[str, Any]], parameters: TelemetryParameters) -> Requests:
    """The same requests as arrays, as the simulation holds them; nothing observed."""
    keyword = re.compile(r"\b(?:" + "|".join(parameters.safety_keywords) + r")\b", re.IGNORECASE)
    unknown = np.full(len(rows), UNKNOWN)
    return Requests(
        tiers=np.array([USER_TIERS.index(row["user_tier"]) for row in rows], dtype=np.int32),
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
