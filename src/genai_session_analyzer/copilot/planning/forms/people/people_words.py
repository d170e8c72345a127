"""The words in which people and what they do over time are spoken of."""

import re
from datetime import datetime
from typing import Literal

from genai_session_analyzer.copilot.facts import DataFacts
from genai_session_analyzer.copilot.plan import TimeRange
from genai_session_analyzer.copilot.planning.times.calendar_words import MONTHS
from genai_session_analyzer.copilot.planning.times.time_words import find_times
from genai_session_analyzer.copilot.planning.words.rewriting.polite_shells import without_shell
from genai_session_analyzer.copilot.planning.words.rewriting.short_forms import written_out

Asked = Literal["count", "share", "list"]
WHO = (
    r"(?:(?:registered |different |distinct |unique |individual )?(?:users?|customers?|people"
    r"|persons?|members?|accounts?|clients?|subscribers?|creators?|folks?|individuals?|artists?))"
)
ANYONE = r"(?:(?:some|any|every)(?:body|one))"
_OF = r"(?: of(?: (?:all|the|our|those|these|them))*(?= ))"
SHARE = re.compile(
    r"\b(?:(?:what|which|the|give me|tell me) )*(?:share|percentage|percent|per cent|proportion"
    rf"|fraction|part|portion|slice|ratio){_OF}?|%{_OF}?"
)
COUNT = re.compile(
    r"\b(?:(?:what|is|was|are|give|tell|show|state|me|us|the|a|total|sheer) )*(?:how many"
    r"|(?:number|head ?count|count|tally)"
    r"(?: (?:of|for)\b|(?= *(?:$|[?.,:;]))| (?:is|will be) (?:enough|all i need)))"
    rf"{_OF}?|\b(?:what|which) number{_OF}?|\bnumber only\b|\bcount (?:them|those|the)\b"
    r"|\bonly the number\b|\bjust the number\b"
)
LIST = re.compile(r"^\W*(?:(?:please|can you) )?(?:which|who|whose|list|name|show|find)\b")
_LISTED = re.compile(r"^\W*(?:(?:please|can you|could you|now) )*(?:list|name)\b")
_ENOUGH = re.compile(
    r"[.,;:]? *(?:the |a |just the )?(?:number|count|head ?count|total)(?: alone)?"
    r" (?:is enough|will do|suffices|is all i need|is fine|only)\b"
)
_MONTH = rf"(?:{'|'.join(MONTHS)})(?:,? 20\d\d)?"
TIME = (
    rf"(?:(?:{_MONTH}|q[1-4](?: 20\d\d)?|(?:the )?(?:last|previous|past|this|current)"
    r" (?:week|month|quarter))(?:'s|s'| s(?= ))?"
    r"|(?:the )?(?:following|next|subsequent) (?:week|month)"
    r"|(?:the |a )?(?:week|month) (?:after(?:wards| that)?|later|thereafter))"
)


def plain_words(text: str) -> str:
    """Return a question in lower-case letters, without what only asks politely."""
    plain = without_shell(written_out(text.replace("\N{EN DASH}", ",").replace(" - ", ", ")))
    plain = re.sub(r"\s+", " ", plain.strip(" ?!."))
    is_list = _LISTED.match(text.lower()) and not LIST.match(plain)
    return f"list {plain}" if is_list else plain


def asked_for(plain: str) -> tuple[Asked | None, str]:
    """Return whether a number, a share or a list of people is asked for, and the other words."""
    enough = _ENOUGH.search(plain)
    rest = _ENOUGH.sub(" ", plain)
    for kind, pattern in (("share", SHARE), ("count", COUNT), ("list", LIST)):
        found = pattern.search(rest)
        if found:
            words = pattern.sub(" ", rest, count=1)
            is_number = kind == "count" or (kind == "list" and enough)
            return _kind("count" if is_number else kind), words
    return ("count" if enough else None), rest


def _kind(name: str) -> Asked:
    return "share" if name == "share" else "list" if name == "list" else "count"


def time_of(words: str, facts: DataFacts) -> TimeRange | None:
    """Return the range of time that words like "february's" or "last week" name."""
    plain = re.sub(r"(?:'s|s'| s)$", "", words.strip())
    return find_times(f"in {plain}", facts.newest_at, facts.first_at).range


def is_following(words: str) -> str | None:
    """Return "week" or "month" where the one after another time is meant, else None."""
    found = re.search(
        r"(?:following|next|subsequent) (week|month)|(week|month) (?:after|later|there)", words
    )
    return (found[1] or found[2]) if found else None


def within(time: TimeRange) -> tuple[datetime, datetime] | None:
    """Return both ends of a range of time, None where it is open."""
    return (time.start, time.end) if time.start and time.end else None
