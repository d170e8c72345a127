"""People active in every one of several periods: "in all three months", "each week of May"."""

import re
from datetime import datetime, timedelta

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.facts import DataFacts
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.forms.form import Form
from genai_session_analyzer.copilot.planning.forms.people.active_bounds import (
    did,
    is_active_users,
    of_people,
    of_rows,
    people_who,
    spent_in,
)
from genai_session_analyzer.copilot.planning.forms.people.people_words import (
    ANYONE,
    TIME,
    WHO,
    asked_for,
    time_of,
    within,
)

_MOST = 12
_NUMBER = r"(?:(?:two|three|four|five|six|2|3|4|5|6) )?"
_EVERY = (
    r"(?:all(?: of)?|both(?: of)?|each(?: and every)?(?: one)?(?: of)?|every(?: single)?"
    rf"(?: one of)?)(?: of)?(?: (?:the|these|those))? {_NUMBER}(?:(?:calendar|consecutive) )?"
)
_AND = r"(?:, and |,? and |, (?:then )?|,? & |,? plus | then )"
_TO = r"(?: to | through | until | till |-)"
_LISTED = rf"(?P<listed>{TIME}(?:(?:{_AND}){TIME})+)"
_RANGE = rf"(?P<range>(?:from |between )?{TIME}(?:{_TO}| and ){TIME}|{TIME})"
_IN = r"(?:(?:,|:|in|during|of|from|through|throughout|across|over|for|between|\() *)*"
_LOYAL = (
    r"(?:(?:have |has |had |were |was )?(?:did not miss|never missed|stuck with|stayed with"
    r"|stuck around|stayed around"
    r"|kept using|stayed(?: active)?|remained(?: active)?|continuously active|always active"
    r"|been (?:there|here|around|active))(?: us| it)?(?: (?:right )?(?:through|throughout))?)"
)
_NAMED = re.compile(
    rf"(?P<every>{_EVERY}(?:months|month|weeks|week|of))? *{_IN}{_LISTED}\)?"
    r"(?P<after>,? *(?:each|every|all)(?: single)?(?: one)?(?: of (?:them|those))?(?: time)?"
    r"(?= *(?:$|[?.,])))?"
)
_ALL = (
    r"(?:(?:all(?: of)?|every single|each and every|every one of)(?: (?:the|these|those))?"
    rf" {_NUMBER}|(?<=active )(?:in )?every |(?<=present )(?:in )?every |(?<=there )(?:in )?every )"
)
_SPLIT = re.compile(
    rf"{_ALL}(?P<unit>month|week|day)s? *{_IN}{_RANGE}|{_IN}{_RANGE.replace('range', 'lead')}"
    rf" *{_IN}{_ALL}(?P<each>month|week|day)s?"
)
_WHOLE = re.compile(
    rf"(?:in |during )?(?:all(?: of)?|each(?: single)? of|every one of|every single)(?:"
    rf" the| these)?"
    rf" {_NUMBER}(?P<unit>month|week)s?(?: (?:of|in|covered by) the data)?(?= *(?:$|[?.]))"
)
_LEFT = re.compile(r"\b(?:in|during|on|through|throughout)(?= *(?:$|[,.;:?]))")
_DID = re.compile(
    r"\b(?:did |had |have |has |were |was |been )*(?:used? (?:us|it)|generated|showed up|turned up"
    r"|came(?: back)?|visited|seen|(?:made|sent)(?: at least one| an?| any| one)?"
    r"(?: request| generation|"
    r" image|something|anything)?s?|present|around|with us|here|active)(?= *(?:$|[,.;:?]))"
)
Span = tuple[datetime, datetime]


def read_every_period(plain: str, facts: DataFacts) -> Form | None:
    """Return "how many users active" of "users active in all of January, February and March"."""
    asked, rest = asked_for(plain)
    found = _found(rest, facts)
    if not re.search(rf"\b(?:{WHO}|{ANYONE}|who)\b|{_LOYAL}", plain) or found is None:
        return None
    if asked not in ("count", "list"):
        return None
    periods, left = found
    if not 1 < len(periods) <= _MOST:
        return None

    def complete(plan: QueryPlan, _words: Catalogue) -> QueryPlan | None:
        if plan.time is not None or not is_active_users(plan):
            return None
        bounds = (did((*of_rows(plan), *spent_in(*each))) for each in periods)
        return people_who(plan.model_copy(update={"filters": of_people(plan)}), asked, bounds)

    return Form(text=_active(left), complete=complete)


def _found(rest: str, facts: DataFacts) -> tuple[tuple[Span, ...], str] | None:
    named = _NAMED.search(rest)
    if named and (named["every"] or named["after"] or re.search(_LOYAL, rest)):
        times = [time_of(each[0], facts) for each in re.finditer(TIME, named["listed"])]
        spans = tuple(dict.fromkeys(within(time) for time in times if time))
        known = tuple(span for span in spans if span)
        return (known if len(known) == len(times) else ()), _without(rest, named)
    split = _SPLIT.search(rest)
    entire = _WHOLE.search(rest)
    if split is None and entire:
        return _periods(_data_span(facts), entire["unit"]), _without(rest, entire)
    if split is None:
        return None
    whole = time_of(split["range"] or split["lead"], facts)
    ends = within(whole) if whole else None
    periods = _periods(ends, split["unit"] or split["each"]) if ends else ()
    return periods, _without(rest, split)


def _data_span(facts: DataFacts) -> Span:
    """From the first to the newest timestamp of the data."""
    first = facts.first_at.replace(hour=0, minute=0, second=0, microsecond=0)
    return first, facts.newest_at + timedelta(microseconds=1)


def _without(rest: str, found: re.Match[str]) -> str:
    return f"{rest[: found.start()]} {rest[found.end() :]}"


def _periods(ends: Span, unit: str) -> tuple[Span, ...]:
    """The months, weeks or days of a time, cut where it begins and ends."""
    found: list[Span] = []
    at = ends[0]
    while at < ends[1] and len(found) <= _MOST:
        later = min(_next(at, unit), ends[1])
        found.append((at, later))
        at = later
    return tuple(found)


def _next(at: datetime, unit: str) -> datetime:
    if unit == "day":
        return at + timedelta(days=1)
    if unit == "week":
        return at + timedelta(days=7 - at.weekday())
    return (at.replace(day=1) + timedelta(days=32)).replace(day=1)


def _active(left: str) -> str:
    """The other words, as the number of people that are active."""
    words = re.sub(rf"{_LOYAL}|\b(?:loyal|faithful|regular|steady|constant)\b", " ", left)
    words = re.sub(r"\s+", " ", _LEFT.sub("", words)).strip()
    words = _DID.sub("", words)
    words = re.sub(
        r"^\W*(?:who|of|that|the)\b|\b(?:who|that|were|was)(?= *(?:$|[,.;:?]))", "", words
    )
    people = "" if re.search(rf"\b{WHO}\b", words) else "users "
    return re.sub(r"\s+", " ", f"how many {people}{words.strip(' ,.;:')} were active").strip()
