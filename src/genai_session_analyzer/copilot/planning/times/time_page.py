"""A question's text while its words of time are read, and what they say."""

from dataclasses import dataclass, field

from genai_session_analyzer.copilot.plan import Grain, TimeRange
from genai_session_analyzer.copilot.planning.times.calendar_periods import Period

Place = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class TimeWords:
    """What a question says about time.

    Attributes:
        range: The days asked about; None for all of them.
        comparison: The days to compare with, the earlier ones.
        whole: Of two ends that are compared, "from January to March", all the days.
        grain: Period to group by.
        within: The longer period whose first parts are wanted: "the busiest day of each week".
        weekdays: 0 Monday to 6 Sunday; empty for all.
        hours: Hours of the day, 0-23; empty for all.
        spans: Places of the words used, as start and end in the text.
        period_over_period: The change from each period to the next is asked for.
        is_trend: The grain was not named: "over time".
        is_single: One period of the grain is meant: "in a single day".
        is_split: Weekends and working days are told apart.
        clock_at: Place in the text of weekdays or hours.
        other: A second time in which the users of `range` were active, or were not.
        is_absent: They were not.
        counts_periods: How many periods is asked: "how many days had errors".
        shares_periods: What part of them is asked, rather than their number.
        is_earlier: Only "the week before" is said, of a time that is not in the text.
        is_unclear: Words of time that fit no reading, as two ranges that are not compared.
    """

    range: TimeRange | None = None
    comparison: TimeRange | None = None
    whole: TimeRange | None = None
    grain: Grain | None = None
    within: Grain | None = None
    weekdays: tuple[int, ...] = ()
    hours: tuple[int, ...] = ()
    spans: tuple[Place, ...] = ()
    period_over_period: bool = False
    is_trend: bool = False
    is_single: bool = False
    is_split: bool = False
    clock_at: int | None = None
    other: TimeRange | None = None
    is_absent: bool = False
    counts_periods: bool = False
    shares_periods: bool = False
    is_unclear: bool = False
    is_earlier: bool = False


@dataclass(frozen=True, kw_only=True)
class Found:
    """A period and where it was said."""

    period: Period
    place: Place


@dataclass
class Page:
    """The text, with the words already used blanked out, so places stay as they were."""

    text: str
    used: list[Place] = field(default_factory=list)
    original: str = field(init=False)

    def __post_init__(self) -> None:
        self.original = self.text

    def take(self, place: Place) -> None:
        """Blank out what was used."""
        start, end = place
        self.used.append(place)
        self.text = self.text[:start] + "\x00" * (end - start) + self.text[end:]
