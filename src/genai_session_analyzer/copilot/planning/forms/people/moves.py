"""Two times in a question, and words between them that say who came back or stayed away."""

import re
from dataclasses import dataclass

from genai_session_analyzer.copilot.planning.forms.people.people_words import (
    ANYONE,
    TIME,
    WHO,
    Asked,
    asked_for,
)

_PLACED = re.compile(
    r"\b(?:(?P<before>before|since|after|until|till|than|by|between|versus|vs|compared (?:to|with)"
    r"|against) )?(?:(?:in|during|from|of|throughout|over|into|to|on|for|through) )?"
    rf"(?P<said>{TIME})(?![\w-])"
)
_RETAINED = re.compile(
    r"\b(?:user |customer )?(?:retention|retained|retain|carry[ -]?over|carried over|"
    r"holdover)(?: (?:rate|share|ratio|percentage))?\b"
)
_ACTIVE = (
    "returned return returning returns back came come comes coming active reactivated "
    "generated generate generating made make making requested rendered created create visited "
    "visit used use using seen showed show appeared reappeared resurfaced turned stayed stay "
    "staying remained remain kept keep continued continue carried stuck present logged did "
    "do something anything going around see saw sees spotted met"
)
_GONE = (
    "not never no nothing nobody none quiet silent dark dormant inactive gone disappeared "
    "disappear vanished vanish dropped drop lapsed lapse stopped stop quit left leave absent "
    "missing lost lose away fell without longer stayed-away"
)
_IDLE = (
    "and but yet also then that who which were was are is had have has does been be being they "
    "them their it its to the a an of those these same again still once more later on off out "
    "up afterwards subsequently only what how even though so in at all any another least one us "
    "we our service product anymore after down around here there with too well as after for "
    "went go goes request requests generation generations image images picture pictures"
    " session sessions job "
    "jobs many new give me tell please s by from return users"
)
_WORDS = re.compile(r"[a-z0-9']+|%")
_TWICE_DENIED = re.compile(
    r"\b(?:not|never|no)(?: \w+)? (?:disappear|vanish|drop|lapse|stop|quit|leave|left|lost|lose"
    r"|only|just)\w*\b|\bnot un"
)
_LABEL = re.compile(r"^\W*(?:returning|return|returned|back|back again|active again|retained)\W*$")
_USED = re.compile(
    r"\b(?:(?:have|has|had|did|were|was|who|that|are|is) )*(?:used? (?:us|it|the (?:service"
    r"|product|platform|tool|app))|(?:ma[dk]e|sent|submitted|generated|created|did|do|ran)"
    r" (?:at least one|one or more|any|an?|some)?(?: ?(?:requests?|generations?|images?|pictures?"
    r"|something|anything))|were (?:around|here|with us|seen|present|on board)|was (?:around|seen)"
    r"|seen|around|with us|showed up|turned up|came by|stopped by)(?= *$)"
)


@dataclass(frozen=True)
class Side:
    """One of the times, in words."""

    said: str


@dataclass(frozen=True)
class Moves:
    """People of one time, and whether they are looked for in another.

    Attributes:
        text: "how many users active in January", with what else is said of them.
        second: The time they are looked for in.
        asked: Their number, the part of all of the first time, or a list.
        is_absent: They have to be absent then.
    """

    text: str
    second: Side
    asked: Asked
    is_absent: bool


def read_moves(plain: str) -> Moves | None:
    """Return the moves of a question in lower-case letters; None where it has no two times."""
    asked, rest = asked_for(plain)
    is_retention = _RETAINED.search(rest) is not None
    if asked is None and is_retention:
        asked = "share"
    rest = re.sub(rf"\b{ANYONE}\b", "users", rest)
    places = list(_PLACED.finditer(rest))
    signs = re.search(r"\b(?:sign\w*[ -]?up|signups?|joined|registered|compare|average)\b", rest)
    if asked is None or len(places) != 2 or any(each["before"] for each in places) or signs:
        return None
    first, second = places
    head, mid, tail = (
        rest[: first.start()],
        rest[first.end() : second.start()],
        rest[second.end() :],
    )
    if is_retention:
        return _retention(_RETAINED.sub(" ", head), tail, (first, second), asked, mid)
    if _LABEL.match(head) and re.match(r" *[:,]", mid):
        first, second, head = second, first, ""
    middle, end = _tokens(mid), _tokens(tail)
    if not _is_of_moves(middle) or not _says_move(f"{mid} {tail if _is_of_moves(end) else ''}"):
        return None
    if _TWICE_DENIED.search(f"{mid} {tail}") or (set(end) & set(_GONE.split()) and not middle):
        return None
    is_absent = bool(set(middle) & set(_GONE.split())) or (
        _is_of_moves(end) and bool(set(end) & set(_GONE.split()))
    )
    text = _asked_of_first(head, first["said"], "" if _is_of_moves(end) else tail)
    return Moves(text=text, second=Side(second["said"]), asked=asked, is_absent=is_absent)


def _retention(
    head: str, tail: str, places: tuple[re.Match[str], re.Match[str]], asked: Asked, mid: str
) -> Moves | None:
    """`Retention from January to March by tier`, "how many were retained in March"."""
    middle = _tokens(_RETAINED.sub(" ", mid))
    if _RETAINED.search(mid) and re.match("of |for |from ", places[1][0]):
        places = (places[1], places[0])
    lead = [word for word in _tokens(head) if word not in _IDLE.split() and word != "rate"]
    if not _is_of_moves([*middle, *lead]) or set(middle) & set(_GONE.split()):
        return None
    rest = re.sub(rf"^ *,? *(?:as a |in )?(?:of )?(?:the )?{WHO}? *$", "", _RETAINED.sub("", tail))
    text = _asked_of_first("", places[0]["said"], rest)
    return Moves(text=text, second=Side(places[1]["said"]), asked=asked, is_absent=False)


def _tokens(words: str) -> list[str]:
    return _WORDS.findall(re.sub(rf"\b{WHO}\b", " ", words))


def _is_of_moves(tokens: list[str]) -> bool:
    """Whether all words only say that people were active, or were not."""
    return set(tokens) <= {*_ACTIVE.split(), *_GONE.split(), *_IDLE.split()}


def _says_move(words: str) -> bool:
    return bool(set(_tokens(words)) & {*_ACTIVE.split(), *_GONE.split()})


def _asked_of_first(head: str, said: str, tail: str) -> str:
    """`How many users were active in January` of the words about the first time."""
    who = re.sub(
        r"^\W*(?:(?:out|of|who|the|those|these|all|our|we|did|users?(?= users))\b\W*)*", "", head
    )
    who = re.sub(r"\b(?:in|during|of|from)\W*$", "", who).strip(" ,:;-")
    who = _USED.sub(" were active", who).strip()
    people = "" if re.search(rf"\b{WHO}\b", who) else "users "
    does = (
        ""
        if re.search(r"\b(?:active|had|has|have|hits?|with|gets?|ran|\w+ed|made|saw)\b", who)
        else " were active"
    )
    time = re.sub(r"(?:'s|s'| s)$", "", said.strip())
    words = f"how many {people}{who}{does} in {time} {tail.strip(' ,:;')}"
    return re.sub(r"\s+", " ", words).strip()
