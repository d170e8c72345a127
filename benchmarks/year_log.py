"""A synthetic log of a service's own: one parquet file a day, with everything observed."""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

FIRST_DAY = date(2024, 1, 1)
OUTCOMES = ("ok", "timed_out", "blocked", "rate_limited", "failed")
OUTCOME_SHARES = (0.90, 0.04, 0.02, 0.03, 0.01)
_VOCABULARY = (
    "amber ancient autumn bridge bright calm castle cinematic city cloud coast cosmic crystal "
    "dark dawn desert detailed dragon dusk ember epic fog forest garden glass golden harbor "
    "haunted ink island jungle lantern light meadow mirror misty moon mountain neon night ocean "
    "old painting portrait quiet rain river robot ruins sea shadow silver sketch snow soft star "
    "stone storm street sunset temple tower valley velvet village warm watercolor wild wind"
)
WORDS = tuple(_VOCABULARY.split())
MAPPING = """\
dataset: year_log
timezone: UTC
columns:
  generation_id: id
  prompt_text: prompt
  user_name: user
  requested_at: created
  status:
    column: outcome
    values: {ok: success, timed_out: timeout, blocked: safety_violation, failed: model_error}
  latency_ms: waited_ms
  retry_count: retries
  cost_credits: credits
"""
"""How the log is read; `rate_limited` is a word of ours already."""


@dataclass(frozen=True)
class YearLog:
    """How large the log is.

    Attributes:
        rows_per_day: Requests on each day.
        user_count: Users; their activity is log-normal, so that some ask every day.
        seed: The same seed gives the same days.
    """

    rows_per_day: int
    user_count: int
    seed: int = 7

    def day(self, number: int) -> pa.Table:
        """The requests of a day (0 = `FIRST_DAY`), in order of time; ids are unique over days."""
        random = np.random.default_rng([self.seed, number])
        count = self.rows_per_day
        session = np.cumsum(random.random(count) < 0.2)
        starts = random.uniform(0, 23.5 * 3600, size=count)[session]
        since = _since_first(random.lognormal(4.0, 1.0, size=count), session)
        seconds = np.minimum(starts + since, 86_399.0)
        order = np.argsort(seconds, kind="stable")
        users = self._users(random, count)[session][order]
        ideas = random.integers(10**9, size=count)[
            (session + random.integers(3, size=count)) % count
        ]
        created = np.datetime64(FIRST_DAY + timedelta(days=number), "us") + (
            seconds[order] * 1e6
        ).astype("timedelta64[us]")
        outcome = random.choice(len(OUTCOMES), size=count, p=OUTCOME_SHARES)
        return pa.table(
            {
                "id": pa.array(number * 10**7 + np.arange(count)),
                "prompt": _prompts(ideas[order]),
                "user": pc.binary_join_element_wise("user", pa.array(users).cast("string"), "-"),
                "created": pa.array(created),
                "outcome": pa.array(OUTCOMES).take(pa.array(outcome)),
                "waited_ms": pa.array(random.lognormal(8, 0.6, size=count).astype(np.int64)),
                "retries": pa.array(random.poisson(0.3, size=count).astype(np.int32)),
                "credits": pa.array(np.round(random.gamma(2, 0.5, size=count), 4)),
            }
        )

    def write_days(self, folder: Path, days: range) -> None:
        """Writes a parquet file a day into a folder, `day-000.parquet` the first."""
        folder.mkdir(parents=True, exist_ok=True)
        for number in days:
            pq.write_table(self.day(number), folder / f"day-{number:03d}.parquet")

    def _users(self, random: np.random.Generator, count: int) -> np.ndarray:
        weights = np.random.default_rng(self.seed).lognormal(0, 1.3, size=self.user_count)
        bounds = np.cumsum(weights)
        return np.searchsorted(bounds, random.random(count) * bounds[-1])


def _since_first(gaps: np.ndarray, session: np.ndarray) -> np.ndarray:
    """Seconds since a session's first row."""
    elapsed = np.cumsum(gaps)
    first = np.flatnonzero(np.diff(session, prepend=-1))
    return elapsed - elapsed[first][np.searchsorted(session[first], session)]


def _prompts(ideas: np.ndarray) -> pa.Array:
    """Twelve words that follow from a number."""
    words = pa.array(WORDS)
    scrambled = [(ideas * (2 * place + 7919) // (place + 3)) % len(WORDS) for place in range(12)]
    return pc.binary_join_element_wise(*(words.take(pa.array(each)) for each in scrambled), " ")
