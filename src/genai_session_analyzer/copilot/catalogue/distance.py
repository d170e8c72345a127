"""The days between two days, as a field."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Distance:
    """Days from one day to another: each a documented `table.column`, or a date."""

    start: str | date
    end: str | date

    @property
    def tables(self) -> frozenset[str]:
        """The tables it reads."""
        ends = (each for each in (self.start, self.end) if isinstance(each, str))
        return frozenset(each.partition(".")[0] for each in ends)
