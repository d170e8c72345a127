"""Times that people do not all take to be the same days."""

import re

from genai_session_analyzer.copilot.planning.times.calendar_words import MONTH
from genai_session_analyzer.copilot.planning.times.time_page import Page

_OPEN = re.compile(r"\b(?:(?:start|beginning|end|middle|close|turn) of|as of)(?: the)? (?=\S)")
_YEAR_OR_DAY = re.compile(rf"\bin {MONTH} (?P<number>\d\d)(?!\w)")
_NIGHT = re.compile(r"\blast night\b")


def is_unclear(page: Page) -> bool:
    """Return whether a time without fixed bounds was said.

    "At the end of February" may be its last day or its last week, "as of 1 March" may be until or
    since then, "in January 24" a day or a year. The ends that are
    clear ("since the start of March") have been read before.
    """
    numbers = (match.start("number") for match in _YEAR_OR_DAY.finditer(page.original))
    if _NIGHT.search(page.original) or any(page.text[at] != "\x00" for at in numbers):
        return True
    return any(_stands_before_time(page, match) for match in _OPEN.finditer(page.original))


def _stands_before_time(page: Page, match: re.Match[str]) -> bool:
    """Whether the time behind the words was read, and these were not."""
    return page.text[match.start()] != "\x00" and page.text[match.end()] == "\x00"
