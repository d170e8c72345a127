"""Checks of generations: values that cannot be, whatever the source."""

import ibis
import ibis.expr.types as ir

from genai_session_analyzer.pipelines.metrics.checks import Check, RowCheck
from genai_session_analyzer.schema.values import FAILURE_STATUSES


def _flags_disagree(table: ir.Table) -> ir.BooleanValue:
    flags = table.is_success.cast("int64")
    for status in FAILURE_STATUSES:
        flags = flags + table[f"is_{status}"].cast("int64")
    return ibis.ifelse(table.status.isnull(), flags.notnull(), (flags != 1) | flags.isnull())


GENERATION_CHECKS: tuple[Check, ...] = (
    RowCheck(
        "latency_not_negative", "fct_generations", "latency_ms >= 0", lambda t: t.latency_ms < 0
    ),
    RowCheck(
        "retries_not_negative",
        "fct_generations",
        "retry_count >= 0",
        lambda t: t.retry_count < 0,
    ),
    RowCheck(
        "cost_valid",
        "fct_generations",
        "cost_credits is finite and not negative",
        lambda t: (t.cost_credits < 0) | t.cost_credits.isnan() | t.cost_credits.isinf(),
    ),
    RowCheck(
        "cost_positive_on_success",
        "fct_generations",
        "a simulated success costs something",
        lambda t: t.is_success & (t.cost_credits <= 0) & (t.telemetry_origin == "simulated"),
    ),
    RowCheck(
        "tokens_not_negative",
        "fct_generations",
        "token_count >= 0",
        lambda t: t.token_count < 0,
    ),
    RowCheck(
        "download_only_of_success",
        "fct_generations",
        "nothing is downloaded from a failure in simulated telemetry",
        lambda t: t.is_downloaded & ~t.is_success & (t.telemetry_origin == "simulated"),
    ),
    RowCheck("status_flags_agree", "fct_generations", "one flag per known status", _flags_disagree),
    RowCheck(
        "generation_date_valid",
        "fct_generations",
        "requested_date is the day of requested_at",
        lambda t: t.requested_date != t.requested_at.date(),
    ),
)
"""Ranges of the numbers, and flags that agree with the status."""
