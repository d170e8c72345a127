"""Words that say when users signed up, which is another time than that of what they did."""

import re
from dataclasses import dataclass
from datetime import datetime

from genai_session_analyzer.copilot.plan import TimeRange
from genai_session_analyzer.copilot.planning.calendar_periods import utc_naive
from genai_session_analyzer.copilot.planning.time_phrases import PHRASES
from genai_session_analyzer.copilot.planning.time_points import Span

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
    """

    range: TimeRange | None
    rest: str


def find_signup(text: str, now: datetime, first: datetime) -> SignupWords:
    """Return the time of signup in a lower-case text: "users who signed up in January"."""
    span = Span(first=utc_naive(first).date(), today=utc_naive(now).date())
    for cue in _CUE.finditer(text):
        for phrase in PHRASES:
            match = phrase.pattern.match(text, cue.end())
            period = phrase.read(match, span) if match else None
            if match and period:
                said = " ".join(match[0].split())
                blank = " " * (match.end() - match.start())
                rest = text[: match.start()] + blank + text[match.end() :]
                return SignupWords(range=period.as_range(said), rest=rest)
    return SignupWords(range=None, rest=text)
