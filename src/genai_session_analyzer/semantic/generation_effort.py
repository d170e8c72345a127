"""What generations took, in time, retries and money: measures over fct_generations."""

import ibis
import ibis.expr.types as ir

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


def _retry_share(rows: ir.Table) -> ir.FloatingValue:
    """The part of a generation's attempts that were retries, 0-1; 0 where they are unknown."""
    retries = rows.retry_count.fill_null(0)
    return retries / (retries + 1.0)


def _wasted_share(rows: ir.Table) -> ir.FloatingValue:
    """The part of a generation's cost that bought nothing, 0-1; 0 where the status is unknown."""
    return ibis.cases(
        (rows.status == "success", _retry_share(rows)), (rows.status.notnull(), 1.0), else_=0.0
    )


def _paid_images(rows: ir.Table) -> ir.IntegerScalar:
    images = rows.image_count.fill_null(1)
    is_paid_success = (rows.status == "success") & rows.cost_credits.notnull()
    return exact_sum(images, where=is_paid_success).fill_null(0)


RETRY_COST = Measure(
    name="retry_cost_credits",
    expression=lambda rows: exact_sum(
        rows.cost_credits * _retry_share(rows), where=rows.status == "success"
    ),
    description="part of the successes' cost that went into their retries, if attempts cost alike",
    unit="credits",
    formula="sum of cost_credits x retry_count / (retry_count + 1) where status is success",
    additive=True,
    synonyms=("cost of retries",),
)
WASTED_COST = Measure(
    name="wasted_cost_credits",
    expression=lambda rows: exact_sum(rows.cost_credits * _wasted_share(rows)),
    description="known cost that bought nothing: of failures, and of the retries of successes",
    unit="credits",
    formula="failure_cost_credits + retry_cost_credits, each 0 where there is none",
    additive=True,
    synonyms=("waste", "money spent on nothing"),
)
PAID_IMAGE_COUNT = Measure(
    name="paid_image_count",
    expression=_paid_images,
    description="images of the successes whose cost is known, one where their number is not",
    unit="images",
    formula="sum of image_count (1 if unknown) where status is success and cost is known",
    additive=True,
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
    RETRY_COST,
    WASTED_COST,
    ratio(
        "wasted_cost_share",
        (WASTED_COST, TOTAL_COST),
        "share of the known cost that bought nothing",
        "rate",
    ),
    PAID_IMAGE_COUNT,
    ratio(
        "cost_per_image_credits",
        (TOTAL_COST, PAID_IMAGE_COUNT),
        "all known cost, failures included, per image of a success",
        "credits",
    ),
)
