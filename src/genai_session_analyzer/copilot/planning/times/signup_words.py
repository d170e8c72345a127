"""Words that say when users signed up, which is another time than that of what they did."""

import re
from dataclasses import dataclass
from datetime import datetime

from genai_session_analyzer.copilot.plan import TimeRange
from genai_session_analyzer.copilot.planning.times.calendar_periods import utc_naive
from genai_session_analyzer.copilot.planning.times.calendar_words import Span
from genai_session_analyzer.copilot.planning.times.time_phrases import PHRASES
from genai_session_analyzer.copilot.planning.times.time_points import POINT

_SIGNUP = r"(?:sign[ -]?up|registration|registering|joining|join|cohort)"
_SIGNED = r"(?:signed[ -]?up|sign[ -]?up|joined|join|registered|register)"
_WHO = r"(?:(?:the )?(?:users?|customers?|accounts?|members?|people|they|someone)) "
_UNIT = r"(?P<unit>week|month|quarter|year)"
_PERIODS = tuple(
    re.compile(rf"\b{pattern}\b")
    for pattern in (
        rf"{_SIGNUP}(?: cohorts?)? {_UNIT}(?: cohorts?)?",
        rf"{_UNIT} of (?:the )?(?:users? |their )?{_SIGNUP}(?: date)?",
        rf"{_UNIT} (?:in which |when |that )?{_WHO}{_SIGNED}",
        rf"{_UNIT}(?:ly)? cohorts?",
    )
)

_VERSUS = re.compile(r" (?:and|or|,)? ?(?:vs\.?|versus|against|than|compared)\b")
_COHORT = re.compile(
    rf"(?P<point>{POINT})(?:'s)? (?:(?:signup |sign-up )?cohorts?|sign[- ]?ups|joiners)\b"
)
_CUE = re.compile(
    r"(?:who |that |having |whose )?(?:(?:have |had |newly )?(?:signed[ -]?up|joined|registered)"
    r"|sign[ -]?ups?(?: date)?|registrations?|signing up|new (?:users|customers|accounts|signups))"
    r"(?: (?:was|is|were))?[ ,]+(?=\S)"
)


@dataclass(frozen=True, kw_only=True)
class SignupWords:
    """When users signed up, as a range, and the text without the words for that range.

    Attributes:
        range: None where no time of signup is said.
        rest: The text, the words for the range blanked out.
        is_clause: It is said of users by the way: "users who signed up in January".
    """

    range: TimeRange | None
    rest: str
    is_clause: bool = True


def name_signup_periods(text: str) -> str:
    """Return a lower-case text with the period of signup as the field: "by month of signup"."""
    for pattern in _PERIODS:
        text = pattern.sub(_field, text)
    return text


def _field(match: re.Match[str]) -> str:
    return "cohort_week" if match["unit"] == "week" else f"signup_{match['unit']}"


def _signed_up(match: re.Match[str]) -> str:
    return f"users who signed up in {match['point']}"


_AND = re.compile(rf" ?(?:,|and|or|, and|, or) (?:in |on |during )?{POINT}(?!\w)")


def _goes_on(text: str, at: int) -> bool:
    """Whether another time belongs to the one that ends there: then both are read together."""
    return bool(_VERSUS.match(text, at) or _AND.match(text, at))


def find_signup(text: str, now: datetime, first: datetime) -> SignupWords:
    """Return the time of signup in a lower-case text: "users who signed up in January"."""
    span = Span(first=utc_naive(first).date(), today=utc_naive(now).date())
    text = _COHORT.sub(_signed_up, text)
    for cue in _CUE.finditer(text):
        for phrase in PHRASES:
            match = phrase.pattern.match(text, cue.end())
            period = phrase.read(match, span) if match else None
            if match and period and not _goes_on(text, match.end()):
                said = " ".join(match[0].split())
                blank = " " * (match.end() - match.start())
                rest = text[: match.start()] + blank + text[match.end() :]
                is_clause = re.match(r"(?:who|that|having|whose|new|newly)\b", cue[0]) is not None
                return SignupWords(range=period.as_range(said), rest=rest, is_clause=is_clause)
    return SignupWords(range=None, rest=text)
