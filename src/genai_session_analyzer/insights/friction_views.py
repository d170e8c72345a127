"""Where people struggle: friction, failures and latency of what is in view, by group.

A session counts once in every group that one of its generations in view falls into: a session with
two styles is in both, so the groups' sessions may add up to more than all.
"""

from collections.abc import Iterable

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from genai_session_analyzer.insights.intervals import Floats, mean_interval, wilson_interval
from genai_session_analyzer.insights.views import View
from genai_session_analyzer.semantic import SESSIONS
from genai_session_analyzer.semantic.features import LABELLED_GENERATIONS, LABELLED_SESSIONS
from genai_session_analyzer.semantic.rounding import rounded

SCORE_BIN_WIDTH = 2
"""Points of friction a bar of the distribution covers; the default bands begin at its edges."""
SESSION_MEASURES = ("mean_friction_score", "high_friction_share")
"""Measures of sessions that can be grouped by what their generations are."""
_LATENCY_MEASURES = ("p50_latency_ms", "p95_latency_ms", "max_latency_ms", "total_latency_ms")
LATENCIES = ("known_latency_count", "p50_latency_ms", "p95_latency_ms")
"""How long the answers took: their number, the median and what 95 % stay within."""
_SESSION_COLUMNS = ("scored_session_count", *SESSION_MEASURES)


def session_distribution(view: View) -> pa.Table:
    """How the friction of the sessions in view is spread.

    Returns:
        One row per bin and band that occurs, in order: score_from (points), friction_band,
        session_count, total_friction_score, score_below. score_from is null in the row of the
        sessions without a score.
    """
    return view.of_sessions(_spread)


def _spread(sessions: ir.Table) -> ir.Table:
    """The sessions by bin of their score and band."""
    last = 100 - SCORE_BIN_WIDTH
    start = (sessions.friction_score / SCORE_BIN_WIDTH).floor().cast("int64") * SCORE_BIN_WIDTH
    bins = ibis.cases((start > last, last), else_=start)
    measures = SESSIONS.values(sessions, ("session_count", "total_friction_score"))
    by = {"score_from": bins, "friction_band": sessions.friction_band}
    grouped = sessions.group_by(**by).aggregate(**measures)
    bounded = grouped.mutate(score_below=grouped.score_from + SCORE_BIN_WIDTH)
    return bounded.order_by("score_from", "friction_band")


def struggle_by(view: View, dimension: str) -> pa.Table:
    """Friction, failures and latency of each group, with 95 % intervals.

    Returns:
        One row per value of the dimension that occurs, in its order: the dimension, the outcome
        and latency measures of its generations, error_rate_low and _high (Wilson),
        scored_session_count, mean_friction_score and high_friction_share of its sessions,
        friction_low and friction_high (points).

    Raises:
        UnknownNameError: The dimension does not exist.
    """
    outcomes = rates_by(view, dimension, ("error_rate",), ("generation_count", *LATENCIES))
    friction = _friction_by(view, dimension)
    place = {value: row for row, value in enumerate(friction[dimension].to_pylist())}
    rows = pa.array([place.get(value) for value in outcomes[dimension].to_pylist()], pa.int64())
    for name in friction.column_names[1:]:
        outcomes = outcomes.append_column(name, friction[name].take(rows))
    low, high = mean_interval(
        outcomes["mean_friction_score"].to_pylist(),
        outcomes["friction_deviation"].to_pylist(),
        outcomes["scored_session_count"].to_pylist(),
    )
    bounded = _with_columns(
        outcomes, {"friction_low": low.clip(0, 100), "friction_high": high.clip(0, 100)}
    )
    return bounded.drop_columns(["friction_deviation"])


def rates_by(
    view: View, dimension: str | None, rates: Iterable[str], others: Iterable[str] = ()
) -> pa.Table:
    """Rates with their 95 % intervals, and other measures beside them.

    Args:
        view: What is looked at.
        dimension: What to group by; None for one row over everything.
        rates: Measures that are the quotient of two counts.
        others: More measures.

    Returns:
        One row per value of the dimension that occurs, in its order: the dimension, `others`, and
        of each rate: its numerator, its denominator, the rate, `<rate>_low` and `<rate>_high`
        (Wilson; null where the denominator is 0).

    Raises:
        UnknownNameError: A dimension or measure does not exist.
    """
    found = [LABELLED_GENERATIONS.measure(name) for name in rates]
    parts = [(each.name, str(each.numerator), str(each.denominator)) for each in found]
    wanted = dict.fromkeys((*others, *(n for rate, *of in parts for n in (*of, rate))))
    table = view.aggregate((dimension,) if dimension else (), wanted)
    for rate, numerator, denominator in parts:
        low, high = wilson_interval(table[numerator].to_numpy(), table[denominator].to_numpy())
        table = _with_columns(table, {f"{rate}_low": low, f"{rate}_high": high})
    return table


def crossed(view: View, dimensions: tuple[str, str], measure: str) -> pa.Table:
    """One measure for each combination of two dimensions.

    Args:
        view: What is looked at.
        dimensions: Two different names.
        measure: A measure of the generations, or one of `SESSION_MEASURES`.

    Returns:
        One row per combination that occurs, in the order of the dimensions: both of them, the
        measure, and n: the generations or sessions it was computed from.

    Raises:
        UnknownNameError: A dimension or measure does not exist.
    """
    count = sample_measure(measure)
    names = (measure, count) if count != measure else (measure,)
    if measure in SESSION_MEASURES:
        table = view.of_sessions_by(dimensions, _measured, dimensions, names)
    else:
        table = view.aggregate(dimensions, names)
    return table.select([*dimensions, measure]).append_column("n", table[count])


def sample_measure(measure: str) -> str:
    """The measure that counts what another one is computed from: its n.

    Raises:
        UnknownNameError: The measure does not exist.
    """
    if measure in SESSION_MEASURES:
        return "scored_session_count"
    if measure in _LATENCY_MEASURES:
        return "known_latency_count"
    return LABELLED_GENERATIONS.measure(measure).denominator or "generation_count"


def _measured(
    sessions: ir.Table, dimensions: tuple[str, ...], measures: tuple[str, ...]
) -> ir.Table:
    return LABELLED_SESSIONS.aggregate(sessions, dimensions, measures)


def _friction_by(view: View, dimension: str) -> pa.Table:
    """Friction of the sessions of each group; no order."""
    return view.of_sessions_by((dimension,), _friction, dimension)


def _friction(sessions: ir.Table, dimension: str) -> ir.Table:
    by = {dimension: LABELLED_SESSIONS.dimension(dimension).expression(sessions)}
    values = LABELLED_SESSIONS.values(sessions, _SESSION_COLUMNS)
    deviation = rounded(sessions.friction_score.std(), 6)
    return sessions.group_by(**by).aggregate(**values, friction_deviation=deviation)


def _with_columns(table: pa.Table, columns: dict[str, Floats]) -> pa.Table:
    """The table with more columns; NaN becomes null."""
    for name, values in columns.items():
        table = table.append_column(name, pa.array(values, from_pandas=True))
    return table
