"""The measures and dimensions of dim_prompts."""

from genai_session_analyzer.schema.dimensions import DIM_PROMPTS
from genai_session_analyzer.semantic.aggregates import (
    also_called,
    count_total,
    count_where,
    ratio,
    row_count,
)
from genai_session_analyzer.semantic.columns import calendar_dimensions, column_dimensions
from genai_session_analyzer.semantic.measures import Model

PROMPT_COUNT = also_called(row_count("prompt_count", "distinct prompts", "prompts"), "ideas")
_USES = count_total("total_times_used", "times_used", "generations of the prompts", "generations")
_REUSED_COUNT = count_where(
    "reused_prompt_count",
    lambda rows: rows.times_used > 1,
    "times_used is above 1",
    "prompts that were used more than once",
    "prompts",
)
_SHARED_COUNT = count_where(
    "shared_prompt_count",
    lambda rows: rows.user_count > 1,
    "user_count is above 1",
    "prompts that more than one user used",
    "prompts",
)

PROMPTS = Model(
    table_name=DIM_PROMPTS.name,
    dimensions=(
        *column_dimensions(DIM_PROMPTS, ("prompt_length_category", "prompt_id")),
        *calendar_dimensions("first_seen", "first_seen_at"),
    ),
    measures=(
        PROMPT_COUNT,
        _USES,
        ratio(
            "uses_per_prompt",
            (_USES, PROMPT_COUNT),
            "mean number of generations of a prompt",
            "generations per prompt",
        ),
        _REUSED_COUNT,
        ratio(
            "reused_prompt_share",
            (_REUSED_COUNT, PROMPT_COUNT),
            "share of prompts that were used more than once",
            "rate",
        ),
        _SHARED_COUNT,
        ratio(
            "shared_prompt_share",
            (_SHARED_COUNT, PROMPT_COUNT),
            "share of prompts that more than one user used",
            "rate",
        ),
    ),
)
