"""Numbers written in words, and parts of all rows as percentiles."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_TEENS = {
    "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
_SMALL = _ONES | _TEENS | _TENS
_ONE = "|".join(word for word, number in _ONES.items() if number < 10)
_BELOW_100 = rf"(?:(?:{'|'.join(_TENS)})(?:[ -](?:{_ONE}))?|{'|'.join(_ONES | _TEENS)})"
_ORDINAL = (
    r"(?![ -](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|percentile|th)\b"
    r"(?! seconds?\b))"
)
_HUNDREDS = re.compile(
    rf"\b(?:(?P<times>{_BELOW_100}|an?|\d+)[ -])?(?P<unit>hundred|thousand|dozen)"
    rf"(?: (?:and )?(?P<rest>{_BELOW_100}))?\b{_ORDINAL}"
)
_TWO_WORDS = re.compile(
    rf"\b(?:(?P<tens>{'|'.join(_TENS)})[ -](?P<ones>{_ONE})"
    rf"|(?P<teen>{'|'.join(_TEENS)}|{'|'.join(_TENS)}))\b{_ORDINAL}"
)
_UNITS = {"hundred": 100, "thousand": 1000, "dozen": 12}
_COUNTED = r"(?=credits?\b|seconds?\b|minutes?\b|hours?\b|milliseconds?\b)"
_HALVES = rules(
    (r"\bhalf a dozen\b", "6"),
    (rf"\b(?:a|one) and a half {_COUNTED}", "1.5 "),
    (rf"\b(\d+|{_ONE}) and a half {_COUNTED}",
     lambda match: f"{_ONES.get(match[1]) or match[1]}.5 "),
    (r"\bone and a half (?=\w+s\b)", "1.5 "),
    (r"\ban? (credit|second|minute|hour) and a half\b", r"1.5 \1s"),
    (r"\b(?:half an?|half of an?|a half) (credit|second|minute|hour|millisecond)\b", r"0.5 \1s"),
    (r"\b(?:a )?quarter (?:of )?an? (credit|second|minute|hour)\b", r"0.25 \1s"),
    (r"\bthree quarters of an? (credit|second|minute|hour)\b", r"0.75 \1s"),
)  # fmt: skip
_PARTS = {
    "half": 50, "one half": 50, "a quarter": 25, "one quarter": 25, "three quarters": 75,
    "nine out of ten": 90, "9 out of 10": 90, "nine in ten": 90, "nine tenths": 90, "a tenth": 10,
    "one in ten": 10, "one in four": 25, "three out of four": 75, "three in four": 75,
    "9 in 10": 90, "99 out of 100": 99, "95 out of 100": 95, "19 out of 20": 95,
    "one out of ten": 10, "one out of four": 25, "one in two": 50, "the majority": 50,
}  # fmt: skip
_PART = rf"(?P<part>(?P<percent>10|25|50|75|90|95|99) ?(?:%|percent(?:age)?)|{'|'.join(_PARTS)})"
_OF_ROWS = (
    r"(?: of)?(?: all| the| our| all the| all our| every)* "
    r"(?P<rows>(?:[\w.-]+ )?(?:sessions|visits|requests|generations|images|pictures|runs|jobs"
    r"|calls|renders|prompts|users))(?P<more> (?:on|in|from|of|by|for) [\w. -]+?)?"
)
_LESS = (
    r"(?:shorter|less|under|below|faster|quicker|fewer|within|cheaper|at most|sooner|no more"
    r"|no longer|up to)"
)
_OVER = r"(?:longer|more|over|above|slower|beyond|dearer|at least|greater)"
_VERB = (
    r"(?: (?:are|is|were|was|take|takes|took|last|lasts|lasted|finish|finished|end|cost|costs|fall"
    r"|have|has|need|needs|complete|completed|come back|came back|return|run|wait|waited|use|used"
    r"|spend|spent|done|over|answered|served|back|in|at|ready|well|stay|contain|hold))*"
)
_ASKED = (
    r"(?: (?:how many|what number of|which number of|how|what|which))? ?"
    r"(?P<asked>long|much|(?:milli)?seconds|minutes|hours|credits|tokens|requests|generations"
    r"|retries|latency|cost|duration|length|steps|time)(?: to (?:finish|complete|answer))?"
)
_BELOW = re.compile(
    rf"^\W*{_PART}{_OF_ROWS}(?P<verb>{_VERB}) (?:(?P<less>{_LESS})|(?P<over>{_OVER}))(?: than)?"
    rf"{_ASKED}\W*$"
)
_BELOW_FIRST = re.compile(
    r"^\W*(?:(?P<less>below|under|within)|(?P<over>above|over|beyond))? ?(?:what|which|how many"
    rf"|how much) (?P<asked>\w+) (?:do|does|did|are|is|lie|lies) {_PART}{_OF_ROWS}(?P<verb>{_VERB})"
    r"(?: (?:lie|stay|remain|finished))?"
    r"(?: (?:(?P<less2>below|under|within|short of)|(?P<over2>above|over|beyond)))?\W*$"
)
_NAMES = {
    "cost": "cost", "credits": "cost", "tokens": "number of tokens", "duration": "duration",
    "requests": "number of requests", "generations": "number of requests", "retries": "retries",
    "steps": "steps", "latency": "latency",
}  # fmt: skip
_TIMES = ("seconds", "milliseconds", "minutes", "hours")


def in_digits(text: str) -> str:
    """Return a lower-case text with numbers above twelve, halves and dozens in digits.

    "Two hundred and fifty" is "250", "half a credit" is "0.5 credits"; small numbers, ordinals
    and "a hundred percent" stay.
    """
    plain = rewritten(text, _HALVES)
    plain = _HUNDREDS.sub(_hundreds, plain)
    return _TWO_WORDS.sub(_two_words, plain)


def percentiles(text: str) -> str:
    """Return "three quarters of all sessions are shorter than how many seconds" as percentile.

    That is the "75th percentile of session duration in seconds"; other texts are returned as they
    are.
    """
    match = _BELOW.match(text) or _BELOW_FIRST.match(text)
    if match is None:
        return text
    part = int(match["percent"]) if match["percent"] else _PARTS[match["part"]]
    parts = match.groupdict()
    if not any(parts.get(side) for side in ("less", "less2", "over", "over2")):
        return text
    part = part if parts.get("less") or parts.get("less2") else 100 - part
    quantity = _quantity(match)
    if quantity is None:
        return text
    unit = f" in {match['asked']}" if match["asked"] in _TIMES else ""
    which = "median" if part == 50 else f"{part}th percentile of"
    return f"{which} {quantity} of {match['rows']}{match['more'] or ''}{unit}"


def _quantity(match: re.Match[str]) -> str | None:
    asked = match["asked"]
    if asked in ("much", "cost"):
        return "cost"
    if asked in _NAMES:
        return _NAMES[asked]
    if asked not in (*_TIMES, "long", "time", "length"):
        return None
    rows = match["rows"].split()[-1]
    if rows in ("sessions", "visits"):
        return "duration"
    return None if rows in ("users", "prompts") else "latency"


def _hundreds(match: re.Match[str]) -> str:
    said, rest = match["times"] or "", match["rest"]
    times = int(said) if said.isdigit() else _value(said) or 1
    if not said and match["unit"] != "hundred":
        return match[0]
    if match.string[match.end() :].startswith((" percent", " %")):
        return match[0]
    return str(times * _UNITS[match["unit"]] + (_value(rest) if rest else 0))


def _two_words(match: re.Match[str]) -> str:
    return str(_value(match[0]))


def _value(words: str) -> int:
    return sum(_SMALL.get(word, 0) for word in re.split("[ -]", words))
