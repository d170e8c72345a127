"""A small published build with everything the shell and its pages read, and its pictures."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ibis

from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.warehouse.build_plan import BuildPlan
from genai_session_analyzer.warehouse.builds import new_build_id
from genai_session_analyzer.warehouse.publishing import publish_build
from genai_session_analyzer.warehouse.reader import BuildReader
from rows import table
from semantic.semantic_rows import generation_records, session_records

TABLES = (
    "dim_users", "dim_prompts", "fct_generations", "fct_sessions", "daily_metrics",
    "user_friction_summary", "data_quality", "ftr_prompt_embeddings", "ftr_prompt_labels",
    "ftr_image_embeddings", "ftr_prompt_clusters", "dim_clusters",
)  # fmt: skip
DOMAINS = ("portrait", "animal", "unknown")
STYLES = ("anime", "sketch")
PICTURE = b"\x89PNG\r\n\x1a\n" + b"not really drawn"
PICTURE_ID = "a" * 64


def records(count: int = 400) -> dict[str, list[dict[str, Any]]]:
    """Rows by table; prompts p50 to p59 have neither label nor cluster."""
    generations = generation_records(count)
    labels = [
        {
            "prompt_id": f"p{number}",
            "domain": DOMAINS[number % 3],
            "art_style": STYLES[number % 2],
            "mood": "neutral",
            "complexity_score": 1 + number % 5,
            "has_nsfw_intent": False,
            "mlflow_run_id": "step",
        }
        for number in range(50)
    ]
    return {
        "fct_generations": generations,
        "fct_sessions": session_records(generations),
        "ftr_prompt_labels": labels,
        "ftr_prompt_clusters": [
            {"prompt_id": f"p{number}", "cluster_id": number % 4, "x": 0.0, "y": 0.0}
            for number in range(50)
        ],
        "dim_clusters": [
            {"cluster_id": number, "parent_id": 9, "level": 1, "title": f"Lakes {number}",
             "prompt_count": 12} for number in range(4)
        ] + [{"cluster_id": 9, "level": 0, "title": "Water", "prompt_count": 48}],
        "dim_prompts": [
            {"prompt_id": f"p{number}", "prompt_text": f"a quiet lake {number}"}
            for number in range(60)
        ],
        "ftr_image_embeddings": [
            {"image_path": "painted/p1", "prompt_id": "p1",
             "thumbnail_path": f"aa/{PICTURE_ID}.png"}
        ],
    }  # fmt: skip


def backend_with(**tables: list[dict[str, Any]]) -> Any:
    """A connection with the records, or others by table name."""
    backend = ibis.duckdb.connect()
    contents = records() | tables
    for name in TABLES:
        table(name, contents.get(name, []), backend)
    return backend


def publish(root: Path, **tables: list[dict[str, Any]]) -> None:
    """Publish the records as the newest build under `root`."""
    plan = BuildPlan(
        build_id=new_build_id(datetime(2026, 1, 1, tzinfo=UTC), root),
        tables=dict.fromkeys(TABLES, "For a test."),
        checks=(),
    )
    publish_build(backend_with(**tables).con, root, plan)


def services(folder: Path, **values: Any) -> Services:
    """Services over a build of the records, with one picture."""
    publish(folder / "published")
    images = folder / "images"
    (images / "aa").mkdir(parents=True)
    (images / "aa" / f"{PICTURE_ID}.png").write_bytes(PICTURE)
    given = {"search": None, "mlflow_store": None, "images": images, **values}
    return Services(reader=BuildReader(folder / "published"), **given)
