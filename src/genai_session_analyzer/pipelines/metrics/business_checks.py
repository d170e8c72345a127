"""Checks of what the numbers mean: ranges, times, money, friction, and sums that must agree."""

import ibis
import ibis.expr.types as ir

from genai_session_analyzer.pipelines.metrics.checks import Check, RowCheck, SetCheck, Tables
from genai_session_analyzer.schema.values import FAILURE_STATUSES, USER_TIERS
from genai_session_analyzer.semantic.friction import FrictionParameters

TOLERANCE = 1e-4
"""Rounding allowed between two ways to one number."""
MIN_SAMPLE = 200
"""Fewer simulated rows than this say little about a rate."""


def range_checks() -> list[Check]:
    """Values that cannot be, whatever the source."""
    return [
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
        RowCheck(
            "status_flags_agree", "fct_generations", "one flag per known status", _flags_disagree
        ),
        RowCheck(
            "generation_date_valid",
            "fct_generations",
            "requested_date is the day of requested_at",
            lambda t: t.requested_date != t.requested_at.date(),
        ),
    ]


def _flags_disagree(table: ir.Table) -> ir.BooleanValue:
    flags = table.is_success.cast("int64")
    for status in FAILURE_STATUSES:
        flags = flags + table[f"is_{status}"].cast("int64")
    return ibis.ifelse(table.status.isnull(), flags.notnull(), (flags != 1) | flags.isnull())


def session_checks(friction: FrictionParameters) -> list[Check]:
    """Sessions: dates, counts, rates and friction."""
    return [
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
            "friction_agrees_with_errors",
            "fct_sessions",
            "friction_score is at least the errors' share and at most the rest above it",
            lambda t: _friction_disagrees(t, friction.error_weight),
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
    ]


def _counts_disagree(table: ir.Table) -> ir.BooleanValue:
    known = table.success_count
    for status in FAILURE_STATUSES:
        known = known + table[f"{status}_count"]
    return (known != table.known_status_count) | (known > table.generation_count)


def _friction_disagrees(table: ir.Table, error_weight: float) -> ir.BooleanValue:
    errors = error_weight * (1 - table.success_count / table.known_status_count.nullif(0))
    highest = errors + 100 - error_weight
    return ~table.friction_score.between(errors - TOLERANCE, highest + TOLERANCE)


def user_checks() -> list[Check]:
    """Users: signup before activity, lifetimes that hold together."""
    return [
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
    ]


def agreement_checks() -> list[Check]:
    """Tables that must tell the same story."""
    totals = [
        ("fct_sessions", "generation_count"),
        ("dim_users", "total_generations"),
        ("daily_metrics", "generation_count"),
        ("user_friction_summary", "generation_count"),
    ]
    return [
        *(_total_agrees(table, column) for table, column in totals),
        SetCheck(
            "daily_cost_agrees",
            "daily_metrics",
            "daily cost adds up to the generations' cost",
            _daily_cost_differs,
        ),
        SetCheck("daily_no_gaps", "daily_metrics", "a row for every day of the range", _daily_gaps),
    ]


def _total_agrees(table_name: str, column: str) -> Check:
    def offending(tables: Tables) -> ir.Table:
        total = tables[table_name].aggregate(total=lambda t: t[column].sum().fill_null(0))
        facts = tables["fct_generations"].aggregate(expected=lambda t: t.count())
        both = total.cross_join(facts)
        return both.filter(both.total != both.expected)

    return SetCheck(
        f"{table_name}_totals_agree",
        table_name,
        f"{column} adds up to the number of generations",
        offending,
    )


def _daily_cost_differs(tables: Tables) -> ir.Table:
    daily = tables["daily_metrics"].aggregate(
        total=lambda t: t.total_cost_credits.sum().fill_null(0)
    )
    facts = tables["fct_generations"].aggregate(
        expected=lambda t: t.cost_credits.sum().fill_null(0)
    )
    both = daily.cross_join(facts)
    return both.filter((both.total - both.expected).abs() > TOLERANCE * (1 + both.expected.abs()))


def _daily_gaps(tables: Tables) -> ir.Table:
    days = tables["daily_metrics"].aggregate(
        row_count=lambda t: t.count(),
        first_day=lambda t: t.session_date.min(),
        last_day=lambda t: t.session_date.max(),
    )
    span = days.last_day.delta(days.first_day, unit="day") + 1
    return days.filter(days.row_count != span)


def plausibility_checks() -> list[Check]:
    """Rates that simulated data must show; small samples and observed data are left alone."""
    return [
        SetCheck(
            "simulated_success_rate_plausible",
            "fct_generations",
            "success rate of simulated telemetry in 50-99 %",
            _implausible_success_rate,
        ),
        SetCheck(
            "simulated_tier_mix_plausible",
            "dim_users",
            "free users are the most numerous, enterprise users the fewest",
            _implausible_tier_mix,
        ),
    ]


def _implausible_success_rate(tables: Tables) -> ir.Table:
    facts = tables["fct_generations"]
    simulated = facts.filter(facts.telemetry_origin == "simulated", facts.status.notnull())
    rate = simulated.aggregate(
        row_count=simulated.count(), success_rate=simulated.is_success.cast("int64").mean()
    )
    return rate.filter(rate.row_count >= MIN_SAMPLE, ~rate.success_rate.between(0.50, 0.99))


def _implausible_tier_mix(tables: Tables) -> ir.Table:
    users = tables["dim_users"].filter(lambda t: t.profile_origin == "simulated")
    mix = users.aggregate(
        row_count=users.count(),
        **{tier: (users.user_tier == tier).cast("int64").sum() for tier in USER_TIERS},
    )
    in_order = (mix.free > mix.pro) & (mix.pro > mix.enterprise) & (mix.enterprise > 0)
    return mix.filter(mix.row_count >= MIN_SAMPLE, ~in_order)
