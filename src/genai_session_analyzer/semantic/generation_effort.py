"""What generations took, in time, retries and money: measures over fct_generations."""

from genai_session_analyzer.semantic.aggregates import also_called, exact_sum, ratio, total
from genai_session_analyzer.semantic.generation_outcomes import generations_with
from genai_session_analyzer.semantic.measures import Measure


def _latency_quantile(name: str, share: float) -> Measure:
    return Measure(
        name=name,
        expression=lambda rows: rows.latency_ms.quantile(share),
        description=f"latency that {share:.0%} of the generations stay within",
        unit="ms",
        formula=f"exact {share:g} quantile of latency_ms",
    )


KNOWN_LATENCY_COUNT = generations_with("known_latency_count", "latency_ms")
TOTAL_LATENCY = total("total_latency_ms", "latency_ms", "time spent waiting", "ms")
KNOWN_RETRY_COUNT = generations_with("known_retry_count", "retry_count")
TOTAL_RETRIES = also_called(
    total("total_retries", "retry_count", "retries before the answers", "retries"), "retries"
)
EFFORT = (
    KNOWN_LATENCY_COUNT,
    TOTAL_LATENCY,
    also_called(
        ratio("mean_latency_ms", (TOTAL_LATENCY, KNOWN_LATENCY_COUNT), "mean known latency", "ms"),
        "response time",
        "speed",
    ),
    _latency_quantile("p50_latency_ms", 0.5),
    _latency_quantile("p95_latency_ms", 0.95),
    Measure(
        name="max_latency_ms",
        expression=lambda rows: rows.latency_ms.max(),
        description="longest known latency",
        unit="ms",
        formula="largest latency_ms",
    ),
    KNOWN_RETRY_COUNT,
    TOTAL_RETRIES,
    ratio("mean_retry_count", (TOTAL_RETRIES, KNOWN_RETRY_COUNT), "mean known retries", "retries"),
)

KNOWN_COST_COUNT = generations_with("known_cost_count", "cost_credits")
TOTAL_COST = also_called(
    total("total_cost_credits", "cost_credits", "known cost", "credits"), "cost", "spend"
)
FAILURE_COST = Measure(
    name="failure_cost_credits",
    expression=lambda rows: exact_sum(rows.cost_credits, where=rows.status != "success"),
    description="known cost of generations known to have failed",
    unit="credits",
    formula="sum of cost_credits where status is known and not success",
    additive=True,
    synonyms=("wasted cost",),
)
COSTS = (
    KNOWN_COST_COUNT,
    TOTAL_COST,
    ratio("mean_cost_credits", (TOTAL_COST, KNOWN_COST_COUNT), "mean known cost", "credits"),
    FAILURE_COST,
    ratio(
        "failure_cost_share",
        (FAILURE_COST, TOTAL_COST),
        "share of the known cost that went into failures",
        "rate",
    ),
)
