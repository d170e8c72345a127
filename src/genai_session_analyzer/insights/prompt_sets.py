"""Sets of prompts by what their generations are: those in view, those found unsafe, their facts."""

from collections.abc import Sequence
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends.duckdb import Backend

from genai_session_analyzer.semantic.features import (
    LABELLED_GENERATIONS,
    generations_in_view,
    generations_with_features,
)
from genai_session_analyzer.semantic.view_filters import ViewFilters

FACTS = (
    "prompt_count",
    "generation_count",
    "known_status_count",
    "error_rate",
    "known_latency_count",
    "mean_latency_ms",
    "total_cost_credits",
    "mean_cost_credits",
)
_NO_STYLE = "unknown"


def prompts_in_view(backend: Backend, filters: ViewFilters) -> tuple[str, ...]:
    """Return the ids of the prompts with a generation that passes all filters, in order."""
    ids = generations_in_view(backend, filters).select("prompt_id").distinct().order_by("prompt_id")
    return tuple(ids.to_pyarrow()["prompt_id"].drop_null().to_pylist())


def unsafe_prompts(backend: Backend, unsafe_from: float) -> ir.Table:
    """Return the prompts found unsafe by their words or by any of their generations.

    Grain: one row per prompt, its prompt_id.

    Args:
        backend: Of a published build.
        unsafe_from: Score of the service from which a prompt or picture counts as unsafe.
    """
    rows = generations_with_features(backend, ("has_nsfw_intent",))
    is_unsafe = (
        rows.has_nsfw_intent | (rows.image_nsfw >= unsafe_from) | (rows.prompt_nsfw >= unsafe_from)
    )
    return rows.filter(is_unsafe).select("prompt_id").distinct()


def facts_of_prompts(
    backend: Backend,
    filters: ViewFilters,
    prompt_ids: Sequence[str] | None = None,
    unsafe_from: float | None = None,
) -> dict[str, Any]:
    """Return what became of the generations that pass the filters, and the style most asked for.

    Args:
        backend: Of a published build.
        filters: Which generations count.
        prompt_ids: Only those of these prompts; None: of all.
        unsafe_from: Score from which prompts are left out as unsafe; None: none is left out.

    Returns:
        The measures `FACTS`; top_style, top_style_count and styled_count of the distinct prompts
        with a known style.
    """
    kept = generations_in_view(backend, filters, ("art_style",))
    kept = kept.filter(kept.prompt_id.notnull())
    if prompt_ids is not None:
        ids = ibis.memtable(pa.table({"prompt_id": pa.array(prompt_ids, pa.string())}))
        kept = kept.semi_join(ids, "prompt_id")
    if unsafe_from is not None:
        kept = kept.anti_join(unsafe_prompts(backend, unsafe_from), "prompt_id")
    facts: dict[str, Any] = (
        LABELLED_GENERATIONS.aggregate(kept, (), FACTS).to_pyarrow().to_pylist()[0]
    )
    return {**facts, **_styles(kept)}


def _styles(kept: ir.Table) -> dict[str, Any]:
    """The style most prompts have; the first by name among equals."""
    styled = kept.filter(kept.art_style.notnull(), kept.art_style != _NO_STYLE)
    counted = styled.group_by("art_style").aggregate(n=styled.prompt_id.nunique())
    rows = counted.order_by([ibis.desc("n"), "art_style"]).to_pyarrow().to_pylist()
    return {
        "top_style": rows[0]["art_style"] if rows else None,
        "top_style_count": rows[0]["n"] if rows else 0,
        "styled_count": sum(row["n"] for row in rows),
    }
