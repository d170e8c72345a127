"""Facts: generations, cut into sessions, and the sessions."""

import ibis
import ibis.expr.types as ir

from genai_session_analyzer.pipelines.modeling.parameters import ModelingParameters
from genai_session_analyzer.schema.facts import FCT_GENERATIONS, FCT_SESSIONS
from genai_session_analyzer.schema.prompt_text import prompt_length_category
from genai_session_analyzer.schema.values import STATUSES
from genai_session_analyzer.semantic.friction import (
    FrictionParameters,
    friction_band,
    friction_score,
    latency_ceiling_ms,
)
from genai_session_analyzer.semantic.generations import GENERATIONS
from genai_session_analyzer.semantic.rounding import rounded

SESSION_MEASURES = (
    "generation_count",
    "known_status_count",
    "success_count",
    "timeout_count",
    "safety_violation_count",
    "rate_limited_count",
    "model_error_count",
    "success_rate",
    "error_rate",
    "known_latency_count",
    "total_latency_ms",
    "mean_latency_ms",
    "max_latency_ms",
    "total_cost_credits",
    "total_retries",
    "mean_retry_count",
    "thumbs_up_count",
    "thumbs_down_count",
    "download_count",
    "simulated_share",
)
"""Measures of the generations that fct_sessions keeps per session."""


def build_fct_generations(
    stg_generations: ir.Table, stg_users: ir.Table, modeling: ModelingParameters
) -> ir.Table:
    """One row per generation (key `generation_id`), in its session, with its user's profile.

    A session is a run of a user's generations without a pause longer than the gap. Its id is the
    user's and the second it started: unique, because two sessions of a user start at least the
    gap (a minute or more) apart. The join is many-to-one, by `user_id`.
    """
    generations = stg_generations.drop("user_tier", "region", "device_type", "signup_date")
    sessionized = _with_session_id(generations, modeling.session_gap_minutes)
    profiles = stg_users.select("user_id", "user_tier", "region", "device_type", "profile_origin")
    facts = sessionized.left_join(profiles, "user_id")
    facts = facts.mutate(
        requested_date=facts.requested_at.date(),
        prompt_length_category=prompt_length_category(facts.token_count),
        **{f"is_{status}": facts.status == status for status in STATUSES},
    )
    return facts.select(*FCT_GENERATIONS.column_names)


def _with_session_id(generations: ir.Table, gap_minutes: int) -> ir.Table:
    starts = _session_starts(generations, gap_minutes)
    so_far = ibis.cumulative_window(
        group_by=starts.user_id, order_by=[starts.requested_at, starts.raw_id]
    )
    sessions = starts.select(
        "raw_id", "user_id", session_started_at=starts.session_start.max().over(so_far)
    )
    named = sessions.select(
        "raw_id",
        session_id=sessions.user_id
        + "-"
        + whole_seconds(sessions.session_started_at).cast("string"),
    )
    return generations.inner_join(named, "raw_id")


def _session_starts(generations: ir.Table, gap_minutes: int) -> ir.Table:
    """One row per generation: its time where it starts a session, else null."""
    by_user = ibis.window(
        group_by=generations.user_id, order_by=[generations.requested_at, generations.raw_id]
    )
    timed = generations.select(
        "raw_id",
        "user_id",
        "requested_at",
        previous_at=generations.requested_at.lag().over(by_user),
    )
    goes_on = timed.requested_at <= timed.previous_at + ibis.interval(minutes=gap_minutes)
    return timed.mutate(
        session_start=ibis.cases((goes_on, ibis.null("timestamp")), else_=timed.requested_at)
    )


def build_fct_sessions(
    fct_generations: ir.Table, modeling: ModelingParameters, friction: FrictionParameters
) -> ir.Table:
    """One row per session (key `session_id`): counts, cost, friction, and whether the user left."""
    sessions = _totals(fct_generations, friction)
    scored = sessions.mutate(
        duration_s=_seconds_between(sessions.started_at, sessions.ended_at),
        session_date=sessions.started_at.date(),
        friction_score=friction_score(
            sessions.error_rate,
            sessions.mean_latency_ms,
            sessions.mean_retry_count,
            friction,
            sessions.latency_ceiling_ms,
        ),
        churned_after=_churned_after(sessions, modeling.churn_days),
    )
    banded = scored.mutate(friction_band=friction_band(scored.friction_score, friction))
    return banded.select(*FCT_SESSIONS.column_names)


def _totals(generations: ir.Table, friction: FrictionParameters) -> ir.Table:
    priced = generations.mutate(latency_ceiling_ms=latency_ceiling_ms(generations, friction))
    return priced.group_by("session_id", "user_id").aggregate(
        started_at=priced.requested_at.min(),
        ended_at=priced.requested_at.max(),
        latency_ceiling_ms=rounded(priced.latency_ceiling_ms.mean(), 6),
        user_tier=priced.user_tier.max(),
        region=priced.region.max(),
        device_type=priced.device_type.max(),
        **GENERATIONS.values(priced, SESSION_MEASURES),
    )


def whole_seconds(moment: ir.TimestampValue) -> ir.IntegerValue:
    """Seconds since 1970, rounded down: a whole number on every engine."""
    return moment.truncate("s").epoch_seconds().cast("int64")


def _seconds_between(start: ir.TimestampValue, end: ir.TimestampValue) -> ir.FloatingValue:
    """To the millisecond; whole numbers until the last step, so that every engine agrees."""
    seconds = whole_seconds(end) - whole_seconds(start)
    return (seconds * 1000 + end.millisecond() - start.millisecond()) / 1000


def _churned_after(sessions: ir.Table, churn_days: int) -> ir.BooleanValue:
    """No session of the user within the days after; null where the data ends before they do."""
    by_user = ibis.window(group_by=sessions.user_id, order_by=sessions.started_at)
    horizon = sessions.ended_at + ibis.interval(days=churn_days)
    data_end = sessions.ended_at.max().as_scalar()
    return ibis.cases(
        (sessions.started_at.lead().over(by_user) <= horizon, False),
        (data_end < horizon, ibis.null("boolean")),
        else_=True,
    )
