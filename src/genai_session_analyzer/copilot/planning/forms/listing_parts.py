"""What is said around the rows of a list: their columns, their order, and how many."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from genai_session_analyzer.copilot.planning.times.calendar_words import NUMBERS

_VERB = (
    r"(?:list|show|display|give|return|output|print|get|fetch|find|retrieve|provide|report|select"
    r"|name|state)(?: out)?(?: me| us)?"
)
_VERB_AHEAD = re.compile(rf"^(?:(?:please|now|can you|could you|i need|i want) )*{_VERB} ")
_NUMBER = rf"(?P<n>\d{{1,4}}|{'|'.join(NUMBERS)})"
_LIMIT = re.compile(
    r"[,;.]? (?:and )?(?:with )?(?:a |the |just |only |show |list |give )*(?:limit(?:ed)?|maximum"
    rf"|max|at most|no more than|up to|(?:the )?first|top)(?: of| to| the first)? {_NUMBER}"
    r"(?: (?:rows?|results?|entries|of them|only|records?|lines?))?$"
)
_DOWN = (
    r"(?:in )?(?:a )?(?:descending|decreasing|desc)(?: order)?|(?:the )?(?:highest|largest|biggest"
    r"|most|greatest)(?: one| value)?s? (?:first|at the top)|(?:from )?(?:the )?(?:high|highest"
    r"|largest|most) to (?:the )?(?:low|lowest|smallest|least)"
)
_UP = (
    r"(?:in )?(?:an )?(?:ascending|increasing|asc)(?: order)?|(?:the )?(?:lowest|smallest|fewest"
    r"|least)(?: one| value)?s? (?:first|at the top)|(?:from )?(?:the )?(?:low|lowest|smallest"
    r"|least) to (?:the )?(?:high|highest|largest|most)"
)
_NAMED = {
    "newest|latest|most recent": ("time", True), "oldest|earliest": ("time", False),
    "longest": ("length", True), "shortest": ("length", False),
    "slowest": ("latency", True), "fastest|quickest": ("latency", False),
    "most expensive|costliest|dearest": ("cost", True), "cheapest": ("cost", False),
}  # fmt: skip
_SORT = r"(?:sort|sorted|order|ordered|ranked|rank|arranged)(?: (?:them|it|these|the rows|rows))?"
_JOIN = r"(?:[,;.]? (?:and )?)"
_ORDERS = tuple(re.compile(each) for each in (
    rf"{_JOIN}(?:please )?{_SORT} by (?:the |their |its )?(?P<by>[\w ]+?)"
    rf"(?:,? (?:(?P<down>{_DOWN})|(?P<up>{_UP})))?$",
    rf"{_JOIN}(?:please )?(?:{_SORT} )?(?:in |by )(?:(?P<down>descending|decreasing)"
    r"|(?P<up>ascending|increasing))(?: order of| order by)? (?:the |their |its )?"
    r"(?P<by>(?!order)[\w ]+)$",
    rf"{_JOIN}(?:(?:{_SORT}|with the) )?(?:(?P<down>{_DOWN})|(?P<up>{_UP}))$",
    rf"{_JOIN}(?:with the )?(?:(?P<down>highest|most|largest|biggest|greatest)|(?P<up>lowest|least"
    r"|fewest|smallest)) (?P<by>[\w ]+?) (?:first|at the top)$",
    rf"{_JOIN}(?:with the )?(?P<named>{'|'.join(_NAMED)}) (?:ones? )?first$",
))  # fmt: skip
_BEHIND = re.compile(
    r"(?:[,;:.?]? (?:and |please )*(?:(?:along |together )?with|including|plus|as well as) "
    rf"(?:their|its|that|the respective) |[,;:.?] (?:and |please )*(?:{_VERB}|include|including"
    rf"|with"
    r"|along with|together with|showing|plus) (?:(?:only|just|me|the|their|its|that|columns?) )*"
    r"| (?:along|together) with (?:the )?| and (?:show|give|list|return|display)"
    r" (?:the |their )?)(?P<columns>[^;:?]+)$"
)
_WITH = re.compile(
    r" with (?:the )?(?P<columns>(?!(?:a|an|no|any|at|more|less|over|under)\b)[^;:?]+)$"
)
_LEADING = re.compile(rf"^(?:the |any )?{_NUMBER} ")
_AND = re.compile(r",? and (?:the |their |its )?|, (?:the |their |its )?| & | plus | as well as ")


@dataclass(frozen=True, kw_only=True)
class Sorting:
    """How listed rows are sorted: by words for a column, or by the column that is a number.

    `descending` None: not said.
    """

    by: str | None
    descending: bool | None


def without_limit(text: str) -> tuple[str, int | None]:
    """Return a list without "limit 20" at its end, and the number."""
    match = _LIMIT.search(text)
    if match is None:
        return text, None
    said = match["n"]
    return text[: match.start()], int(said) if said.isdigit() else NUMBERS[said]


def without_order(text: str) -> tuple[str, Sorting | None]:
    """Return a list without "sorted by cost, highest first" at its end, and the order."""
    for pattern in _ORDERS:
        match = pattern.search(text)
        if match:
            return text[: match.start()], _sorting(match.groupdict())
    return text, None


def _sorting(said: dict[str, str | None]) -> Sorting:
    if said.get("named"):
        by, descending = next(
            found for words, found in _NAMED.items() if said["named"] in words.split("|")
        )
        return Sorting(by=by, descending=descending)
    descending_or_none = True if said["down"] else False if said["up"] else None
    return Sorting(by=said.get("by"), descending=descending_or_none)


def without_verb(text: str) -> tuple[str, bool]:
    """Return a question without "please list" ahead, and whether it was there."""
    match = _VERB_AHEAD.match(text)
    return (text[match.end() :], True) if match else (text, False)


def columns_behind(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a list without "with their id and cost" at its end, and the words for the columns."""
    match = _BEHIND.search(text)
    return (text[: match.start()], _names(match["columns"])) if match else (text, ())


def columns_with(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a list without "with id and cost" at its end, which may be a condition as well."""
    match = _WITH.search(text)
    return (text[: match.start()], _names(match["columns"])) if match else (text, ())


def without_number(rows: str) -> tuple[str, int | None]:
    """Return "enterprise users" of "20 enterprise users", and the number."""
    match = _LEADING.match(rows)
    if match is None:
        return rows, None
    said = match["n"]
    return rows[match.end() :], int(said) if said.isdigit() else NUMBERS[said]


def columns_ahead(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield rows, and words for the columns of "id and cost of all sessions", "sessions: id"."""
    rows, colon, said = text.partition(": ")
    if colon:
        yield rows, _names(said)
    for match in list(re.finditer(r" (?:of|for|from) (?:the |all |every |each |our )*", text))[:3]:
        yield text[match.end() :], _names(text[: match.start()])


def _names(said: str) -> tuple[str, ...]:
    said = re.sub(r"\bstart(?:ing)? and end(?:ing)? (times?|dates?|timestamps?)\b",
                  r"start \1 and end \1", said)  # fmt: skip
    said = re.sub(r"^(?:the |their |its |only |that )+", "", said.strip(" ,."))
    return tuple(each.strip() for each in _AND.split(said) if each.strip())
