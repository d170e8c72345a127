"""Checks of sessions and users: dates, counts, rates, friction, lifetimes."""

import ibis.expr.types as ir

from genai_session_analyzer.pipelines.metrics.checks import Check, RowCheck
from genai_session_analyzer.schema.values import FAILURE_STATUSES
from genai_session_analyzer.semantic.friction import FrictionParameters

TOLERANCE = 1e-4
"""Rounding allowed between two ways to one number."""


def _counts_disagree(table: ir.Table) -> ir.BooleanValue:
    known = table.success_count
    for status in FAILURE_STATUSES:
        known = known + table[f"{status}_count"]
    return (known != table.known_status_count) | (known > table.generation_count)


SESSION_CHECKS: tuple[Check, ...] = (
    RowCheck(
        "session_ends_after_start",
        "fct_sessions",
        "ended_at >= started_at",
        lambda t: t.ended_at < t.started_at,
    ),
    RowCheck(
        "session_date_valid",
        "fct_sessions",
        "session_date is the day of started_at",
        lambda t: t.session_date != t.started_at.date(),
    ),
    RowCheck(
        "session_not_empty",
        "fct_sessions",
        "generation_count >= 1",
        lambda t: t.generation_count < 1,
    ),
    RowCheck(
        "session_status_counts_agree",
        "fct_sessions",
        "successes and failures add up",
        _counts_disagree,
    ),
    RowCheck(
        "success_rate_in_range",
        "fct_sessions",
        "success_rate in 0-1",
        lambda t: ~t.success_rate.between(0, 1),
    ),
    RowCheck(
        "friction_in_range",
        "fct_sessions",
        "friction_score in 0-100",
        lambda t: ~t.friction_score.between(0, 100),
    ),
    RowCheck(
        "friction_band_present",
        "fct_sessions",
        "a score has a band, no score has none",
        lambda t: t.friction_score.isnull() != t.friction_band.isnull(),
    ),
    RowCheck(
        "session_cost_not_negative",
        "fct_sessions",
        "total_cost_credits >= 0",
        lambda t: t.total_cost_credits < 0,
    ),
    RowCheck(
        "max_latency_not_below_mean",
        "fct_sessions",
        "max_latency_ms >= mean_latency_ms",
        lambda t: t.max_latency_ms < t.mean_latency_ms - TOLERANCE,
    ),
)
"""Dates, counts and rates of sessions."""

USER_CHECKS: tuple[Check, ...] = (
    RowCheck(
        "signup_before_activity",
        "dim_users",
        "signup_date is not after the first generation",
        lambda t: t.signup_date > t.first_generation_at.date(),
    ),
    RowCheck(
        "activity_in_order",
        "dim_users",
        "first_generation_at <= last_generation_at",
        lambda t: t.first_generation_at > t.last_generation_at,
    ),
    RowCheck(
        "lifetime_counts_agree",
        "dim_users",
        "no more successes or sessions than generations",
        lambda t: (
            (t.successful_generations > t.total_generations)
            | (t.total_sessions > t.total_generations)
        ),
    ),
    RowCheck(
        "cohort_week_valid",
        "dim_users",
        "cohort_week is the Monday of the signup's week",
        lambda t: t.cohort_week != t.signup_date.truncate("W"),
    ),
)
"""Signup before activity, lifetimes that hold together."""


def friction_check(friction: FrictionParameters) -> Check:
    """Friction lies where the error rate alone puts it, give or take latency and retries."""
    return RowCheck(
        "friction_agrees_with_errors",
        "fct_sessions",
        "friction_score is at least the errors' share and at most the rest above it",
        lambda t: _friction_disagrees(t, friction.error_weight),
    )


def _friction_disagrees(table: ir.Table, error_weight: float) -> ir.BooleanValue:
    errors = error_weight * (1 - table.success_count / table.known_status_count.nullif(0))
    highest = errors + 100 - error_weight
    return ~table.friction_score.between(errors - TOLERANCE, highest + TOLERANCE)
