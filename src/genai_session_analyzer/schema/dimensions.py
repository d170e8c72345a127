"""The dimensions: users and prompts."""

from genai_session_analyzer.schema.table_schema import TableSchema, optional, required
from genai_session_analyzer.schema.values import (
    DEVICE_TYPES,
    ORIGINS,
    PROMPT_LENGTH_CATEGORIES,
    REGIONS,
    USER_TIERS,
)

DIM_USERS = TableSchema(
    name="dim_users",
    grain="one row per user",
    key=("user_id",),
    description="Who asks: profile and lifetime totals.",
    columns=(
        required("user_id", "string", "id of the user"),
        required("user_tier", "string", "subscription tier", USER_TIERS),
        required("region", "string", "region of the user", REGIONS),
        required("device_type", "string", "device the user works on", DEVICE_TYPES),
        required("signup_date", "date", "day the user signed up, UTC"),
        required("cohort_week", "date", "Monday of the week of signup"),
        required("total_generations", "int64", "generations over the user's lifetime"),
        required("successful_generations", "int64", "generations known to have succeeded"),
        required("total_sessions", "int64", "sessions over the user's lifetime"),
        optional("lifetime_cost_credits", "float64", "known cost in credits; null = none recorded"),
        optional("first_generation_at", "timestamp(6)", "first request, UTC; null = never active"),
        optional("last_generation_at", "timestamp(6)", "last request, UTC; null = never active"),
        optional("success_rate", "float64", "successes / generations of known status, 0-1"),
        required("user_origin", "string", "where the user's identity comes from", ORIGINS),
        required(
            "profile_origin", "string", "where tier, region, device and signup come from", ORIGINS
        ),
    ),
)

DIM_PROMPTS = TableSchema(
    name="dim_prompts",
    grain="one row per distinct normalised prompt",
    key=("prompt_id",),
    description="What is asked: each distinct prompt once.",
    columns=(
        required("prompt_id", "string", "id from the normalised text"),
        required("prompt_text", "string", "the normalised prompt"),
        required("char_count", "int32", "characters of the normalised prompt"),
        required("token_count", "int32", "tokens: the source's count, else an estimate of CLIP's"),
        required(
            "prompt_length_category",
            "string",
            "short <= 10 tokens, medium <= 30, long <= 60, very_long above",
            PROMPT_LENGTH_CATEGORIES,
        ),
        required("times_used", "int64", "generations with this prompt"),
        required("user_count", "int64", "users who used it"),
        required("first_seen_at", "timestamp(6)", "first request with this prompt, UTC"),
    ),
)
