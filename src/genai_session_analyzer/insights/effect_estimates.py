"""How large an effect looks in the tables, with an interval, beside what was planted."""

import math
from dataclasses import dataclass

from genai_session_analyzer.insights.distributions import Array

_Z = 1.959964
"""Of a two-sided 95 % interval. Source: the normal distribution's quantile at 0.975."""
MIN_USERS = 20
"""Users on either side below which there is no interval worth printing."""


@dataclass(frozen=True)
class UserSums:
    """What the generations of users add up to; one element per user.

    Attributes:
        counts: Generations.
        totals: Sum of their values: 0 or 1 for a rate, milliseconds for a latency.
    """

    counts: Array
    totals: Array

    @property
    def user_count(self) -> int:
        """Users with a generation."""
        return int((self.counts > 0).sum())

    @property
    def mean(self) -> float:
        """Mean per generation; NaN where there is none."""
        count = self.counts.sum()
        return float(self.totals.sum() / count) if count else math.nan


@dataclass(frozen=True)
class Estimate:
    """A ratio or a difference of two means, with its 95 % interval.

    Attributes:
        value: The ratio or difference.
        interval: Its ends; None where a side has fewer than `MIN_USERS` users.
    """

    value: float
    interval: tuple[float, float] | None


def ratio_of_means(within: UserSums, without: UserSums) -> Estimate | None:
    """Mean of one group over that of the other; None where one of the means is not above 0.

    Generations of one user resemble each other, so the interval counts users: each one's part in
    the deviation of the log ratio is squared and added up. Of few users it would be too narrow.

    Args:
        within: The generations an effect applies to.
        without: Those it is compared with, of the same users in the same order.

    *Source*: the delta method on the log ratio, with Taylor linearisation for clusters (Cochran,
    Sampling Techniques, 1977, chapters 6 and 9).
    """
    if not (within.mean > 0 and without.mean > 0):
        return None
    parts = _parts(within) / within.totals.sum() - _parts(without) / without.totals.sum()
    ratio = within.mean / without.mean
    factor = math.exp(_Z * math.sqrt(float((parts**2).sum())))
    is_known = _are_enough(within, without)
    return Estimate(ratio, (ratio / factor, ratio * factor) if is_known else None)


def difference_of_means(within: UserSums, without: UserSums) -> Estimate | None:
    """Mean of one group less that of the other; None where one of them is empty.

    Arguments and interval as for `ratio_of_means`, without the logarithm.
    """
    if not (within.user_count and without.user_count):
        return None
    parts = _parts(within) / within.counts.sum() - _parts(without) / without.counts.sum()
    difference = within.mean - without.mean
    reach = _Z * math.sqrt(float((parts**2).sum()))
    is_known = _are_enough(within, without)
    return Estimate(difference, (difference - reach, difference + reach) if is_known else None)


def _are_enough(within: UserSums, without: UserSums) -> bool:
    return min(within.user_count, without.user_count) >= MIN_USERS


def _parts(sums: UserSums) -> Array:
    """What each user's total is above the mean of all, times the user's generations."""
    return sums.totals - sums.mean * sums.counts
