"""Ranked prompts as rows to show."""

from pathlib import PurePosixPath
from typing import Any

import pyarrow as pa

from genai_session_analyzer.retrieval.conditions import generation_conditions
from genai_session_analyzer.retrieval.prompt_facts import facts_of, found_generations
from genai_session_analyzer.retrieval.query import SearchFilters
from genai_session_analyzer.retrieval.ranking import Ranking
from genai_session_analyzer.retrieval.result import FoundPrompt, GroupFacts
from genai_session_analyzer.retrieval.snapshot import Snapshot, facts_of_group

_UNUSED = {
    "generation_count": 0,
    "status_counts": {},
    "error_rate": None,
    "mean_latency_ms": None,
    "total_cost_credits": None,
    "newest": None,
}


def found_rows(
    snapshot: Snapshot, ranking: Ranking, filters: SearchFilters
) -> tuple[tuple[FoundPrompt, ...], GroupFacts]:
    """Return the ranked prompts with their facts, and the facts of all of them together.

    Args:
        snapshot: The build.
        ranking: Prompts in order.
        filters: Their conditions on generations decide which generations count.
    """
    prompts = snapshot.prompts.facts.take(pa.array(ranking.numbers))
    cursor = snapshot.opened.cursor()
    rows_found = snapshot.generations.rows_of(ranking.numbers, generation_conditions(filters))
    facts = facts_of(found_generations(cursor, rows_found.tolist()))
    similarities = (
        [None] * len(prompts) if ranking.similarities is None else ranking.similarities.tolist()
    )
    rows = tuple(
        FoundPrompt(
            **_shown(prompt, snapshot),
            **facts.by_prompt.get(prompt["prompt_id"], _UNUSED),
            similarity=similarity,
        )
        for prompt, similarity in zip(prompts.to_pylist(), similarities, strict=True)
    )
    return rows, facts_of_group(facts.together, prompts["art_style"])


def _shown(prompt: dict[str, Any], snapshot: Snapshot) -> dict[str, Any]:
    thumbnail = prompt.pop("thumbnail_path")
    return {
        **prompt,
        "thumbnail_id": None if thumbnail is None else PurePosixPath(thumbnail).stem,
        "cluster_title": snapshot.cluster_titles.get(prompt["cluster_id"]),
    }
