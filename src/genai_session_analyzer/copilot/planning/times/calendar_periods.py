"""Calendar periods in UTC: days, weeks (Monday to Sunday), months, quarters and years."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal, Self, get_args

from genai_session_analyzer.copilot.plan import TimeRange

Unit = Literal["day", "week", "month", "quarter", "year"]
ONE_DAY = timedelta(days=1)
MONTHS_OF: dict[str, int] = {"month": 1, "quarter": 3, "year": 12}


def months_later(day: date, months: int) -> date:
    """Return the same day of the month so many months later, or that month's last day."""
    index = day.year * 12 + day.month - 1 + months
    first = date(index // 12, index % 12 + 1, 1)
    following = date((index + 1) // 12, (index + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), following - ONE_DAY)


@dataclass(frozen=True, kw_only=True)
class Period:
    """Whole days, `first <= day < after`; None is open.

    Attributes:
        first: The first day.
        after: The day after the last.
        unit: Where it is one calendar period.
        halves: The first and the last period of "from January to February".
    """

    first: date | None
    after: date | None
    unit: Unit | None = None
    halves: "tuple[Period, Period] | None" = None

    @classmethod
    def of(cls, day: date, unit: Unit) -> Self:
        """Return the calendar period of that unit that holds the day."""
        if unit == "day":
            return cls(first=day, after=day + ONE_DAY, unit=unit)
        if unit == "week":
            monday = day - timedelta(days=day.weekday())
            return cls(first=monday, after=monday + timedelta(days=7), unit=unit)
        months = MONTHS_OF[unit]
        first = date(day.year, (day.month - 1) // months * months + 1, 1)
        return cls(first=first, after=months_later(first, months), unit=unit)

    @classmethod
    def days(cls, first: date, last: date) -> Self:
        """Return the days from first to last, both included."""
        return cls(first=first, after=last + ONE_DAY)

    @classmethod
    def between(cls, first: date, after: date) -> Self:
        """Return the period, with its unit where it is exactly one of the calendar."""
        for unit in get_args(Unit):
            whole = cls.of(first, unit)
            if (whole.first, whole.after) == (first, after):
                return whole
        return cls(first=first, after=after)

    def earlier(self, steps: int = 1) -> "Period":
        """Return the period of the same length so many steps before; a month before a month.

        Raises:
            ValueError: An open period has no length.
        """
        if self.first is None or self.after is None:
            raise ValueError("an open period has none before it")
        if self.unit in MONTHS_OF:
            first = months_later(self.first, -steps * MONTHS_OF[self.unit])
            return Period.of(first, self.unit)
        length = self.after - self.first
        return Period(
            first=self.first - steps * length, after=self.after - steps * length, unit=self.unit
        )

    def as_range(self, said: str) -> TimeRange:
        """Return it as the half-open range of a plan."""
        return TimeRange(start=_midnight(self.first), end=_midnight(self.after), said=said)


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time())


def utc_naive(moment: datetime) -> datetime:
    """Return the moment as naive UTC, as the tables hold it."""
    return moment if moment.tzinfo is None else moment.astimezone(UTC).replace(tzinfo=None)
