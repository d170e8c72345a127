"""Users, times and outcomes for the embedded corpus in plain NumPy, in about a hundred lines."""

import duckdb
import numpy as np
import pyarrow as pa

from genai_session_analyzer.schema.values import DEVICE_TYPES, REGIONS, STATUSES, USER_TIERS

Array = np.ndarray
FIRST_DAY = np.datetime64("2024-01-01", "us")
PERIOD_DAYS = 90
DAY_US = 86_400_000_000
GENERATIONS_PER_USER = 20
TIER_SHARES = (0.70, 0.25, 0.05)
TIER_ACTIVITY = np.array([1.0, 3.0, 8.0])
REGION_SHARES = (0.30, 0.25, 0.20, 0.15, 0.10)
DEVICE_SHARES = (0.70, 0.25, 0.05)
MODELS = ("v1.4", "v1.5", "v2.0", "v2.1")
MODEL_SHARES = (0.1, 0.2, 0.3, 0.4)
KEYWORDS = "nude|naked|nudity|topless|nsfw|gore|gory|blood|bloody|kill|killing|murder|corpse|erotic"


def simulate(connection: duckdb.DuckDBPyConnection, seed: int) -> None:
    """Writes `simulated_users` and `simulated_generations` for `raw_generations`."""
    rng = np.random.default_rng(seed)
    source = connection.execute(
        "SELECT thread_id, ((len(string_split(prompt_text, ' ')) + len(string_split(prompt_text,"
        " ',')) - 2) * 667 + length(prompt_text) * 97 + 500) // 1000 AS tokens,"
        rf" regexp_matches(prompt_text, '\b({KEYWORDS})\b', 'i') AS is_unsafe"
        " FROM raw_generations ORDER BY raw_id"
    ).fetchnumpy()
    user_count = max(1, len(source["tokens"]) // GENERATIONS_PER_USER)
    tiers = rng.choice(3, user_count, p=TIER_SHARES).astype(np.int8)
    users, times = _activity(source["thread_id"], tiers, rng)
    ids = pa.array([f"sim_{number:07d}" for number in range(user_count)])
    generations = {
        "raw_id": pa.array(np.arange(1, len(users) + 1)),
        "user_id": pa.DictionaryArray.from_arrays(pa.array(users), ids),
        "requested_at": pa.array(FIRST_DAY.astype(np.int64) + times).cast(pa.timestamp("us")),
        **_telemetry(source, tiers[users], rng),
    }
    _save(connection, "simulated_generations", pa.table(generations))
    _save(connection, "simulated_users", _profiles(ids, tiers, users, times, rng))


def _activity(threads: Array, tiers: Array, rng: np.random.Generator) -> tuple[Array, Array]:
    """User and microseconds since the first day, by row: threads in sessions, in bursts."""
    is_thread = np.append(True, threads[1:] != threads[:-1])
    starts_session = is_thread & (rng.random(len(threads)) < 0.35)
    starts_session[0] = True
    session = np.cumsum(starts_session) - 1
    weights = TIER_ACTIVITY[tiers] * rng.lognormal(0, 0.9, len(tiers))
    bounds = np.cumsum(weights) / weights.sum()
    owner = np.searchsorted(bounds, rng.random(session[-1] + 1)).astype(np.int32)
    start = (rng.random(session[-1] + 1) * PERIOD_DAYS * DAY_US).astype(np.int64)
    gaps = np.minimum(rng.lognormal(np.log(60), 1.1, len(threads)), 1500)
    elapsed = np.cumsum((gaps * 1e6).astype(np.int64))
    since_start = elapsed - elapsed[starts_session][session]
    return owner[session], start[session] + since_start


def _telemetry(
    source: dict[str, Array], tiers: Array, rng: np.random.Generator
) -> dict[str, pa.Array]:
    size, tokens = len(tiers), source["tokens"]
    chance = rng.random((9, size))
    status = np.select(
        [
            source["is_unsafe"] & (chance[0] < 0.85),
            (tokens > 75) & (chance[1] < 0.15),
            chance[2] < np.array([0.08, 0, 0])[tiers],
            chance[3] < 0.02,
        ],
        [STATUSES.index(name) for name in _FAILURES],
    ).astype(np.int8)
    is_success = status == 0
    computed = np.maximum(tokens, 1) * 50 * np.exp(0.5 * rng.standard_normal(size))
    is_quick = np.isin(status, [STATUSES.index(name) for name in ("safety_violation", _LIMITED)])
    latency = np.where(is_quick, 100 + 400 * chance[4], np.minimum(computed, 30_000))
    latency = np.where(status == STATUSES.index("timeout"), 30_000, latency)
    latency = np.maximum(np.rint(latency), 1).astype(np.int64)
    cost = (tokens * 0.01 + latency / 1000 * 0.2) * np.where(is_success, 1, 0.1)
    cost = cost * np.array([1, 0.9, 0.8])[tiers]
    feedback = (chance[6] < np.where(is_success, 0.8, 0.1)).astype(np.int8)
    says_nothing = chance[5] >= np.array([0.10, 0.20, 0.25])[tiers]
    downloads = np.array([0.40, 0.65, 0.80])[tiers] + 0.2 * (~says_nothing & (feedback == 1))
    retries = np.minimum(rng.poisson(np.where(is_success, 0.3, 1.5)), 5)
    models = np.searchsorted(np.cumsum(MODEL_SHARES)[:-1], chance[8])
    return {
        "status": _words(status, STATUSES),
        "latency_ms": pa.array(latency),
        "retry_count": pa.array(retries.astype(np.int32)),
        "cost_credits": pa.array(np.maximum(np.round(cost, 4), 0.0001)),
        "feedback": _words(feedback, ("thumbs_down", "thumbs_up"), says_nothing),
        "is_downloaded": pa.array(is_success & (chance[7] < downloads)),
        "model_version": _words(models, MODELS),
        "has_simulated_telemetry": pa.array(np.ones(size, dtype=bool)),
    }


_LIMITED = "rate_limited"
_FAILURES = ("safety_violation", "timeout", _LIMITED, "model_error")


def _profiles(
    ids: pa.Array, tiers: Array, users: Array, times: Array, rng: np.random.Generator
) -> pa.Table:
    count = len(tiers)
    first = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(first, users, times)
    days = np.minimum(first // DAY_US, PERIOD_DAYS) - rng.exponential(60, count).astype(np.int64)
    signup = FIRST_DAY.astype("datetime64[D]") + days
    return pa.table(
        {
            "user_id": ids,
            "user_tier": _words(tiers, USER_TIERS),
            "region": _words(rng.choice(5, count, p=REGION_SHARES), REGIONS),
            "device_type": _words(rng.choice(3, count, p=DEVICE_SHARES), DEVICE_TYPES),
            "signup_date": pa.array(signup),
        }
    )


def _words(codes: Array, words: tuple[str, ...], mask: Array | None = None) -> pa.DictionaryArray:
    indices = pa.array(codes.astype(np.int8), mask=mask)
    return pa.DictionaryArray.from_arrays(indices, pa.array(words))


def _save(connection: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    connection.register("arriving", table)
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS FROM arriving")
    connection.unregister("arriving")
