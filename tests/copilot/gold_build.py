"""A build in memory that gold questions have something to ask of: every value occurs."""

from datetime import date, datetime, timedelta
from typing import Any

import ibis
import numpy as np
from ibis.backends.duckdb import Backend

from genai_session_analyzer.schema.values import (
    ART_STYLES,
    DEVICE_TYPES,
    DOMAINS,
    FEEDBACKS,
    MOODS,
    REGIONS,
    STATUSES,
    USER_TIERS,
)
from rows import table
from semantic.semantic_rows import session_records

FIRST_DAY = datetime(2024, 1, 1)
DAYS = 74
USERS, PROMPTS, SESSIONS = 90, 700, 650
MODELS = ("v1.4", "v1.5", "v2.0", "v2.1")
SAMPLERS = ("k_lms", "ddim", "plms", "k_euler_ancestral")
LENGTHS = ("short", "medium", "long", "very_long")
LIGHTINGS = ("unknown", "neon", "golden hour", "soft")
SETTINGS = ("unknown", "city", "forest", "space")
SUBJECTS = ("dragon", "kitchen", "old man", "gas station", "lighthouse")
ORIGINS = ("user_origin", "time_origin", "telemetry_origin", "profile_origin")


def gold_backend() -> Backend:
    """The tables that gold SQL reads, on a connection of their own."""
    random = np.random.default_rng(17)
    users = [_user(number, random) for number in range(USERS)]
    prompts = [_prompt(number, random) for number in range(PROMPTS)]
    generations = _generations(users, prompts, random)
    contents = {
        "fct_generations": generations,
        "fct_sessions": session_records(generations),
        "dim_users": [_with_totals(user, generations) for user in users],
        "dim_prompts": [_used(prompt, generations) for prompt in prompts],
        "ftr_prompt_labels": [_label(prompt["prompt_id"], random) for prompt in prompts],
        "ftr_prompt_clusters": [
            {"prompt_id": prompt["prompt_id"], "cluster_id": _cluster(prompt), "x": 0.0, "y": 0.0}
            for prompt in prompts
        ],
        "dim_clusters": [_cluster_row(number, prompts, generations) for number in range(5)],
    }
    backend = ibis.duckdb.connect()
    backend.con.execute("SET TimeZone = 'UTC'")
    for name, records in contents.items():
        table(name, records, backend)
    return backend


def _cluster(prompt: dict[str, Any]) -> int:
    """The cluster of a prompt; -1 for a few that are in none."""
    number = int(prompt["prompt_id"][1:])
    return -1 if number % 30 == 0 else number % 5


def _cluster_row(
    number: int, prompts: list[dict[str, Any]], generations: list[dict[str, Any]]
) -> dict[str, Any]:
    members = {prompt["prompt_id"] for prompt in prompts if _cluster(prompt) == number}
    known = [each["status"] for each in generations
             if each["prompt_id"] in members and each["status"] is not None]  # fmt: skip
    failed = sum(status != "success" for status in known)
    return {"cluster_id": number, "level": 1, "title": f"lakes {number}",
            "prompt_count": len(members), "generation_count": len(known),
            "failure_rate": failed / len(known)}  # fmt: skip


def _user(number: int, random: np.random.Generator) -> dict[str, Any]:
    signup = date(2024, 3, 10) - timedelta(days=int(random.exponential(90)) % 500)
    return {
        "user_id": f"user_{number}",
        "user_tier": USER_TIERS[_skewed(len(USER_TIERS), random)],
        "region": REGIONS[_skewed(len(REGIONS), random)],
        "device_type": DEVICE_TYPES[_skewed(len(DEVICE_TYPES), random)],
        "signup_date": signup,
        "cohort_week": signup - timedelta(days=signup.weekday()),
        "user_origin": "observed",
        "profile_origin": "simulated",
    }


def _prompt(number: int, random: np.random.Generator) -> dict[str, Any]:
    tokens = int(random.integers(3, 90))
    place = sum(tokens > most for most in (10, 30, 60))
    return {
        "prompt_id": f"p{number}",
        "prompt_text": f"a {SUBJECTS[number % 5]} number {number}",
        "char_count": tokens * 5,
        "token_count": tokens,
        "prompt_length_category": LENGTHS[place],
    }


def _label(prompt_id: str, random: np.random.Generator) -> dict[str, Any]:
    return {
        "prompt_id": prompt_id,
        "domain": DOMAINS[_skewed(len(DOMAINS), random)],
        "art_style": ART_STYLES[_skewed(len(ART_STYLES), random)],
        "mood": MOODS[_skewed(len(MOODS), random)],
        "subject": SUBJECTS[int(prompt_id[1:]) % 5],
        "setting": SETTINGS[_skewed(4, random)],
        "lighting": LIGHTINGS[_skewed(4, random)],
        "complexity_score": int(random.integers(1, 6)),
        "has_nsfw_intent": bool(random.random() < 0.05),
        "parse_status": "ok",
    }


def _generations(
    users: list[dict[str, Any]], prompts: list[dict[str, Any]], random: np.random.Generator
) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = []
    for session in range(SESSIONS):
        user = users[_skewed(USERS, random, 4)]
        offset = timedelta(seconds=int(random.integers(DAYS * 86_400)))
        moment = FIRST_DAY + offset
        for _ in range(int(random.geometric(0.18))):
            prompt = prompts[int(random.integers(PROMPTS))]
            where = {
                "generation_id": f"g{len(records)}",
                "session_id": f"s{session}",
                "requested_at": moment,
            }
            records.append(_generation(where, user, prompt, random))
            moment += timedelta(seconds=int(random.integers(20, 600)))
    return records


def _generation(
    where: dict[str, Any],
    user: dict[str, Any],
    prompt: dict[str, Any],
    random: np.random.Generator,
) -> dict[str, Any]:
    """One row: what only it has, on top of its ids and time, its user and its prompt."""
    status = STATUSES[_skewed(len(STATUSES), random, 3)]
    has_verdict = random.random() < 0.3
    return {
        **where,
        "prompt_id": prompt["prompt_id"],
        "token_count": prompt["token_count"],
        "prompt_length_category": prompt["prompt_length_category"],
        "dataset": "made",
        "requested_date": where["requested_at"].date(),
        "status": status,
        **{f"is_{name}": status == name for name in STATUSES},
        "latency_ms": int(random.lognormal(8, 0.8)),
        "retry_count": int(random.geometric(0.7)) - 1,
        "cost_credits": round(float(random.random()) * 2, 4),
        "model_version": MODELS[_skewed(4, random)],
        "sampler": SAMPLERS[_skewed(4, random, 3)],
        "steps": int(random.choice([20, 50, 100, 150])),
        "cfg_scale": float(random.choice([5.0, 7.0, 10.0, 12.5, 15.0, 20.0])),
        "width": int(random.choice([512, 768, 1024])),
        "height": 512,
        "image_count": int(random.integers(1, 10)),
        "feedback": FEEDBACKS[int(random.random() < 0.3)] if has_verdict else None,
        "is_downloaded": status == "success" and bool(random.random() < 0.6),
        "time_origin": "observed",
        "telemetry_origin": "observed" if random.random() < 0.7 else "simulated",
        **{
            name: user[name]
            for name in ("user_id", "user_tier", "region", "device_type", "user_origin")
        },
        "profile_origin": "observed",
    }


def _with_totals(user: dict[str, Any], generations: list[dict[str, Any]]) -> dict[str, Any]:
    mine = [each for each in generations if each["user_id"] == user["user_id"]]
    successes = sum(each["status"] == "success" for each in mine)
    return user | {
        "total_generations": len(mine),
        "successful_generations": successes,
        "total_sessions": len({each["session_id"] for each in mine}),
        "lifetime_cost_credits": sum(each["cost_credits"] for each in mine) if mine else None,
        "first_generation_at": min((each["requested_at"] for each in mine), default=None),
        "last_generation_at": max((each["requested_at"] for each in mine), default=None),
        "success_rate": successes / len(mine) if mine else None,
    }


def _used(prompt: dict[str, Any], generations: list[dict[str, Any]]) -> dict[str, Any]:
    uses = [each for each in generations if each["prompt_id"] == prompt["prompt_id"]]
    return prompt | {
        "times_used": len(uses),
        "user_count": len({each["user_id"] for each in uses}),
        "first_seen_at": min((each["requested_at"] for each in uses), default=FIRST_DAY),
    }


def _skewed(count: int, random: np.random.Generator, power: float = 2) -> int:
    """A place from 0 on; early ones are more likely, none is impossible."""
    return int(count * random.random() ** power)
