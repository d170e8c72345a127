"""A session replayed: its generations in order, each beside what changed since the one before."""

from typing import Any

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend
from pydantic import BaseModel, ConfigDict

from genai_session_analyzer.insights.prompt_diff import DiffPart, diff_words

PARAMETERS = ("model_version", "sampler", "steps", "cfg_scale", "size", "image_count", "seed")
"""What a generation was asked with, beside its prompt; `size` is width x height in pixels."""

STEPS_PER_PAGE = 20

_COLUMNS = (
    "generation_id", "prompt_id", "requested_at", "status", "latency_ms", "retry_count",
    "cost_credits", "feedback", "is_downloaded", "model_version", "sampler", "steps", "cfg_scale",
    "image_count", "seed", "width", "height",
)  # fmt: skip


class ParameterChange(BaseModel):
    """A parameter that differs from the generation before; None = unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    before: str | None
    after: str | None


class ReplayStep(BaseModel):
    """One generation of a session.

    Attributes:
        number: Its place in the session, from 1.
        facts: Its columns as recorded, `prompt_text` (None = not recorded) and `thumbnail_path`
            (None = no picture) beside them.
        wait_s: Seconds since the request before; None for the first.
        prompt_parts: The words against the prompt before; None where there is none before, or
            either is not recorded, or they are the same.
        is_same_prompt: Whether the prompt before was the same.
        changes: Parameters that differ from the generation before.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    number: int
    facts: dict[str, Any]
    wait_s: float | None
    prompt_parts: tuple[DiffPart, ...] | None
    is_same_prompt: bool
    changes: tuple[ParameterChange, ...]


class ReplayPage(BaseModel):
    """Some steps of a session in order, and what is known of all of it.

    Attributes:
        session: The row of fct_sessions.
        steps: Steps `first` to `first + STEPS_PER_PAGE - 1`, as far as there are.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    session: dict[str, Any]
    steps: tuple[ReplayStep, ...]


def replay_page(backend: Backend, session_id: str, page: int = 1) -> ReplayPage | None:
    """A page of a session's generations in the order they were asked, oldest first.

    Args:
        backend: A backend with the published tables.
        session_id: Which session.
        page: From 1, `STEPS_PER_PAGE` generations each; past the end it holds no steps.

    Returns:
        The page, or None where there is no such session.

    Raises:
        ValueError: The page is below 1.
    """
    if page < 1:
        raise ValueError(f"Pages are numbered from 1, not {page}.")
    sessions = backend.table("fct_sessions")
    found = sessions.filter(sessions.session_id == session_id).to_pyarrow().to_pylist()
    if not found:
        return None
    first = (page - 1) * STEPS_PER_PAGE
    before = min(first, 1)  # one more than shown, to compare the first one with
    facts = _facts(backend, session_id, first - before, STEPS_PER_PAGE + before)
    earlier = [None, *facts][: len(facts)]
    steps = [
        _step(number, one, previous)
        for number, (previous, one) in enumerate(
            zip(earlier, facts, strict=True), start=first - before + 1
        )
    ]
    return ReplayPage(session=found[0], steps=tuple(steps[before:]))


def page_count(generation_count: int) -> int:
    """How many pages that many generations fill, at least 1."""
    return max(1, -(-generation_count // STEPS_PER_PAGE))


def _facts(backend: Backend, session_id: str, offset: int, limit: int) -> list[dict[str, Any]]:
    """Generations of a session in order, with the text and a picture of their prompt."""
    generations = backend.table("fct_generations")
    asked = generations.filter(generations.session_id == session_id).select(*_COLUMNS)
    in_order = asked.order_by([ibis.asc("requested_at"), ibis.asc("generation_id")])
    rows = in_order.limit(limit, offset=offset).to_pyarrow().to_pylist()
    prompt_ids = sorted({row["prompt_id"] for row in rows if row["prompt_id"] is not None})
    prompts, images = backend.table("dim_prompts"), backend.table("ftr_image_embeddings")
    texts = _by_prompt(prompts, prompts.prompt_text, prompt_ids)
    thumbnails = _by_prompt(images, images.thumbnail_path, prompt_ids)
    return [
        row
        | {
            "prompt_text": texts.get(row["prompt_id"]),
            "thumbnail_path": thumbnails.get(row["prompt_id"]),
        }
        for row in rows
    ]


def _by_prompt(table: ir.Table, column: ir.Value, prompt_ids: list[str]) -> dict[str, str | None]:
    """The column's first value per prompt, unknown ones last."""
    of_prompts = table.filter(table.prompt_id.isin(prompt_ids))
    found = of_prompts.group_by("prompt_id").aggregate(value=column.min()).to_pyarrow()
    return dict(zip(found["prompt_id"].to_pylist(), found["value"].to_pylist(), strict=True))


def _step(number: int, facts: dict[str, Any], earlier: dict[str, Any] | None) -> ReplayStep:
    prompt = facts["prompt_text"]
    prompt_before = earlier["prompt_text"] if earlier else None
    is_same = prompt is not None and prompt == prompt_before
    return ReplayStep(
        number=number,
        facts=facts,
        wait_s=_seconds_between(earlier, facts) if earlier else None,
        prompt_parts=_compared(prompt_before, prompt),
        is_same_prompt=is_same,
        changes=changed_parameters(earlier, facts) if earlier else (),
    )


def _compared(before: str | None, after: str | None) -> tuple[DiffPart, ...] | None:
    if before is None or after is None or before == after:
        return None
    return diff_words(before, after)


def changed_parameters(
    before: dict[str, Any], after: dict[str, Any]
) -> tuple[ParameterChange, ...]:
    """The parameters of two generations that differ, in the order of `PARAMETERS`.

    Args:
        before: Columns of the earlier generation.
        after: The same of the later one.
    """
    asked_before, asked_after = generation_parameters(before), generation_parameters(after)
    return tuple(
        ParameterChange(name=name, before=asked_before[name], after=asked_after[name])
        for name in PARAMETERS
        if asked_before[name] != asked_after[name]
    )


def generation_parameters(facts: dict[str, Any]) -> dict[str, str | None]:
    """What a generation was asked with, as text, by the names in `PARAMETERS`; None = unknown."""
    width, height = facts["width"], facts["height"]
    size = None if width is None or height is None else f"{width} \u00d7 {height}"
    values = facts | {"size": size}
    return {name: _as_text(values[name]) for name in PARAMETERS}


def _as_text(value: float | str | None) -> str | None:
    if value is None:
        return None
    return f"{value:g}" if isinstance(value, float) else str(value)


def _seconds_between(earlier: dict[str, Any], later: dict[str, Any]) -> float:
    return float((later["requested_at"] - earlier["requested_at"]).total_seconds())
