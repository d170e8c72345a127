"""What stands out: groups of sessions with more friction than the rest, weighed by their size."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

import ibis.expr.types as ir

from genai_session_analyzer.insights.views import View
from genai_session_analyzer.semantic.features import LABELLED_SESSIONS

SEGMENT_DIMENSIONS = (
    "user_tier",
    "region",
    "device_type",
    "model_version",
    "domain",
    "art_style",
)
SMALLEST_SEGMENT = 30


@dataclass(frozen=True)
class Spread:
    """Friction of a group of scored sessions: how many, mean (0-100), sum of squared deviations."""

    n: int
    mean: float
    squares: float

    @property
    def variance(self) -> float:
        """Sample variance; 0 of fewer than two."""
        return self.squares / (self.n - 1) if self.n > 1 else 0.0


@dataclass(frozen=True)
class Segment:
    """A value of a dimension whose sessions differ from all others in view.

    Attributes:
        dimension: Dimension of `LABELLED_SESSIONS`.
        value: Its value.
        session_count: Scored sessions of the segment.
        mean_friction: Their mean friction, 0-100.
        rest_friction: Mean friction of the scored sessions in view without that value.
        low: Lower end of the interval of the difference, points.
        high: Upper end.
        excess: Difference x sessions: friction points that would be saved, were the segment like
            the rest.
    """

    dimension: str
    value: str
    session_count: int
    mean_friction: float
    rest_friction: float
    low: float
    high: float
    excess: float

    @property
    def difference(self) -> float:
        """Points of friction above the rest."""
        return self.mean_friction - self.rest_friction


def worst_segments(
    view: View,
    limit: int = 6,
    dimensions: Iterable[str] = SEGMENT_DIMENSIONS,
    confidence: float = 0.95,
) -> tuple[Segment, ...]:
    """Return the segments with surely more friction than the rest, largest excess first.

    Of each value with at least 30 scored sessions inside and outside. The interval is Welch's with
    the normal quantile; its confidence holds for all values looked at together (Bonferroni), and
    only segments whose interval lies above 0 are told.

    Args:
        view: Sessions to look at.
        limit: How many at most.
        dimensions: Names of `LABELLED_SESSIONS`; not those filtered to a single value.
        confidence: Of the intervals together, 0-1.

    Source: B. L. Welch (1947), Biometrika 34, 28-35.
    """
    groups = [
        (name, value, spread)
        for name in dimensions
        if len(getattr(view.filters, name)) != 1
        for value, spread in _spreads(view, name).items()
    ]
    whole = _as_spread(view.of_sessions(_spread_of_all).to_pylist()[0])
    compared = [
        (name, value, spread, rest_of(whole, spread))
        for name, value, spread in groups
        if spread.n >= SMALLEST_SEGMENT and whole.n - spread.n >= SMALLEST_SEGMENT
    ]
    z = NormalDist().inv_cdf(1 - (1 - confidence) / 2 / max(1, len(compared)))
    segments = [_segment(name, value, one, other, z) for name, value, one, other in compared]
    worse = [each for each in segments if each.low > 0]
    return tuple(sorted(worse, key=lambda each: (-each.excess, each.dimension, each.value))[:limit])


def rest_of(whole: Spread, part: Spread) -> Spread:
    """Return the spread of what is in `whole` and not in `part`; both not empty, nor their rest.

    Source: T. F. Chan, G. H. Golub, R. J. LeVeque (1979), the pairwise update, solved for one part.
    """
    n = whole.n - part.n
    mean = (whole.mean * whole.n - part.mean * part.n) / n
    between = (part.mean - mean) ** 2 * part.n * n / whole.n
    return Spread(n, mean, max(0.0, whole.squares - part.squares - between))


def _segment(name: str, value: str, part: Spread, rest: Spread, z: float) -> Segment:
    difference = part.mean - rest.mean
    margin = z * sqrt(part.variance / part.n + rest.variance / rest.n)
    return Segment(
        dimension=name,
        value=value,
        session_count=part.n,
        mean_friction=part.mean,
        rest_friction=rest.mean,
        low=difference - margin,
        high=difference + margin,
        excess=difference * part.n,
    )


def _spreads(view: View, dimension: str) -> dict[str, Spread]:
    """The spread of each known value; a session with several values counts under each."""
    rows = view.of_sessions_by((dimension,), _spread_by, dimension).to_pylist()
    return {str(row["value"]): _as_spread(row) for row in rows if row["value"] is not None}


def _spread_by(sessions: ir.Table, dimension: str) -> ir.Table:
    by = LABELLED_SESSIONS.dimension(dimension).expression(sessions)
    return sessions.group_by(value=by).aggregate(**_statistics(sessions))


def _spread_of_all(sessions: ir.Table) -> ir.Table:
    return sessions.aggregate(**_statistics(sessions))


def _statistics(sessions: ir.Table) -> dict[str, ir.Scalar]:
    score = sessions.friction_score
    return {"n": score.count(), "mean": score.mean(), "variance": score.var(how="pop")}


def _as_spread(row: dict[str, float | None]) -> Spread:
    n = int(row["n"] or 0)
    return Spread(n, row["mean"] or 0.0, (row["variance"] or 0.0) * n)
