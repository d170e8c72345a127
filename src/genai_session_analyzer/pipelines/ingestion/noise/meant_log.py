"""What the log means: the corpus with users, times and outcomes from a simple seeded model."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from genai_session_analyzer.pipelines.ingestion.noise.parameters import NoiseParameters
from genai_session_analyzer.schema.values import STATUSES

STATUS_SHARES = (0.94, 0.01, 0.01, 0.02, 0.02)
"""In the order of `STATUSES`; chosen so that every status occurs."""
MEDIAN_LATENCY_MS = 3_000
LATENCY_SIGMA = 0.6

MEANT_SCHEMA = pa.schema(
    [
        ("generation_id", pa.string()),
        ("prompt_text", pa.string()),
        ("user_name", pa.string()),
        ("requested_at", pa.timestamp("us")),
        ("status", pa.string()),
        ("latency_ms", pa.int64()),
        ("steps", pa.int32()),
        ("width", pa.int32()),
        ("height", pa.int32()),
        ("image_path", pa.string()),
    ]
)
"""One row per generation in the order of time, no nulls: what ingestion must make of the record.

The id is the log's own, without the dataset's name before it.
"""


def meant_log(corpus: pa.Table, noise: NoiseParameters, generator: np.random.Generator) -> pa.Table:
    """The generations of a log before anything is planted in it.

    Args:
        corpus: Rows of `CORPUS_SCHEMA`, from the corpus's first row on.
        noise: Period and generations per user.
        generator: Where users, times, statuses and latencies are drawn from.

    Returns:
        `MEANT_SCHEMA`, a row per row of the corpus. One user asks all of a thread; times are
        uniform over the period, in whole seconds.
    """
    row_count = corpus.num_rows
    numbers = pa.array(np.arange(1, row_count + 1)).cast(pa.string())
    seconds = np.sort(generator.integers(0, noise.period_days * 86_400, row_count))
    moments = np.datetime64(noise.first_moment, "us") + seconds * np.timedelta64(1, "s")
    requested_at = pa.array(moments)
    days = pc.strftime(requested_at, format="%Y-%m-%d")
    latency = MEDIAN_LATENCY_MS * np.exp(LATENCY_SIGMA * generator.standard_normal(row_count))
    statuses = generator.choice(len(STATUSES), size=row_count, p=STATUS_SHARES)
    columns = {
        "generation_id": _joined("req-", numbers),
        "prompt_text": corpus["prompt_text"].combine_chunks(),
        "user_name": _users(corpus["thread_id"].to_numpy(), noise, generator),
        "requested_at": requested_at,
        "status": pa.array(STATUSES).take(pa.array(statuses)),
        "latency_ms": pa.array(np.rint(latency).astype(np.int64)),
        **{name: corpus[name].combine_chunks() for name in ("steps", "width", "height")},
        "image_path": pc.binary_join_element_wise(days, _joined(numbers, ".png"), "/"),
    }
    return pa.table(columns, schema=MEANT_SCHEMA)


def _users(
    thread_ids: np.ndarray, noise: NoiseParameters, generator: np.random.Generator
) -> pa.Array:
    """The user of each row; a thread's number is that of its first row."""
    row_count = len(thread_ids)
    user_count = max(1, round(row_count / noise.generations_per_user))
    users = generator.integers(0, user_count, row_count)[thread_ids]
    return _joined("user-", pa.array(users).cast(pa.string()))


def _joined(*parts: pa.Array | str) -> pa.Array:
    return pc.binary_join_element_wise(*parts, "")
