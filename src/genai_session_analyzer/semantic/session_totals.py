"""Measures over fct_sessions that add up what its generations did.

Rates come from the sums, never from the sessions' rates, so they equal those over fct_generations.
"""

import ibis.expr.types as ir

from genai_session_analyzer.schema.values import FAILURE_STATUSES
from genai_session_analyzer.semantic.aggregates import (
    also_called,
    count_total,
    exact_sum,
    ratio,
    total,
)
from genai_session_analyzer.semantic.measures import Measure


def _generations(column: str, description: str) -> Measure:
    return count_total(column, column, description, "generations")


def _simulated(sessions: ir.Table) -> ir.IntegerScalar:
    generations = (sessions.simulated_share * sessions.generation_count).round()
    return exact_sum(generations.cast("int64")).fill_null(0)


def _feedback(sessions: ir.Table) -> ir.IntegerScalar:
    return exact_sum(sessions.thumbs_up_count + sessions.thumbs_down_count).fill_null(0)


GENERATION_COUNT = also_called(
    _generations("generation_count", "requests for images"), "requests", "volume"
)
_KNOWN_STATUS_COUNT = _generations("known_status_count", "generations whose status is known")
_SUCCESS_COUNT = _generations("success_count", "generations known to have succeeded")
_FAILURE_COUNT = Measure(
    name="failure_count",
    expression=lambda rows: exact_sum(rows.known_status_count - rows.success_count).fill_null(0),
    description="generations known to have failed, for any reason",
    unit="generations",
    formula="sum of (known_status_count - success_count)",
    additive=True,
    synonyms=("errors", "failures"),
)
_KNOWN_LATENCY_COUNT = _generations("known_latency_count", "generations whose latency is known")
_TOTAL_LATENCY = total("total_latency_ms", "total_latency_ms", "time spent waiting", "ms")
_FEEDBACK_COUNT = Measure(
    name="feedback_count",
    expression=_feedback,
    description="generations with a verdict, up or down",
    unit="generations",
    formula="sum of (thumbs_up_count + thumbs_down_count)",
    additive=True,
)
_DOWNLOAD_COUNT = also_called(
    _generations("download_count", "generations with a downloaded image"), "downloads"
)
_SIMULATED_COUNT = Measure(
    name="simulated_count",
    expression=_simulated,
    description="generations of which any part is simulated",
    unit="generations",
    formula="sum of round(simulated_share x generation_count)",
    additive=True,
)
TOTAL_COST = also_called(
    total("total_cost_credits", "total_cost_credits", "known cost", "credits"), "cost", "spend"
)

TOTALS = (
    GENERATION_COUNT,
    _KNOWN_STATUS_COUNT,
    _SUCCESS_COUNT,
    *(
        _generations(f"{status}_count", f"generations that ended in {status}")
        for status in FAILURE_STATUSES
    ),
    _FAILURE_COUNT,
    ratio(
        "success_rate",
        (_SUCCESS_COUNT, _KNOWN_STATUS_COUNT),
        "share of generations of known status that succeeded",
        "rate",
    ),
    ratio(
        "error_rate",
        (_FAILURE_COUNT, _KNOWN_STATUS_COUNT),
        "share of generations of known status that failed",
        "rate",
    ),
    _KNOWN_LATENCY_COUNT,
    _TOTAL_LATENCY,
    ratio("mean_latency_ms", (_TOTAL_LATENCY, _KNOWN_LATENCY_COUNT), "mean known latency", "ms"),
    total("total_retries", "total_retries", "retries before the answers", "retries"),
    TOTAL_COST,
    _generations("thumbs_up_count", "generations with a thumbs up"),
    _generations("thumbs_down_count", "generations with a thumbs down"),
    _FEEDBACK_COUNT,
    ratio(
        "feedback_rate",
        (_FEEDBACK_COUNT, GENERATION_COUNT),
        "share of generations that got a verdict",
        "rate",
    ),
    _DOWNLOAD_COUNT,
    ratio(
        "download_rate",
        (_DOWNLOAD_COUNT, _SUCCESS_COUNT),
        "generations with a downloaded image per success",
        "rate",
    ),
    _SIMULATED_COUNT,
    ratio(
        "simulated_share",
        (_SIMULATED_COUNT, GENERATION_COUNT),
        "share of generations of which any part is simulated",
        "rate",
    ),
)
