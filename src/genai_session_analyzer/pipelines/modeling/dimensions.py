"""Dimensions: users and prompts with what the facts say of them."""

import ibis.expr.types as ir

from genai_session_analyzer.pipelines.modeling.staging import identities
from genai_session_analyzer.schema.dimensions import DIM_PROMPTS, DIM_USERS
from genai_session_analyzer.semantic.aggregates import exact_sum
from genai_session_analyzer.semantic.rounding import rounded


def build_dim_users(
    stg_users: ir.Table, fct_generations: ir.Table, fct_sessions: ir.Table
) -> ir.Table:
    """One row per user (key `user_id`): profile and lifetime. Joined by `user_id`."""
    lifetime = fct_generations.group_by("user_id").aggregate(
        total_generations=fct_generations.count(),
        successful_generations=fct_generations.is_success.cast("int64").sum().fill_null(0),
        known_status_count=fct_generations.status.count(),
        lifetime_cost_credits=rounded(exact_sum(fct_generations.cost_credits), 6),
        first_generation_at=fct_generations.requested_at.min(),
        last_generation_at=fct_generations.requested_at.max(),
    )
    sessions = fct_sessions.group_by("user_id").aggregate(total_sessions=fct_sessions.count())
    users = stg_users.left_join(lifetime, "user_id").left_join(
        sessions, "user_id", rname="{name}_of_sessions"
    )
    users = users.mutate(
        cohort_week=users.signup_date.cast("timestamp").truncate("W").date(),
        successful_generations=users.successful_generations.cast("int64"),
        success_rate=rounded(users.successful_generations / users.known_status_count.nullif(0), 6),
    )
    return users.select(*DIM_USERS.column_names, **identities(users))


def build_dim_prompts(stg_prompts: ir.Table, fct_generations: ir.Table) -> ir.Table:
    """One row per distinct prompt (key `prompt_id`). The join is one-to-one, by `prompt_id`."""
    used = fct_generations.filter(fct_generations.prompt_id.notnull())
    usage = used.group_by("prompt_id").aggregate(
        times_used=used.count(),
        user_count=used.user_id.nunique(),
        first_seen_at=used.requested_at.min(),
    )
    return stg_prompts.inner_join(usage, "prompt_id").select(*DIM_PROMPTS.column_names)
