"""The shapes a simulation is held to, measured alike on real logs and on builds.

Every function takes generations as `calibration_sources` gives them and returns one array.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np

from genai_session_analyzer.insights.distributions import Array, Distance, measure_distance

FOLLOW_UP_H = 72
"""Pauses are compared up to this length, after sessions that could be followed for as long.

A log of a week shows no longer pauses, and fewer of the long ones than there were; so restricted,
pauses of a week's log and of a quarter's simulation mean the same.
"""
FIRST_REQUESTS = 10
"""Failures are counted among as many requests of every user, so that exposure is equal."""


@dataclass(frozen=True)
class Shape:
    """Something a simulation is compared in.

    Attributes:
        name: What is measured.
        unit: Of the values.
        values: From generations to one array, one value per whatever is counted.
    """

    name: str
    unit: str
    values: Callable[[ir.Table], Array]


def generations_per_session(generations: ir.Table) -> Array:
    """Generations of each session; one value per session."""
    return _values(generations.group_by("session_id").aggregate(value=ibis._.count()))


def gaps_within_sessions_s(generations: ir.Table) -> Array:
    """Seconds between a user's consecutive generations of a session; one value per such pair.

    Where the log names places (`place` not null), only pairs within one place: there the order
    is exact, and times that were interpolated along it are right to a few messages, while the
    clocks of two places may differ by half an hour.
    """
    by_user = ibis.window(group_by="user_id", order_by=["requested_at", "generation_id"])
    pairs = generations.mutate(
        previous_at=generations.requested_at.lag().over(by_user),
        previous_session=generations.session_id.lag().over(by_user),
        previous_place=generations.place.lag().over(by_user),
    )
    pairs = pairs.filter(
        pairs.previous_session == pairs.session_id,
        pairs.place.isnull() | (pairs.previous_place == pairs.place),
    )
    return _values(pairs.select(value=_seconds(pairs.previous_at, pairs.requested_at)))


def gaps_between_sessions_h(generations: ir.Table) -> Array:
    """Hours from a session's end to the user's next, up to `FOLLOW_UP_H`; one per return."""
    sessions = _followed_sessions(generations)
    return _values(sessions.filter(sessions.gap_h <= FOLLOW_UP_H).select(value="gap_h"))


def is_followed_by_return(generations: ir.Table) -> Array:
    """1 where the user came back within `FOLLOW_UP_H`, else 0; one value per followed session."""
    sessions = _followed_sessions(generations)
    return _values(sessions.select(value=(sessions.gap_h <= FOLLOW_UP_H).fill_null(False)))


def _followed_sessions(generations: ir.Table) -> ir.Table:
    """One row per session that ended `FOLLOW_UP_H` or more before the data: hours to the next."""
    sessions = generations.group_by("user_id", "session_id").aggregate(
        started_at=ibis._.requested_at.min(), ended_at=ibis._.requested_at.max()
    )
    by_user = ibis.window(group_by="user_id", order_by="started_at")
    sessions = sessions.mutate(
        gap_h=_seconds(sessions.ended_at, sessions.started_at.lead().over(by_user)) / 3600,
        data_end=sessions.ended_at.max().over(ibis.window()),
    )
    is_followed = sessions.ended_at + ibis.interval(hours=FOLLOW_UP_H) <= sessions.data_end
    return sessions.filter(is_followed)


def generations_per_user(generations: ir.Table) -> Array:
    """Generations of each user; one value per user."""
    return _values(generations.group_by("user_id").aggregate(value=ibis._.count()))


def words_per_prompt(generations: ir.Table) -> Array:
    """Words of each generation's prompt; one value per generation."""
    return _values(generations.select(value="word_count"))


def is_exact_repeat(generations: ir.Table) -> Array:
    """1 where the user had asked for exactly this prompt before, else 0; one per generation."""
    by_prompt = ibis.window(
        group_by=["user_id", "prompt_id"], order_by=["requested_at", "generation_id"]
    )
    return _values(generations.select(value=ibis.row_number().over(by_prompt) > 0))


def relative_latencies(generations: ir.Table) -> Array:
    """Latency of successes in medians of itself; one value per success.

    Services differ in speed by a factor, so only the shape can be compared.
    """
    successes = generations.filter(generations.status == "success")
    latencies = _values(successes.select(value="latency_ms"))
    return np.asarray(latencies / np.median(latencies))


def early_model_errors(generations: ir.Table) -> Array:
    """Model errors among a user's first requests; one value per user with `FIRST_REQUESTS`."""
    finished = generations.filter(generations.status.notnull())
    by_user = ibis.window(group_by="user_id", order_by=["requested_at", "generation_id"])
    numbered = finished.mutate(number=ibis.row_number().over(by_user))
    first = numbered.filter(numbered.number < FIRST_REQUESTS)
    users = first.group_by("user_id").aggregate(
        value=(first.status == "model_error").sum(), known=first.count()
    )
    return _values(users.filter(users.known == FIRST_REQUESTS).select("value"))


def relative_users_per_day(generations: ir.Table) -> Array:
    """Active users of each day in means of itself; one value per whole day with any.

    The log's first and last day may be parts of days and are left out.
    """
    days = generations.group_by(day=generations.requested_at.date())
    counted = days.aggregate(value=ibis._.user_id.nunique())
    ever = ibis.window()
    is_whole = (counted.day > counted.day.min().over(ever)) & (
        counted.day < counted.day.max().over(ever)
    )
    users = _values(counted.filter(is_whole))
    return np.asarray(users / users.mean())


def relative_generations_per_user_day(generations: ir.Table) -> Array:
    """Generations of a user on a day in means of itself; one value per user and day."""
    days = generations.group_by("user_id", day=generations.requested_at.date())
    counts = _values(days.aggregate(value=ibis._.count()))
    return np.asarray(counts / counts.mean())


JOB_SHAPES = (
    Shape("generations per session", "generations", generations_per_session),
    Shape("gaps within sessions", "s", gaps_within_sessions_s),
    Shape("gaps between sessions, to 72 h", "h", gaps_between_sessions_h),
    Shape("sessions followed within 72 h", "0 or 1", is_followed_by_return),
    Shape("generations per user", "generations", generations_per_user),
    Shape("words per prompt", "words", words_per_prompt),
    Shape("exact repeats", "0 or 1", is_exact_repeat),
)
"""Compared with a log of jobs that has users, times and prompts, and no outcomes."""
REQUEST_SHAPES = (
    Shape("latency of successes", "medians", relative_latencies),
    Shape("model errors in a user's first 10", "errors", early_model_errors),
    Shape("users per day", "means", relative_users_per_day),
    Shape("generations per user and day", "means", relative_generations_per_user_day),
)
"""Compared with a service's telemetry, which has outcomes and no prompts."""


def measure_shapes(generations: ir.Table, shapes: tuple[Shape, ...]) -> dict[str, Array]:
    """One array per shape, by its name."""
    return {shape.name: shape.values(generations) for shape in shapes}


def compare_shapes(
    real: Mapping[str, Array], simulated: Mapping[str, Array]
) -> dict[str, Distance]:
    """The distance per shape of `real`.

    Raises:
        KeyError: `simulated` lacks a shape.
        ValueError: A shape has no values.
    """
    return {name: measure_distance(values, simulated[name]) for name, values in real.items()}


def _values(expression: ir.Table) -> Array:
    """The column `value` as floats."""
    column = expression.select(value=expression["value"].cast("float64")).to_pyarrow()["value"]
    return np.asarray(column.to_numpy())


def _seconds(start: ir.TimestampValue, end: ir.TimestampValue) -> ir.FloatingValue:
    return end.delta(start, unit="millisecond") / 1000
