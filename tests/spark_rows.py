"""A log that tells little: nulls, ties, retries, pauses of exactly the gap, halves to round."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

FIRST_DAY = datetime(2024, 2, 27)
DAYS = 6
USERS = ("ann", "ann-1", "Ünal", "bob", *(f"u{number}" for number in range(20)))
PROMPTS = ("a  cat\n on a mat ", "a cat on a mat", "a cat, on a mat", "été 東京\u3000夜 🎨", " x")
STATUSES = ("success", "timeout", "safety_violation", "rate_limited", "model_error")
SHARE_KNOWN = 0.8


def log_rows(count: int, seed: int) -> list[dict[str, Any]]:
    """Rows in our own names; every value but the id is missing now and then."""
    draw = np.random.default_rng(seed)
    return [
        {"generation_id": f"r{number}"}
        | {name: value for name, value in _row(draw).items() if draw.random() < SHARE_KNOWN}
        for number in range(count)
    ]


def _row(draw: np.random.Generator) -> dict[str, Any]:
    minute = int(draw.integers(0, DAYS * 24)) * 60 + int(draw.choice([0, 0, 10, 30, 31, 59]))
    microsecond = int(draw.choice([0, 0, 1, 1500, 999_999]))
    return {
        "prompt_text": str(draw.choice([*PROMPTS, f"p {draw.integers(200)}", "long, " * 50])),
        "user_name": str(draw.choice(USERS)),
        "requested_at": FIRST_DAY + timedelta(minutes=minute, microseconds=microsecond),
        "status": str(draw.choice(STATUSES)),
        "latency_ms": int(draw.integers(0, 40_000)),
        "retry_count": int(draw.integers(0, 4)),
        "cost_credits": round(float(draw.random()), int(draw.integers(1, 11))),
        "feedback": str(draw.choice(["thumbs_up", "thumbs_down"])),
        "is_downloaded": bool(draw.random() < 0.4),
        "user_tier": str(draw.choice(["free", "pro", "enterprise"])),
        "region": str(draw.choice(["asia", "europe"])),
        "signup_date": date(2023, 12, int(draw.integers(1, 31))),
        "token_count": int(draw.integers(1, 100)),
        "model_version": str(draw.choice(["v1", "v2"])),
        "steps": int(draw.integers(1, 150)),
        "cfg_scale": 7.5,
        "seed": int(draw.integers(0, 2**40)),
        "image_nsfw": 2.0,
    }


def write_log(folder: Path, rows: list[dict[str, Any]]) -> str:
    """The rows as parquet and a mapping for them; the parameters that name both."""
    folder.mkdir(parents=True, exist_ok=True)
    log, mapping = folder / "log.parquet", folder / "log.yml"
    names = ["generation_id", *_row(np.random.default_rng(0))]
    pq.write_table(pa.Table.from_pylist([{n: row.get(n) for n in names} for row in rows]), log)
    lines = ["dataset: our_log", "timezone: UTC", "null_prompt: allowed", "columns:"]
    mapping.write_text("\n".join([*lines, *(f"  {n}: {n}" for n in names)]), encoding="utf-8")
    return f"source.kind=logs,source.path={log},source.mapping={mapping}"
