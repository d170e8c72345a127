"""The weekly rhythm as a change of time: gaps are drawn in even time and laid out in real time.

Even time runs fast where people are busy and stands nearly still at night. A week of it is a week
of real time wherever it begins, so that "within seven days" means the same in both.
"""

import numpy as np

from genai_session_analyzer.pipelines.simulation.source_arrays import Array

SECOND_US = 1_000_000
HOUR_US = 3600 * SECOND_US
DAY_US = 24 * HOUR_US
WEEK_US = 7 * DAY_US
_FIRST_MONDAY_US = 4 * DAY_US
"""1970 began on a Thursday."""


class WeeklyRhythm:
    """How busy each hour of a local week is, and the change of time that follows."""

    def __init__(self, night_share: float, weekend_share: float) -> None:
        """Takes the quietest hour relative to the busiest, and weekends relative to weekdays."""
        days = np.where(np.arange(7) < 5, 1.0, weekend_share)
        weights = np.outer(days, hour_weights(night_share)).ravel()
        even = np.concatenate(([0.0], np.cumsum(weights)))
        self._even_us = even / even[-1] * WEEK_US
        self._real_us = np.arange(len(even)) * float(HOUR_US)

    def even_time(self, moments_us: Array, utc_offset_us: Array) -> Array:
        """Even time of real moments; microseconds, same shape."""
        weeks, within = _split(moments_us + utc_offset_us)
        return np.asarray(weeks + np.interp(within, self._real_us, self._even_us))

    def real_time(self, even_us: Array, utc_offset_us: Array) -> Array:
        """The inverse of `even_time`; whole microseconds UTC."""
        weeks, within = _split(even_us)
        local = weeks + np.interp(within, self._even_us, self._real_us)
        return np.asarray(np.rint(local - utc_offset_us).astype(np.int64))


def hour_weights(night_share: float) -> Array:
    """Activity per local hour: a cosine with its low at 4 and its high at 16."""
    swing = (1 - np.cos((np.arange(24) - 4) / 24 * 2 * np.pi)) / 2
    return np.asarray(night_share + (1 - night_share) * swing)


def _split(local_us: Array) -> tuple[Array, Array]:
    """The Monday a moment's week began on, and the microseconds since."""
    weeks = np.floor_divide(local_us - _FIRST_MONDAY_US, WEEK_US) * WEEK_US + _FIRST_MONDAY_US
    return weeks, local_us - weeks
