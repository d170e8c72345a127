"""The measures and dimensions of fct_generations."""

from functools import reduce
from operator import or_

import ibis.expr.types as ir

from genai_session_analyzer.schema.facts import FCT_GENERATIONS
from genai_session_analyzer.semantic.aggregates import also_called, distinct_count, ratio, total
from genai_session_analyzer.semantic.columns import calendar_dimensions, column_dimensions
from genai_session_analyzer.semantic.generation_effort import COSTS, EFFORT
from genai_session_analyzer.semantic.generation_outcomes import (
    GENERATION_COUNT,
    OUTCOMES,
    SUCCESS_COUNT,
    generations_where,
)
from genai_session_analyzer.semantic.measures import Model

_ORIGINS = ("user_origin", "time_origin", "telemetry_origin", "profile_origin")
_TELEMETRY = ("status", "latency_ms", "retry_count", "cost_credits", "feedback", "is_downloaded")


def has_simulated_part(generations: ir.Table) -> ir.BooleanValue:
    """Return whether any part of a generation is simulated: user, time, telemetry or profile."""
    return reduce(or_, (generations[column] == "simulated" for column in _ORIGINS))


def _has_telemetry(generations: ir.Table) -> ir.BooleanValue:
    return reduce(or_, (generations[column].notnull() for column in _TELEMETRY))


_TELEMETRY_COUNT = generations_where(
    "telemetry_count",
    _has_telemetry,
    "status, latency, retries, cost, feedback or download is known",
    "generations of which anything but the request is known",
)
_THUMBS_UP_COUNT = generations_where(
    "thumbs_up_count",
    lambda rows: rows.feedback == "thumbs_up",
    "feedback is thumbs_up",
    "generations with a thumbs up",
)
_THUMBS_DOWN_COUNT = generations_where(
    "thumbs_down_count",
    lambda rows: rows.feedback == "thumbs_down",
    "feedback is thumbs_down",
    "generations with a thumbs down",
)
_FEEDBACK_COUNT = generations_where(
    "feedback_count",
    lambda rows: rows.feedback.notnull(),
    "feedback is known",
    "generations with a verdict, up or down",
)
_DOWNLOAD_COUNT = also_called(
    generations_where(
        "download_count",
        lambda rows: rows.is_downloaded,
        "is_downloaded",
        "generations with a downloaded image",
    ),
    "downloads",
)
_SUCCESS_DOWNLOAD_COUNT = generations_where(
    "success_download_count",
    lambda rows: rows.is_downloaded & (rows.status == "success"),
    "is_downloaded and status is success",
    "successes with a downloaded image",
)
_SIMULATED_COUNT = generations_where(
    "simulated_count",
    has_simulated_part,
    "user_origin, time_origin, telemetry_origin or profile_origin is simulated",
    "generations of which any part is simulated",
)

_REACTIONS = (
    _TELEMETRY_COUNT,
    _THUMBS_UP_COUNT,
    _THUMBS_DOWN_COUNT,
    _FEEDBACK_COUNT,
    ratio(
        "feedback_rate",
        (_FEEDBACK_COUNT, _TELEMETRY_COUNT),
        "share of generations with telemetry that got a verdict",
        "rate",
    ),
    ratio(
        "thumbs_up_share",
        (_THUMBS_UP_COUNT, _FEEDBACK_COUNT),
        "share of the verdicts that are a thumbs up",
        "rate",
    ),
    _DOWNLOAD_COUNT,
    _SUCCESS_DOWNLOAD_COUNT,
    ratio(
        "download_rate",
        (_SUCCESS_DOWNLOAD_COUNT, SUCCESS_COUNT),
        "share of successes with a downloaded image",
        "rate",
    ),
)
_REACH = (
    also_called(
        distinct_count("active_users", "user_id", "users with a generation", "users"), "users"
    ),
    distinct_count("prompt_count", "prompt_id", "distinct prompts", "prompts"),
    distinct_count("session_count", "session_id", "sessions", "sessions"),
    total("total_images", "image_count", "images asked for", "images"),
    _SIMULATED_COUNT,
    ratio(
        "simulated_share",
        (_SIMULATED_COUNT, GENERATION_COUNT),
        "share of generations of which any part is simulated",
        "rate",
    ),
)

GENERATIONS = Model(
    table_name=FCT_GENERATIONS.name,
    dimensions=(
        *column_dimensions(
            FCT_GENERATIONS,
            (
                "dataset",
                "requested_date",
                "user_tier",
                "region",
                "device_type",
                "status",
                "model_version",
                "sampler",
                "steps",
                "prompt_length_category",
                "feedback",
                "user_origin",
                "time_origin",
                "telemetry_origin",
                "profile_origin",
                "user_id",
                "prompt_id",
                "session_id",
            ),
        ),
        *calendar_dimensions("requested", "requested_at"),
    ),
    measures=(*OUTCOMES, *EFFORT, *COSTS, *_REACTIONS, *_REACH),
)
