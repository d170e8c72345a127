"""Published builds with prompts, labels, pictures and generations, as plain rows and as files."""

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import ibis
import numpy as np

from genai_session_analyzer.embedding import HashEncoder
from genai_session_analyzer.retrieval import PromptSearch, SearchSettings
from genai_session_analyzer.schema import TABLES
from genai_session_analyzer.warehouse.build_plan import BuildPlan
from genai_session_analyzer.warehouse.builds import Build, new_build_id
from genai_session_analyzer.warehouse.publishing import publish_build
from genai_session_analyzer.warehouse.reader import BuildReader
from rows import generation, table

ENCODER = HashEncoder()
NO_WAIT = SearchSettings(wait_s=60)
THINGS = ("cat", "castle", "dragon", "lake", "robot", "forest", "old man", "city")
MANNERS = ("in the rain", "at night", "as a painting", "in neon", "smiling", "under water")
RUN = "run-1"
Rows = dict[str, list[dict[str, Any]]]


def world(prompt_count: int = 60, generation_count: int = 300, seed: int = 1) -> Rows:
    """Rows of a build, by table: prompts p0, p1 ..., each labelled, some without one label."""
    chance = random.Random(seed)  # noqa: S311  (rows for tests)
    texts = [
        f"{chance.choice(THINGS)} {chance.choice(MANNERS)} number {number}"
        for number in range(prompt_count)
    ]
    generations = [_generation(chance, number, prompt_count) for number in range(generation_count)]
    return {
        "dim_prompts": [_prompt(number, text) for number, text in enumerate(texts)],
        "fct_generations": generations,
        "ftr_prompt_embeddings": [_embedded(number, text) for number, text in enumerate(texts)],
        "ftr_prompt_labels": [_label(chance, number) for number in range(prompt_count)],
        "ftr_prompt_clusters": [_clustered(chance, number) for number in range(prompt_count)],
        "ftr_image_embeddings": [_image(chance, number) for number in range(0, prompt_count, 2)],
        "dim_clusters": [_cluster(number) for number in range(3)],
    }


def publish(root: Path, tables: Rows) -> Build:
    """Publish rows as a build."""
    backend = ibis.duckdb.connect()
    for name, rows in tables.items():
        table(name, rows, backend)
    plan = BuildPlan(
        build_id=new_build_id(datetime.now(UTC), root),
        tables={name: TABLES[name].description for name in tables},
        checks=(),
    )
    return publish_build(backend.con, root, plan)


def search_of(root: Path, **changes: Any) -> PromptSearch:
    """A search over the builds of a root."""
    return PromptSearch(BuildReader(root), **{"settings": NO_WAIT, **changes})


def _prompt(number: int, text: str) -> dict[str, Any]:
    return {
        "prompt_id": f"p{number}",
        "prompt_text": text,
        "char_count": len(text),
        "token_count": 5,
        "prompt_length_category": "short",
        "times_used": 1,
        "user_count": 1,
        "first_seen_at": datetime(2024, 1, 1),
    }


def _generation(chance: random.Random, number: int, prompt_count: int) -> dict[str, Any]:
    day = date(2024, 1, 1) + timedelta(days=chance.randrange(20))
    return generation(
        number,
        prompt_id=chance.choice([None, *(f"p{each}" for each in range(prompt_count - 1))]),
        status=chance.choice(["success", "success", "timeout", "model_error", None]),
        latency_ms=chance.choice([None, 500, 1500, 4000]),
        cost_credits=chance.choice([None, 0.25, 1.5]),
        user_tier=chance.choice(["free", "pro", "enterprise"]),
        region=chance.choice(["europe", "asia"]),
        device_type=chance.choice(["desktop", "mobile"]),
        model_version=chance.choice([None, "v1", "v2"]),
        requested_at=datetime(day.year, day.month, day.day, chance.randrange(24)),
        prompt_nsfw=chance.choice([None, 0.1, 0.2, 0.49, 0.01, 0.02, 0.03, 0.5]),
        image_nsfw=2.0 if chance.random() < 0.01 else None,
    )


def _embedded(number: int, text: str) -> dict[str, Any]:
    return {
        "prompt_id": f"p{number}",
        "embedding": ENCODER.encode([text])[0].tolist(),
        "model": ENCODER.model,
        "revision": ENCODER.revision,
        "mlflow_run_id": RUN,
    }


def _label(chance: random.Random, number: int) -> dict[str, Any]:
    return {
        "prompt_id": f"p{number}",
        "domain": chance.choice(["animal", "environment", None]),
        "art_style": chance.choice(["anime", "sketch", "unknown", None]),
        "mood": chance.choice(["dark", "serene"]),
        "complexity_score": chance.choice([1, 3, None]),
        "has_nsfw_intent": chance.choice([False, False, False, None, True]),
        "labeler": "test",
        "model": "test",
        "revision": "1",
        "prompt_version": "1",
        "content_id": f"c{number}",
        "parse_status": "ok",
        "mlflow_run_id": RUN,
    }


def _clustered(chance: random.Random, number: int) -> dict[str, Any]:
    cluster = chance.choice([-1, 0, 1, 2])
    return {"prompt_id": f"p{number}", "cluster_id": cluster, "x": 0.0, "y": 0.0,
            "mlflow_run_id": RUN}  # fmt: skip


def _image(chance: random.Random, number: int) -> dict[str, Any]:
    vector = np.array([chance.gauss(0, 1) for _ in range(8)])
    return {
        "image_path": f"pictures/{number}.png",
        "prompt_id": None if number == 4 else f"p{number}",
        "image_embedding": (vector / np.linalg.norm(vector)).tolist(),
        "style_cluster": 0,
        "thumbnail_path": f"ab/abc{number}.webp",
        "image_source": "painted",
        "model": "test",
        "revision": "1",
        "mlflow_run_id": RUN,
    }


def _cluster(number: int) -> dict[str, Any]:
    return {
        "cluster_id": number, "parent_id": 9, "level": 1, "title": f"cluster {number}",
        "description": "", "keywords": [], "prompt_count": 1, "coherence": 1.0,
        "nearest_prompt_ids": [], "centroid": [1.0], "title_embedding": [1.0],
        "generation_count": 1, "mlflow_run_id": RUN,
    }  # fmt: skip
