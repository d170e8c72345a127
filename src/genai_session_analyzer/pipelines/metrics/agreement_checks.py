"""Checks across tables: totals that must agree, and rates that simulated data must show."""

import ibis.expr.types as ir

from genai_session_analyzer.pipelines.metrics.checks import Check, SetCheck, Tables
from genai_session_analyzer.schema.values import USER_TIERS

TOLERANCE = 1e-4
"""Relative difference allowed between two sums of money."""
MIN_SAMPLE = 200
"""Fewer simulated rows than this say little about a rate."""


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
            is_of_whole=True,
        ),
        SetCheck(
            "daily_no_gaps",
            "daily_metrics",
            "a row for every day of the range",
            _daily_gaps,
            is_of_whole=True,
        ),
    ]


def _total_agrees(table_name: str, column: str) -> Check:
    def offending(tables: Tables) -> ir.Table:
        """Return one row with both totals where they differ; none where they agree."""
        total = tables[table_name].aggregate(total=lambda t: t[column].sum().fill_null(0))
        facts = tables["fct_generations"].aggregate(expected=lambda t: t.count())
        both = total.cross_join(facts)
        return both.filter(both.total != both.expected)

    return SetCheck(
        f"{table_name}_totals_agree",
        table_name,
        f"{column} adds up to the number of generations",
        offending,
        is_of_whole=True,
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
            is_of_whole=True,
        ),
        SetCheck(
            "simulated_tier_mix_plausible",
            "dim_users",
            "free users are the most numerous, enterprise users the fewest",
            _implausible_tier_mix,
            is_of_whole=True,
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
