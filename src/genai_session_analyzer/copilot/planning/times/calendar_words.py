"""Words of the calendar: months, weekdays, numbers, and the day a date without a year means."""

import re
from dataclasses import dataclass
from datetime import date

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "couple of": 2, "a couple of": 2,
    "twenty": 20, "thirty": 30, "hundred": 100, "a hundred": 100, "thousand": 1000,
}  # fmt: skip

NUMBER = r"(?:\d+|a couple of|couple of|" + "|".join(w for w in NUMBERS if " " not in w) + ")"
UNIT = r"(?:day|week|month|quarter|year)"
WEEKDAY = "(?:" + "|".join(WEEKDAYS) + ")"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|(?:(?<=in )|(?<=of )|(?<=to )|(?<=and )"
    r"|(?<=since )|(?<=for )|(?<=during ))may|may(?= 20\d\d)|june?|july?|aug(?:ust)?"
    r"|sep(?:t|tember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DAY = r"(?<!\d\.)\d{1,2}(?:st|nd|rd|th)?"
YEAR = r"20[12]\d"
LAST = r"(?:last|previous|past|prior|preceding)"
THIS = r"(?:this|the current|current)"


@dataclass(frozen=True, kw_only=True)
class Span:
    """What the data covers: the day of its first row and of its newest."""

    first: date
    today: date


def number(words: str) -> int:
    """Return the whole number written in digits or in one of the words of NUMBERS."""
    return int(words) if words.isdigit() else NUMBERS[words]


def month_number(word: str) -> int:
    """Return 1-12 for a month's name or its first three letters."""
    return [month[:3] for month in MONTHS].index(word[:3]) + 1


def the_day(day: str, month: str, year: str | None, span: Span) -> date | None:
    """Return that day, of the newest year in which it is not after the data; None for 31 June."""
    at = int(re.sub(r"\D", "", day))
    newest = int(year) if year else span.today.year
    for wanted in (newest,) if year else (newest, newest - 1, newest - 2, newest - 3, newest - 4):
        try:
            found = date(wanted, month_number(month), at)
        except ValueError:
            continue
        if year or found <= span.today:
            return found
    return None
