"""A small build in memory, with unknowns, and its rows as plain dictionaries."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

import ibis
from ibis.backends.duckdb import Backend

from genai_session_analyzer.copilot.catalogue import Catalogue, catalogue
from genai_session_analyzer.copilot.facts import DataFacts, read_facts
from genai_session_analyzer.schema.values import (
    DEVICE_TYPES,
    DOMAINS,
    FAILURE_STATUSES,
    MOODS,
    REGIONS,
    USER_TIERS,
)
from rows import generation, table, user

Record = dict[str, Any]
FIRST_DAY = datetime(2024, 2, 26)  # a Monday
DAYS = 20
USERS, PROMPTS, GENERATIONS = 12, 25, 400


@dataclass(frozen=True)
class World:
    """A build, what is known of it, and the generations with all that belongs to them."""

    backend: Backend
    facts: DataFacts
    catalogue: Catalogue
    generations: tuple[Record, ...]
    sessions: tuple[Record, ...]
    users: tuple[Record, ...]
    prompts: tuple[Record, ...]

    def run(self, sql: str) -> list[tuple[Any, ...]]:
        return self.backend.con.execute(sql).fetchall()


@cache
def world(with_features: bool = True) -> World:
    """The one build of these tests; costs are quarters, so that sums are exact."""
    chance = random.Random(3)  # noqa: S311  (rows for tests)
    users = [_user(chance, number) for number in range(USERS)]
    prompts = [_prompt(chance, number) for number in range(PROMPTS)]
    generations = [_generation(chance, number, users) for number in range(GENERATIONS)]
    sessions = list(_sessions(generations))
    labels = [_label(chance, number) for number in range(PROMPTS - 3)] if with_features else []
    clusters = [_cluster_of(number) for number in range(PROMPTS)] if with_features else []
    backend = ibis.duckdb.connect()
    for name, rows in (
        ("dim_users", users),
        ("dim_prompts", prompts),
        ("fct_generations", generations),
        ("fct_sessions", sessions),
        ("ftr_prompt_labels", labels),
        ("ftr_prompt_clusters", clusters),
        ("dim_clusters", [_cluster(number) for number in range(3)] if with_features else []),
    ):
        table(name, rows, backend)
    facts = read_facts(backend)
    flat = tuple(_flat(each, users, prompts, sessions, labels, clusters) for each in generations)
    words = catalogue(facts)
    return World(backend, facts, words, flat, tuple(sessions), tuple(users), tuple(prompts))


def _user(chance: random.Random, number: int) -> Record:
    signup = date(2024, 1, 1) + timedelta(days=chance.randrange(60))
    return user(
        f"u{number:02}",
        user_tier=USER_TIERS[number % 3],
        region=REGIONS[number % 5],
        device_type=DEVICE_TYPES[chance.randrange(3)],
        signup_date=signup,
        cohort_week=signup - timedelta(days=signup.weekday()),
        lifetime_cost_credits=_perhaps(chance, chance.randrange(40) / 4),
        total_generations=chance.randrange(60),
    )


def _prompt(chance: random.Random, number: int) -> Record:
    return {
        "prompt_id": f"p{number}",
        "prompt_text": f"a quiet lake, 100% blue, number {number}",
        "char_count": 30 + number,
        "token_count": 5 + number,
        "prompt_length_category": "short" if number < 6 else "medium",
        "times_used": chance.randrange(1, 5),
        "user_count": 1,
        "first_seen_at": FIRST_DAY + timedelta(hours=number * 7),
    }


def _generation(chance: random.Random, number: int, users: list[Record]) -> Record:
    of = chance.choice(users)
    moment = FIRST_DAY + timedelta(days=chance.randrange(DAYS), minutes=chance.randrange(1440))
    status = chance.choice(["success"] * 8 + [*FAILURE_STATUSES, None])
    profile = {name: of[name] for name in ("user_tier", "region", "device_type")}
    return generation(
        number,
        user_id=of["user_id"],
        prompt_id=_perhaps(chance, f"p{chance.randrange(PROMPTS)}"),
        session_id=f"{of['user_id']}-{moment.day % 3}",
        requested_at=moment,
        status=status,
        latency_ms=_perhaps(chance, chance.randrange(200, 9000)),
        retry_count=_perhaps(chance, chance.randrange(3)),
        cost_credits=_perhaps(chance, chance.randrange(12) / 4),
        model_version=_perhaps(chance, chance.choice(["v1.5", "v2.0", "v2.1"])),
        steps=_perhaps(chance, chance.choice([20, 50])),
        image_count=_perhaps(chance, chance.randrange(1, 5)),
        feedback=chance.choice([None, "thumbs_up", "thumbs_down"]),
        is_downloaded=chance.choice([None, True, False]),
        telemetry_origin=chance.choice(["observed", "simulated"]),
        **profile,
    )


def _sessions(generations: list[Record]) -> Iterable[Record]:
    for key in sorted({each["session_id"] for each in generations}):
        rows = [each for each in generations if each["session_id"] == key]
        yield _session(key, rows)


def _session(key: str, rows: list[Record]) -> Record:
    first = min(rows, key=lambda each: each["requested_at"])
    latencies = [each["latency_ms"] for each in rows if each["latency_ms"] is not None]
    known = [each["status"] for each in rows if each["status"]]
    score = 10.0 * (len(rows) % 7) if len(rows) % 5 else None
    return {
        **{name: first[name] for name in ("user_id", "user_tier", "region", "device_type")},
        "session_id": key,
        "started_at": first["requested_at"],
        "ended_at": max(each["requested_at"] for each in rows),
        "session_date": first["requested_date"],
        "duration_s": 15.0 * len(rows),
        "generation_count": len(rows),
        "success_count": known.count("success"),
        "known_status_count": len(known),
        **{f"{status}_count": known.count(status) for status in FAILURE_STATUSES},
        "known_latency_count": len(latencies),
        "total_latency_ms": sum(latencies) if latencies else None,
        "max_latency_ms": max(latencies, default=None),
        "total_cost_credits": sum(each["cost_credits"] or 0 for each in rows),
        "thumbs_up_count": sum(1 for each in rows if each["feedback"] == "thumbs_up"),
        "thumbs_down_count": sum(1 for each in rows if each["feedback"] == "thumbs_down"),
        "download_count": sum(1 for each in rows if each["is_downloaded"]),
        "friction_score": score,
        "friction_band": None if score is None else ("low" if score < 10 else "high"),
        "churned_after": len(rows) % 2 == 0,
        "simulated_share": 1.0,
    }


def _label(chance: random.Random, number: int) -> Record:
    return {
        "prompt_id": f"p{number}",
        "domain": _perhaps(chance, chance.choice(DOMAINS[:4])),
        "art_style": "anime",
        "mood": chance.choice(MOODS[:3]),
        "subject": f"thing {number}",
        "setting": "city",
        "lighting": "night",
        "complexity_score": _perhaps(chance, chance.randrange(1, 6)),
        "has_nsfw_intent": chance.random() < 0.2,
        "labeler": "lexicon",
        "model": "m",
        "revision": "r",
        "prompt_version": "1",
        "content_id": str(number),
        "parse_status": "ok",
        "mlflow_run_id": "run",
    }


def _cluster_of(number: int) -> Record:
    cluster = number % 4 - 1
    return {"prompt_id": f"p{number}", "cluster_id": cluster, "x": 0.0, "y": 0.0}


def _cluster(number: int) -> Record:
    return {
        "cluster_id": number,
        "level": 1,
        "title": f"cluster {number}",
        "description": "alike",
        "prompt_count": 6,
    }


def _flat(
    each: Record,
    users: list[Record],
    prompts: list[Record],
    sessions: list[Record],
    *features: list[Record],
) -> Record:
    """A generation with all a plan of generations may name, by that name."""
    flat = dict(each)
    for key, name, rows in (
        ("user_id", "users.", users),
        ("prompt_id", "prompts.", prompts),
        ("session_id", "sessions.", sessions),
        *(("prompt_id", "", rows) for rows in features),
    ):
        found = next((row for row in rows if row[key] == each[key]), {})
        columns = rows[0].keys() if rows else ()
        own = {name + column: found.get(column) for column in columns if column != key}
        flat |= own
    cluster = flat.get("cluster_id")
    flat["cluster_title"] = f"cluster {cluster}" if cluster in (0, 1, 2) else None
    return flat


def _perhaps(chance: random.Random, value: Any) -> Any:
    return None if chance.random() < 0.1 else value
