"""Generations as calibration needs them: of a build, or of the two known logs read directly.

One row per generation: generation_id, user_id, session_id, requested_at (UTC), place (null where
the log has none), prompt_id, word_count, status, latency_ms (null where unknown).
"""

from pathlib import Path

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from genai_session_analyzer.schema.prompt_text import normalised_prompt, prompt_id

COLUMNS = (
    "generation_id",
    "user_id",
    "session_id",
    "requested_at",
    "place",
    "prompt_id",
    "word_count",
    "status",
    "latency_ms",
)
TRUSTED_TIMES = ("anchor", "interp")
"""Values of `ts_quality` whose times lie between two known ones of their channel."""


def build_generations(build: Backend) -> ir.Table:
    """The generations of a build, each with its prompt's words; joined many-to-one by prompt.

    Args:
        build: Its Ibis backend, as `BuildReader.ibis` gives it.
    """
    prompts = build.table("dim_prompts")
    prompts = prompts.select("prompt_id", word_count=_word_count(prompts.prompt_text))
    generations = build.table("fct_generations").left_join(prompts, "prompt_id")
    return generations.mutate(place=ibis.null("string")).select(*COLUMNS)


def discord_generations(path: Path) -> ir.Table:
    """Jobs of the Stable Diffusion Discord (`discord_jobs.parquet`) whose user and time are known.

    Args:
        path: The parquet file.

    Returns:
        One row per job; `place` is the channel. Status is null: the log records no failures.
    """
    jobs = ibis.duckdb.connect().read_parquet(path)
    prompt = normalised_prompt(jobs.prompt)
    known = jobs.mutate(
        generation_id=jobs.job_id,
        user_id=jobs.user_hash,
        requested_at=jobs.ts_est.cast("timestamp(6)"),
        place=jobs.channel.cast("string"),
        prompt_id=prompt_id(prompt),
        word_count=_word_count(prompt),
        status=ibis.null("string"),
        latency_ms=(jobs.latency_s * 1000).round().cast("int64"),
    ).filter(jobs.ts_quality.isin(TRUSTED_TIMES), jobs.user_hash.notnull(), prompt != "")
    return _with_sessions(known)


def service_generations(path: Path) -> ir.Table:
    """Requests to a Stable Diffusion service (`t2i_requests.parquet`), exact repeats dropped.

    Args:
        path: The parquet file.

    Returns:
        One row per request, without prompts; unfinished requests have no status and no latency.
    """
    requests = ibis.duckdb.connect().read_parquet(path).distinct()
    statuses = requests.predict_status.cases(("SUCCEED", "success"), ("FAILED", "model_error"))
    known = requests.mutate(
        user_id=requests.groupId,
        requested_at=requests.gmt_create.cast("timestamp(6)"),
        place=ibis.null("string"),
        prompt_id=ibis.null("string"),
        word_count=ibis.null("int64"),
        status=statuses,
        latency_ms=ibis.ifelse(
            statuses.notnull(), (requests.exec_time_seconds * 1000).round(), ibis.null("float64")
        ).cast("int64"),
    )
    in_time = ibis.window(order_by=["gmt_create", "user_id", "predict_type"])
    return _with_sessions(
        known.mutate(generation_id=ibis.row_number().over(in_time).cast("string"))
    )


def _with_sessions(generations: ir.Table, gap_minutes: int = 30) -> ir.Table:
    """Cuts a log into sessions as modeling does: where a user pauses for longer than the gap."""
    order = {"group_by": "user_id", "order_by": ["requested_at", "generation_id"]}
    timed = generations.mutate(
        previous_at=generations.requested_at.lag().over(ibis.window(**order))
    )
    goes_on = timed.requested_at <= timed.previous_at + ibis.interval(minutes=gap_minutes)
    started = timed.mutate(start=(~goes_on).fill_null(True).cast("int64"))
    number = started.start.sum().over(ibis.cumulative_window(**order))
    named = started.mutate(session_id=started.user_id + "-" + number.cast("string"))
    return named.select(*COLUMNS).cache()


def _word_count(normalised: ir.StringValue) -> ir.IntegerValue:
    """Words of a tidied prompt: its spaces and one."""
    return normalised.length() - normalised.replace(" ", "").length() + 1
