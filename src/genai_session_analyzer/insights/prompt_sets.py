"""Sets of prompts by what their generations are: those in view, and what became of them."""

from functools import lru_cache
from typing import Any

import ibis
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from genai_session_analyzer.insights.gallery_rows import MEASURED, GalleryRows
from genai_session_analyzer.schema.facts import FCT_GENERATIONS
from genai_session_analyzer.semantic import GENERATIONS
from genai_session_analyzer.semantic.coded_column import Mask
from genai_session_analyzer.semantic.view_filters import ViewFilters
from genai_session_analyzer.warehouse.arrow_queries import query_arrow

FACTS = (
    "generation_count",
    "known_status_count",
    "error_rate",
    "known_latency_count",
    "mean_latency_ms",
    "total_cost_credits",
    "mean_cost_credits",
)
_IN_VIEW = "in_view"
_NO_STYLE = ("unknown", None)


def prompts_in_view(rows: GalleryRows, filters: ViewFilters) -> Mask:
    """Return which prompts have a generation that passes all filters, shape (prompts,)."""
    return rows.asked(rows.passing(filters))


def facts_of_prompts(
    rows: GalleryRows,
    filters: ViewFilters,
    only: Mask | None = None,
    unsafe_from: float | None = None,
) -> dict[str, Any]:
    """Return what became of the generations that pass the filters, and the style most asked for.

    Args:
        rows: Of a build.
        filters: Which generations count.
        only: Only those of these prompts, shape (prompts,); None: of all.
        unsafe_from: Score from which prompts are left out as unsafe; None: none is left out.

    Returns:
        prompt_count, the measures `FACTS`; top_style, top_style_count and styled_count of the
        distinct prompts with a known style.
    """
    passing = rows.passing(filters, unsafe_from, only)
    asked = np.flatnonzero(rows.asked(passing))
    found = query_arrow(_IN_VIEW, _taken(rows.generations.measured, passing), _measures())
    facts: dict[str, Any] = found[0].to_pylist()[0]
    return {"prompt_count": len(asked), **facts, **_styles(rows, asked)}


def _taken(measured: pa.Table, generations: NDArray[np.int64]) -> pa.Table:
    everything = len(generations) == measured.num_rows
    return measured if everything else measured.take(pa.array(generations))


@lru_cache
def _measures() -> str:
    declared = FCT_GENERATIONS.ibis_schema()
    rows = ibis.table({name: declared[name] for name in MEASURED}, name=_IN_VIEW)
    return str(ibis.to_sql(GENERATIONS.aggregate(rows, (), FACTS), dialect="duckdb"))


def _styles(rows: GalleryRows, prompts: NDArray[np.int64]) -> dict[str, Any]:
    """The style most prompts have; the first by name among equals."""
    styles = rows.prompts.labels["art_style"]
    counts = np.bincount(styles.codes[prompts], minlength=len(styles.numbers) + 1)
    counted = [
        (-int(counts[code]), style)
        for style, code in styles.numbers.items()
        if style not in _NO_STYLE and counts[code]
    ]
    count, style = min(counted, default=(0, None))
    return {
        "top_style": style,
        "top_style_count": -count,
        "styled_count": -sum(each for each, _ in counted),
    }
