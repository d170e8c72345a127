"""Staging: observed values completed by simulated ones, prompts and users named by stable ids."""

import ibis
import ibis.expr.types as ir

from genai_session_analyzer.schema.prompt_text import (
    estimated_token_count,
    normalised_prompt,
    prompt_id,
    prompt_length_category,
)

_COMPLETED = ("status", "latency_ms", "retry_count", "cost_credits", "feedback", "is_downloaded")
_OBSERVED_ONLY = (
    "sampler",
    "steps",
    "cfg_scale",
    "width",
    "height",
    "seed",
    "image_count",
    "image_path",
    "image_nsfw",
    "prompt_nsfw",
    "part_id",
)
RETRIES_PER_GENERATION = 1000
"""More than any generation has."""
_SOURCE_PROFILE = ("user_tier", "region", "device_type", "signup_date")


def build_stg_generations(
    raw_generations: ir.Table,
    simulated_generations: ir.Table,
    simulated_retries: ir.Table | None = None,
) -> ir.Table:
    """One row per generation (key `generation_id`), each field observed or else simulated.

    The join is one-to-one at most, by `raw_id`. Retries that are rows of their own follow, named
    after the generation they lead to.
    """
    generations = _completed(raw_generations, simulated_generations)
    if simulated_retries is None:
        return generations
    return ibis.union(generations, _retry_rows(generations, simulated_retries))


def _completed(raw_generations: ir.Table, simulated_generations: ir.Table) -> ir.Table:
    text = normalised_prompt(raw_generations.prompt_text)
    observed = raw_generations.mutate(
        prompt_id=prompt_id(text),
        token_count=ibis.coalesce(raw_generations.token_count, estimated_token_count(text)),
    ).drop("prompt_text")
    completed = observed.left_join(simulated_generations, "raw_id", rname="simulated_{name}")
    completed = completed.mutate(
        user_id=ibis.coalesce(completed.user_name, completed.user_id),
        requested_at=ibis.coalesce(completed.requested_at, completed.simulated_requested_at),
        user_origin=_origin(completed.user_name.isnull()),
        time_origin=_origin(completed.requested_at.isnull()),
        telemetry_origin=_origin(completed.has_simulated_telemetry.fill_null(False)),
        model_version=ibis.coalesce(completed.model_version, completed.simulated_model_version),
        **{
            name: ibis.coalesce(completed[name], completed[f"simulated_{name}"])
            for name in _COMPLETED
        },
    )
    return completed.select(
        "raw_id",
        "generation_id",
        "user_id",
        "prompt_id",
        "dataset",
        "requested_at",
        *_COMPLETED,
        "token_count",
        "model_version",
        *_OBSERVED_ONLY,
        "user_origin",
        "time_origin",
        "telemetry_origin",
        *_SOURCE_PROFILE,
    )


def _retry_rows(generations: ir.Table, simulated_retries: ir.Table) -> ir.Table:
    """One row per retry, as the generation it belongs to but for what is its own.

    The join is many-to-one, by `raw_id`; their own `raw_id` is negative and unique.
    """
    attempts = simulated_retries.select(
        **{f"retry_{name}": simulated_retries[name] for name in simulated_retries.columns}
    )
    rows = attempts.inner_join(generations, attempts.retry_raw_id == generations.raw_id)
    own = rows.mutate(
        raw_id=-(rows.raw_id * RETRIES_PER_GENERATION + rows.retry_attempt),
        generation_id=rows.generation_id + ":retry" + rows.retry_attempt.cast("string"),
        requested_at=rows.retry_requested_at,
        status=rows.retry_status,
        latency_ms=rows.retry_latency_ms,
        retry_count=ibis.literal(0, "int32"),
        cost_credits=rows.retry_cost_credits,
        feedback=ibis.null("string"),
        is_downloaded=ibis.literal(False),
        time_origin=ibis.literal("simulated"),
        telemetry_origin=ibis.literal("simulated"),
    )
    return own.select(*generations.columns)


def build_stg_prompts(raw_generations: ir.Table) -> ir.Table:
    """One row per distinct normalised prompt (key `prompt_id`): its text and its length."""
    texts = raw_generations.filter(raw_generations.prompt_text.notnull())
    texts = texts.select(prompt_text=normalised_prompt(texts.prompt_text)).distinct()
    prompts = texts.mutate(
        prompt_id=prompt_id(texts.prompt_text),
        # Ibis takes a length for an int32 and would leave the cast out; DuckDB's is a BIGINT.
        char_count=texts.prompt_text.length().cast("int64").cast("int32"),
        token_count=estimated_token_count(texts.prompt_text),
    )
    return prompts.select(
        "prompt_id",
        "prompt_text",
        "char_count",
        "token_count",
        prompt_length_category=prompt_length_category(prompts.token_count),
    )


def build_stg_users(stg_generations: ir.Table, simulated_users: ir.Table) -> ir.Table:
    """One row per user with a generation (key `user_id`): the source's profile, or a simulated.

    Where a source's rows disagree on a user, the latest row that tells counts. The join is
    many-to-one, by `user_id`.
    """
    users = stg_generations.group_by("user_id").aggregate(
        user_origin=stg_generations.user_origin.min(),
        **{
            f"observed_{name}": stg_generations[name].argmax(
                stg_generations.requested_at, where=stg_generations[name].notnull()
            )
            for name in _SOURCE_PROFILE
        },
    )
    profiled = users.left_join(simulated_users, "user_id")
    is_observed = ibis.or_(*(users[f"observed_{name}"].notnull() for name in _SOURCE_PROFILE))
    return profiled.select(
        "user_id",
        **{
            name: ibis.coalesce(profiled[f"observed_{name}"], profiled[name])
            for name in _SOURCE_PROFILE
        },
        user_origin=profiled.user_origin,
        profile_origin=_origin(~is_observed),
        **identities(profiled),
    )


def identities(users: ir.Table) -> dict[str, ir.Value]:
    """The made-up names and e-mail addresses of users, where they were asked for."""
    return {name: users[name] for name in ("full_name", "email") if name in users.columns}


def _origin(is_simulated: ir.BooleanValue) -> ir.StringValue:
    return ibis.ifelse(is_simulated, "simulated", "observed")
