"""The measures and dimensions of fct_sessions."""

from genai_session_analyzer.schema.facts import FCT_SESSIONS
from genai_session_analyzer.schema.values import FRICTION_BANDS
from genai_session_analyzer.semantic.aggregates import (
    Condition,
    also_called,
    count_where,
    distinct_count,
    ratio,
    row_count,
    total,
)
from genai_session_analyzer.semantic.columns import calendar_dimensions, column_dimensions
from genai_session_analyzer.semantic.measures import Measure, Model
from genai_session_analyzer.semantic.session_totals import GENERATION_COUNT, TOTAL_COST, TOTALS


def _sessions_where(name: str, condition: Condition, formula: str, description: str) -> Measure:
    return count_where(name, condition, formula, description, "sessions")


def _sessions_in(band: str) -> Measure:
    return _sessions_where(
        f"{band}_friction_sessions",
        lambda rows: rows.friction_band == band,
        f"friction_band is {band}",
        f"sessions in the {band} band",
    )


SESSION_COUNT = also_called(row_count("session_count", "sessions", "sessions"), "visits")
_SCORED_COUNT = _sessions_where(
    "scored_session_count",
    lambda rows: rows.friction_score.notnull(),
    "friction_score is known",
    "sessions whose friction is known",
)
_TOTAL_FRICTION = total(
    "total_friction_score", "friction_score", "friction of all scored sessions", "points"
)
_BANDS = tuple(_sessions_in(band) for band in FRICTION_BANDS)
_FRICTION = (
    _SCORED_COUNT,
    _TOTAL_FRICTION,
    also_called(
        ratio(
            "mean_friction_score",
            (_TOTAL_FRICTION, _SCORED_COUNT),
            "mean friction of the sessions that have a score, 0-100, higher is worse",
            "points",
        ),
        "friction",
        "struggle",
    ),
    *_BANDS,
    ratio(
        "high_friction_share",
        (_BANDS[-1], _SCORED_COUNT),
        "share of scored sessions in the high band",
        "rate",
    ),
)

_COSTED_COUNT = _sessions_where(
    "costed_session_count",
    lambda rows: rows.total_cost_credits.notnull(),
    "total_cost_credits is known",
    "sessions of which any cost is known",
)
_TOTAL_DURATION = total("total_duration_s", "duration_s", "time in sessions", "s")
_PER_SESSION = (
    ratio(
        "generations_per_session",
        (GENERATION_COUNT, SESSION_COUNT),
        "mean number of generations of a session",
        "generations per session",
    ),
    _COSTED_COUNT,
    ratio(
        "mean_session_cost_credits",
        (TOTAL_COST, _COSTED_COUNT),
        "mean cost of the sessions whose cost is known",
        "credits",
    ),
    _TOTAL_DURATION,
    ratio("mean_duration_s", (_TOTAL_DURATION, SESSION_COUNT), "mean length of a session", "s"),
    Measure(
        name="max_latency_ms",
        expression=lambda rows: rows.max_latency_ms.max(),
        description="longest known latency",
        unit="ms",
        formula="largest max_latency_ms",
    ),
)

_CHURN_KNOWN_COUNT = _sessions_where(
    "churn_known_count",
    lambda rows: rows.churned_after.notnull(),
    "churned_after is known",
    "sessions followed for the 7 days after",
)
_CHURNED_COUNT = _sessions_where(
    "churned_count",
    lambda rows: rows.churned_after,
    "churned_after",
    "sessions after which the user stayed away for 7 days",
)
_PEOPLE = (
    distinct_count("user_count", "user_id", "users with a session", "users"),
    distinct_count("active_users", "user_id", "users with a session", "users"),
    _CHURN_KNOWN_COUNT,
    _CHURNED_COUNT,
    ratio(
        "churn_rate",
        (_CHURNED_COUNT, _CHURN_KNOWN_COUNT),
        "share of sessions after which the user stayed away for 7 days",
        "rate",
    ),
)

SESSIONS = Model(
    table_name=FCT_SESSIONS.name,
    dimensions=(
        *column_dimensions(
            FCT_SESSIONS,
            (
                "session_date",
                "user_tier",
                "region",
                "device_type",
                "friction_band",
                "churned_after",
                "user_id",
            ),
        ),
        *calendar_dimensions("session", "started_at"),
    ),
    measures=(SESSION_COUNT, *_PEOPLE, *TOTALS, *_FRICTION, *_PER_SESSION),
)
