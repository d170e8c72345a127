from datetime import datetime

import pytest

from genai_session_analyzer.copilot.planning import TimeWords, find_times

FIRST = datetime(2024, 1, 1, 17, 33)
NOW = datetime(2024, 3, 14, 14, 57)  # a Thursday


def of(text: str, now: datetime = NOW) -> TimeWords:
    return find_times(text, now, FIRST)


def days(words: TimeWords) -> str:
    """The range by its first and last day, both included."""
    if words.range is None:
        return "all"
    first = words.range.start.date().isoformat()[5:] if words.range.start else ""
    last = words.range.end
    return (
        f"{first} to {datetime.fromordinal(last.toordinal() - 1).date().isoformat()[5:]}"
        if (last)
        else f"{first} on"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("generations today", "03-14 to 03-14"),
        ("generations yesterday", "03-13 to 03-13"),
        ("the day before yesterday", "03-12 to 03-12"),
        ("errors last week", "03-04 to 03-10"),
        ("errors this week", "03-11 to 03-17"),
        ("the week before last", "02-26 to 03-03"),
        ("two weeks ago", "02-26 to 03-03"),
        ("3 days ago", "03-11 to 03-11"),
        ("cost last month", "02-01 to 02-29"),
        ("cost this month", "03-01 to 03-31"),
        ("month to date", "03-01 to 03-14"),
        ("year to date", "01-01 to 03-14"),
        ("last 7 days", "03-08 to 03-14"),
        ("over the past two weeks", "03-01 to 03-14"),
        ("in the last 30 days", "02-14 to 03-14"),
        ("in January", "01-01 to 01-31"),
        ("in Jan 2024", "01-01 to 01-31"),
        ("q1", "01-01 to 03-31"),
        ("on March 5th", "03-05 to 03-05"),
        ("on 5 March 2024", "03-05 to 03-05"),
        ("on 2024-02-29", "02-29 to 02-29"),
        ("on 14.02.2024", "02-14 to 02-14"),
        ("on 2024/02/14", "02-14 to 02-14"),
        ("on 02/14/2024", "02-14 to 02-14"),
        ("on 2/2/2024", "02-02 to 02-02"),
        ("on 03/04/2024", "all"),  # 4 March or 3 April
        ("from 10.01.2024 to 20.01.2024", "01-10 to 01-20"),
        ("in week 8", "02-19 to 02-25"),
        ("in calendar week 6 of 2024", "02-05 to 02-11"),
        ("between week 2 and week 4", "01-08 to 01-28"),
        ("in week 60", "all"),
        ("early February", "02-01 to 02-10"),
        ("in mid-January 2024", "01-11 to 01-20"),
        ("late February", "02-21 to 02-29"),
        ("up to and including March 3", " to 03-03"),
        ("in 2024-02", "02-01 to 02-29"),
        ("between 3 and 10 January", "01-03 to 01-10"),
        ("3-10 January", "01-03 to 01-10"),
        ("Jan 3 to 10", "01-03 to 01-10"),
        ("from jan 3 to feb 10", "01-03 to 02-10"),
        ("between January and February", "01-01 to 02-29"),
        ("in January and February", "01-01 to 02-29"),
        ("since March 3rd", "03-03 on"),
        ("after March 3", "03-04 on"),
        ("before February", " to 01-31"),
        ("until February 10", " to 02-10"),
        ("in the first week of February", "02-01 to 02-07"),
        ("last 3 days of February", "02-27 to 02-29"),
        ("first half of January", "01-01 to 01-15"),
        ("last weekend", "03-09 to 03-10"),
        ("since last Monday", "03-11 on"),
        ("of all time", "all"),
        ("more than 3 retries", "all"),
    ],
)
def test_a_range_is_read_against_the_newest_time(text: str, expected: str) -> None:
    found = of(text)
    assert not found.is_unclear
    assert days(found) == expected


def test_a_month_is_its_newest_that_has_begun() -> None:
    assert of("in December").range.start == datetime(2023, 12, 1)
    assert of("in March").range.start == datetime(2024, 3, 1)
    assert of("in December", datetime(2024, 12, 1)).range.start == datetime(2024, 12, 1)


def test_the_week_of_the_newest_data_is_the_current_one_even_on_its_last_day() -> None:
    sunday = datetime(2024, 3, 17, 23, 59)
    assert days(of("last week", sunday)) == "03-04 to 03-10"
    assert days(of("last week", datetime(2024, 3, 18, 0, 0))) == "03-11 to 03-17"


def test_the_last_hours_end_with_the_newest_row() -> None:
    found = of("in the last 24 hours").range
    assert found.start == datetime(2024, 3, 13, 14, 57)
    assert found.end == datetime(2024, 3, 14, 14, 57, 0, 1)


@pytest.mark.parametrize(
    ("text", "expected", "earlier"),
    [
        ("this week vs last week", "03-11 to 03-17", datetime(2024, 3, 4)),
        ("compare february with january", "02-01 to 02-29", datetime(2024, 1, 1)),
        ("january compared to february", "02-01 to 02-29", datetime(2024, 1, 1)),
        ("last week compared to the week before", "03-04 to 03-10", datetime(2024, 2, 26)),
        ("february vs the previous month", "02-01 to 02-29", datetime(2024, 1, 1)),
        ("how did it change from january to february", "02-01 to 02-29", datetime(2024, 1, 1)),
    ],
)
def test_of_two_times_the_earlier_one_is_compared_with(
    text: str, expected: str, earlier: datetime
) -> None:
    found = of(text)
    assert (days(found), found.comparison.start) == (expected, earlier)


@pytest.mark.parametrize(
    ("text", "grain"),
    [
        ("generations per day", "day"),
        ("daily cost", "day"),
        ("errors by week", "week"),
        ("each month", "month"),
        ("hourly requests", "hour"),
        ("by hour of day", "hour_of_day"),
        ("at what time of day", "hour_of_day"),
        ("by weekday", "weekday"),
        ("which day of the week", "weekday"),
        ("busiest day", "day"),
        ("which 3 weeks had the most", "week"),
        ("trend of errors", "day"),
        ("cost in the last 7 days", None),
        ("errors on weekends", None),
        ("last month", None),
    ],
)
def test_a_grain_is_told_from_a_range(text: str, grain: str | None) -> None:
    assert of(text).grain == grain


def test_parts_of_the_week_and_of_the_day() -> None:
    assert of("errors on weekends").weekdays == (5, 6)
    assert of("on Mondays and Fridays").weekdays == (0, 4)
    assert of("at night").hours == (22, 23, 0, 1, 2, 3, 4, 5)
    assert of("between 9am and 5pm").hours == tuple(range(9, 17))


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("in the evening", (18, 19, 20, 21)),
        ("between midnight and 6 in the morning", (0, 1, 2, 3, 4, 5)),
        ("between 2 and 4 pm", (14, 15)),
        ("from 22:00 to 02:00", (22, 23, 0, 1)),
        ("at night (23 to 1)", (23, 0)),
        ("before 3 in the morning", (0, 1, 2)),
        ("after 10 pm", (22, 23)),
        ("between 9 and 17 retries", ()),
        ("with night lighting", ()),
        ("after midnight", ()),
    ],
)
def test_hours_of_the_day(text: str, hours: tuple[int, ...]) -> None:
    assert of(text).hours == hours


def test_weekends_are_told_apart_from_working_days() -> None:
    found = of("latency on weekends vs weekdays")
    assert found.is_split
    assert found.weekdays == ()
    assert not of("errors on weekends").is_split


@pytest.mark.parametrize(
    ("text", "is_absent"),
    [
        ("users active in january but not in february", True),
        ("users active last week and not this week", True),
        ("users active in both january and february", False),
        ("of the users active in january, how many were active in february", False),
    ],
)
def test_two_times_of_the_same_users(text: str, is_absent: bool) -> None:
    found = of(text)
    assert found.other is not None
    assert found.range is not None
    assert found.range.start < found.other.start
    assert found.is_absent is is_absent


def test_times_that_fit_no_reading_are_said_to_be_unclear() -> None:
    assert of("january errors and december users").is_unclear
    assert of("the week before").is_unclear


def test_the_places_are_those_of_the_words_used() -> None:
    text = "errors last week by tier"
    found = of(text)
    assert [text[start:end] for start, end in found.spans] == ["last week"]
