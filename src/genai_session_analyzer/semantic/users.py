"""The measures and dimensions of dim_users."""

from genai_session_analyzer.schema.dimensions import DIM_USERS
from genai_session_analyzer.semantic.aggregates import (
    also_called,
    count_total,
    count_where,
    ratio,
    row_count,
    total,
)
from genai_session_analyzer.semantic.columns import calendar_dimensions, column_dimensions
from genai_session_analyzer.semantic.measures import Model

USER_COUNT = also_called(
    row_count("user_count", "users, whether or not they ever asked for an image", "users"),
    "people",
    "accounts",
)
_ACTIVE_COUNT = count_where(
    "ever_active_count",
    lambda rows: rows.total_generations > 0,
    "total_generations is above 0",
    "users with a generation at any time",
    "users",
)
_GENERATIONS = count_total(
    "total_generations", "total_generations", "generations over the users' lifetimes", "generations"
)
_SESSIONS = count_total(
    "total_sessions", "total_sessions", "sessions over the users' lifetimes", "sessions"
)
_COST = total(
    "total_lifetime_cost_credits", "lifetime_cost_credits", "known cost of all time", "credits"
)

USERS = Model(
    table_name=DIM_USERS.name,
    dimensions=(
        *column_dimensions(
            DIM_USERS,
            (
                "user_tier",
                "region",
                "device_type",
                "signup_date",
                "cohort_week",
                "user_origin",
                "profile_origin",
                "user_id",
            ),
        ),
        *calendar_dimensions("first_generation", "first_generation_at"),
    ),
    measures=(
        USER_COUNT,
        _ACTIVE_COUNT,
        ratio(
            "ever_active_share",
            (_ACTIVE_COUNT, USER_COUNT),
            "share of users with a generation at any time",
            "rate",
        ),
        _GENERATIONS,
        _SESSIONS,
        _COST,
        ratio(
            "generations_per_user",
            (_GENERATIONS, USER_COUNT),
            "mean number of generations of a user",
            "generations per user",
        ),
        ratio(
            "sessions_per_user",
            (_SESSIONS, USER_COUNT),
            "mean number of sessions of a user",
            "sessions per user",
        ),
        ratio(
            "cost_per_user_credits",
            (_COST, USER_COUNT),
            "known cost of all time per user, those without one included",
            "credits",
        ),
    ),
)
