"""What is counted of prompts in memory, against the same counted row by row."""

from collections import Counter
from statistics import fmean

import ibis
import pytest

from genai_session_analyzer.insights.gallery_loading import load_gallery_rows
from genai_session_analyzer.insights.prompt_sets import facts_of_prompts, prompts_in_view
from genai_session_analyzer.semantic.view_filters import ViewFilters
from retrieval.search_builds import world
from rows import table

TABLES_READ = (
    "dim_prompts",
    "fct_generations",
    "ftr_prompt_clusters",
    "ftr_prompt_labels",
)
BANDS = ("low", "high", None)
QUERIES = (
    "",
    "?tier=pro&status=timeout",
    "?from=2024-01-04&to=2024-01-09",
    "?style=not_labelled&style=anime",
    "?style=unknown&mood=dark",
    "?complexity=3&region=asia",
    "?cluster=0&model=v1",
    "?status=unknown",
    "?friction=high",
    "?friction=unknown&device=mobile",
    "?tier=unknown",
)


@pytest.fixture(scope="module")
def plain() -> dict:
    found = world(prompt_count=80, generation_count=900, seed=9)
    sessions = sorted({row["session_id"] for row in found["fct_generations"]})
    found["fct_sessions"] = [
        {"session_id": each, "friction_band": BANDS[number % 3]}
        for number, each in enumerate(sessions)
    ]
    return found


@pytest.fixture(scope="module")
def rows(plain):
    backend = ibis.duckdb.connect()
    for name in (*TABLES_READ, "fct_sessions"):
        table(name, plain[name], backend)
    return load_gallery_rows(backend)


def _joined(plain: dict) -> list[dict]:
    labels = {row["prompt_id"]: row for row in plain["ftr_prompt_labels"]}
    clusters = {row["prompt_id"]: row["cluster_id"] for row in plain["ftr_prompt_clusters"]}
    bands = {row["session_id"]: row["friction_band"] for row in plain["fct_sessions"]}
    return [
        row
        | {name: labels.get(row["prompt_id"], {}).get(name) for name in _LABELS}
        | {"cluster_id": clusters.get(row["prompt_id"])}
        | {"friction_band": bands[row["session_id"]]}
        for row in plain["fct_generations"]
        if row["prompt_id"] is not None
    ]


_LABELS = ("domain", "art_style", "mood", "complexity_score", "has_nsfw_intent")


def _passes(row: dict, filters: ViewFilters) -> bool:
    day = row["requested_date"]
    if (filters.first_day and day < filters.first_day) or (
        filters.last_day and day > filters.last_day
    ):
        return False
    return all(
        each.one_of is None or row[each.dimension] in each.one_of
        for each in filters.as_filters()
        if each.dimension != "requested_date"
    )


def _is_unsafe(prompt_id: str, joined: list[dict], limit: float) -> bool:
    mine = [row for row in joined if row["prompt_id"] == prompt_id]
    return any(
        row["has_nsfw_intent"]
        or (row.get("image_nsfw") or 0) >= limit
        or (row.get("prompt_nsfw") or 0) >= limit
        for row in mine
    )


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("unsafe_from", [None, 0.5, 0.2])
def test_facts_are_those_of_the_rows_one_by_one(plain, rows, query, unsafe_from):
    filters, joined = ViewFilters.from_query(query), _joined(plain)
    kept = [row for row in joined if _passes(row, filters)]
    if unsafe_from is not None:
        asked = {row["prompt_id"] for row in kept}
        unsafe = {each for each in asked if _is_unsafe(each, joined, unsafe_from)}
        kept = [row for row in kept if row["prompt_id"] not in unsafe]
    facts = facts_of_prompts(rows, filters, unsafe_from=unsafe_from)

    statuses = [row["status"] for row in kept if row["status"] is not None]
    latencies = [row["latency_ms"] for row in kept if row["latency_ms"] is not None]
    costs = [row["cost_credits"] for row in kept if row["cost_credits"] is not None]
    styles = {row["prompt_id"]: row["art_style"] for row in kept}
    known = Counter(style for style in styles.values() if style not in (None, "unknown"))
    best = min(known.items(), key=lambda each: (-each[1], each[0]), default=(None, 0))
    assert facts["prompt_count"] == len(styles)
    assert facts["generation_count"] == len(kept)
    assert facts["known_status_count"] == len(statuses)
    assert facts["known_latency_count"] == len(latencies)
    failed = sum(status != "success" for status in statuses)
    assert facts["error_rate"] == (
        pytest.approx(failed / len(statuses), abs=1e-6) if statuses else None
    )
    assert facts["mean_latency_ms"] == (
        pytest.approx(fmean(latencies), abs=1e-6) if latencies else None
    )
    assert facts["total_cost_credits"] == (pytest.approx(sum(costs)) if costs else None)
    assert (facts["top_style"], facts["top_style_count"]) == best
    assert facts["styled_count"] == known.total()


@pytest.mark.parametrize("query", QUERIES)
def test_prompts_in_view_are_those_somebody_asked_for(plain, rows, query):
    filters = ViewFilters.from_query(query)
    expected = {row["prompt_id"] for row in _joined(plain) if _passes(row, filters)}
    assert set(rows.ids(prompts_in_view(rows, filters))) == expected


def test_only_the_chosen_prompts_count(plain, rows):
    chosen = ["p3", "p5", "nobody"]
    facts = facts_of_prompts(rows, ViewFilters(), only=rows.mask_of(chosen))
    mine = [row for row in plain["fct_generations"] if row["prompt_id"] in chosen]
    assert facts["generation_count"] == len(mine)
    assert facts["prompt_count"] == 2
