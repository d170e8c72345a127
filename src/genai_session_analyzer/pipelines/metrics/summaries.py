"""The two summaries, made of the semantic layer's measures."""

import ibis
import ibis.expr.types as ir

from genai_session_analyzer.schema import TABLES
from genai_session_analyzer.semantic.sessions import SESSIONS

_COUNTS = (
    "active_users",
    "session_count",
    "generation_count",
    "success_count",
    "timeout_count",
    "safety_violation_count",
    "rate_limited_count",
    "model_error_count",
    "thumbs_up_count",
    "thumbs_down_count",
    "download_count",
)


def build_user_friction_summary(fct_sessions: ir.Table) -> ir.Table:
    """One row per user tier (key `user_tier`)."""
    names = TABLES["user_friction_summary"].column_names
    measures = ["active_users" if name == "user_count" else name for name in names[1:]]
    summary = SESSIONS.aggregate(fct_sessions, ("user_tier",), measures)
    return summary.rename(user_count="active_users").select(*names)


def build_daily_metrics(fct_sessions: ir.Table) -> ir.Table:
    """One row per day from the first session to the last (key `session_date`); no day is missing.

    On a day without sessions the counts are 0 and the means and rates null.
    """
    names = TABLES["daily_metrics"].column_names
    daily = SESSIONS.aggregate(fct_sessions, ("session_date",), names[1:])
    days = _every_day(fct_sessions)
    complete = days.left_join(daily, "session_date")
    return complete.mutate(**{name: complete[name].fill_null(0) for name in _COUNTS}).select(*names)


def _every_day(fct_sessions: ir.Table) -> ir.Table:
    """One row per day of the sessions' range."""
    span = fct_sessions.aggregate(
        first_day=fct_sessions.session_date.min(), last_day=fct_sessions.session_date.max()
    ).filter(lambda t: t.first_day.notnull())
    numbers = ibis.range(span.last_day.delta(span.first_day, unit="day") + 1)
    offsets = span.select("first_day", day_number=numbers.unnest())  # Spark: nothing around it
    day_number = offsets.day_number.cast("int32")
    return offsets.select(
        session_date=(offsets.first_day + day_number.as_interval("D")).cast("date")
    )
