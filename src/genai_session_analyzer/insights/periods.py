"""Which days a number covers, and which it is compared with."""

from dataclasses import dataclass
from datetime import date, timedelta

from genai_session_analyzer.semantic.view_filters import ViewFilters

USUAL_DAYS = 28


@dataclass(frozen=True)
class Period:
    """Days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def day_count(self) -> int:
        """Number of days."""
        return (self.last - self.first).days + 1

    def before(self) -> "Period":
        """Return the period of equal length that ends the day before."""
        return Period(self.first - timedelta(days=self.day_count), self.first - timedelta(days=1))

    def covers(self, day: date) -> bool:
        """Return whether a day lies within."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Comparison:
    """What is compared: the days shown, the later of two equal periods, and the earlier one.

    Attributes:
        shown: The days the numbers cover.
        recent: The period whose change is told: the days shown, or the newest part of them.
        previous: The period before it; None where the data does not reach back that far.
    """

    shown: Period
    recent: Period
    previous: Period | None


def comparison(filters: ViewFilters, data: Period) -> Comparison:
    """Return what to compare under these filters.

    A chosen range is compared with as many days before it. Where no range is chosen, nothing
    lies before: the newest 28 days are compared with the 28 before (of short data, halves).

    Args:
        filters: The days chosen.
        data: The days there are.
    """
    shown = Period(
        max(filters.first_day or data.first, data.first),
        min(filters.last_day or data.last, data.last),
    )
    if shown.day_count < 1:
        shown = Period(filters.first_day or data.first, filters.last_day or data.last)
    if filters.first_day is None and filters.last_day is None:
        length = min(USUAL_DAYS, data.day_count // 2)
        if length == 0:
            return Comparison(shown, shown, None)
        recent = Period(data.last - timedelta(days=length - 1), data.last)
        return Comparison(shown, recent, recent.before())
    previous = shown.before()
    return Comparison(shown, shown, previous if previous.first >= data.first else None)
