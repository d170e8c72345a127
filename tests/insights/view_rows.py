"""A view of made records: a build in memory with labels for some of its prompts."""

from typing import Any

import ibis
from ibis.backends.duckdb import Backend

from genai_session_analyzer.insights.views import View
from genai_session_analyzer.semantic.view_filters import ViewFilters
from rows import table
from semantic.semantic_rows import generation_records, session_records

GENERATIONS = generation_records(600)
SESSIONS = session_records(GENERATIONS)
STYLES = ("anime", "sketch", "watercolor")
STYLE_OF = {f"p{number}": STYLES[number % 3] for number in range(40)}
"""Prompts p40 to p59 have no label."""


def backend_of(**tables: list[dict[str, Any]]) -> Backend:
    """The records, or others given by table name, in a database in memory."""
    labels = [
        {
            "prompt_id": prompt,
            "art_style": style,
            "domain": "animal",
            "complexity_score": number % 5,
        }
        for number, (prompt, style) in enumerate(STYLE_OF.items())
    ]
    clusters = [
        {"prompt_id": prompt, "cluster_id": number % 4} for number, prompt in enumerate(STYLE_OF)
    ]
    titles = [
        {"cluster_id": number, "title": f"title {number}", "prompt_count": 9} for number in range(4)
    ]
    contents = {
        "fct_generations": GENERATIONS,
        "fct_sessions": SESSIONS,
        "ftr_prompt_labels": labels,
        "ftr_prompt_clusters": clusters,
        "dim_clusters": titles,
    }
    backend = ibis.duckdb.connect()
    for name, records in (contents | tables).items():
        table(name, records, backend)
    return backend


def view(filters: ViewFilters | None = None, **tables: list[dict[str, Any]]) -> View:
    """A view of the records, or of others given by table name."""
    return View(backend_of(**tables), filters or ViewFilters())


def style_of(record: dict[str, Any]) -> str | None:
    """The art style of a generation's prompt; None where it has no label."""
    return STYLE_OF.get(record["prompt_id"])
