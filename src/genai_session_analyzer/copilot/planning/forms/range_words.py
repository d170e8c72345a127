"""Words for ranges of a number: "in buckets of 10", "5-second steps", "1, 2-5, more"."""

import re
from dataclasses import dataclass
from itertools import pairwise

_KINDS = (r"(?:buckets?|bins?|steps|intervals?|ranges?|classes|increments?|bands|chunks|brackets"
          r"|groups)")  # fmt: skip
_UNITS = (r"(?P<unit>ms|milliseconds?|seconds?|secs?|s|minutes?|mins?|min|hours?|h|tokens?"
          r"|characters?"
          r"|chars?|credits?|retries|images?|pixels?|px|days?|generations?|requests?|sessions?|points?"
          r"|words?)")  # fmt: skip
_NUMBER = r"(?P<width>\d+(?:\.\d+)?)"
_STEPS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"[ ,(]+(?:(?:grouped|split|divided|bucketed|binned|broken down) )?(?:in|into|with"
        rf"|using|by|as)?"
        rf" ?(?:equal )?{_KINDS} of (?:width )?{_NUMBER}(?:[ -]?{_UNITS})?(?: (?:each|wide))?\b\)?",
        rf"[ ,(]+(?:(?:grouped|split|divided|bucketed|binned|broken down) )?(?:in|into|with"
        rf"|using|by|as)"
        rf" (?:a )?{_NUMBER}(?:[ -]?{_UNITS})?[ -]{_KINDS}\b\)?",
        rf"[ ,(]+every {_NUMBER}[ -]?{_UNITS}\b\)?",
    )
)
_MORE = r"(?:more|above|over)"
_ITEM = (
    r"(?:(?:exactly |under |less than |below |up to )?\d+(?: ?(?:-|to) ?\d+)?\+?"
    rf"(?: (?:or|and) {_MORE}(?! than))?|(?:or )?{_MORE}(?: than)?(?: \d+)?)"
)
_LIST = re.compile(
    rf"(?:[ :,(]+(?:(?:grouped|split|divided|broken down) )?(?:in|into|as)?(?: (?:ranges"
    rf"|buckets|groups|classes|bins))?[ :,(]*)(?P<list>{_ITEM}"
    rf"(?:(?:,? (?:and|or|vs) |, ?| ?/ ?){_ITEM})+)\)?"
)
_TIMES = {"ms": 1, "millisecond": 1, "s": 1000, "sec": 1000, "second": 1000, "min": 60_000,
          "minute": 60_000, "h": 3_600_000, "hour": 3_600_000}  # fmt: skip
WHOLE = ("generations", "sessions", "retries", "users", "tokens", "characters", "images", "steps",
         "pixels", "days")  # fmt: skip
"""Units that are counted, so that more than 5 of them begins at 6."""
_OTHERS = {"char": "characters", "character": "characters", "request": "generations",
           "px": "pixels", "retrie": "retries"}  # fmt: skip


@dataclass(frozen=True)
class Ranges:
    """A width or edges, the unit they were said in (empty for none), and the text without them."""

    width: float | None
    edges: tuple[float, ...]
    unit: str
    rest: str

    def is_of(self, amount: str) -> bool:
        """Return whether an amount can be cut so: prompts have no number of words."""
        return self.unit != "word" or amount != "prompt_length"


def find_ranges(text: str) -> Ranges | None:
    """Return the ranges that a lower-case text names; None where it names none."""
    for pattern in _STEPS:
        match = pattern.search(text)
        if match and float(match["width"]) > 0:
            unit = (match["unit"] or "").removesuffix("s") if match["unit"] != "ms" else "ms"
            rest = text[: match.start()] + text[match.end() :]
            return Ranges(float(match["width"]), (), unit or match["unit"] or "", rest)
    match = _LIST.search(text)
    edges = _edges(match["list"]) if match else None
    if match is None or edges is None:
        return None
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    return Ranges(None, edges, "", " ".join(rest.split()))


def per_unit(said: str, unit: str) -> float | None:
    """Return by what a number is multiplied to be in a column's unit; None where it is another."""
    if not said:
        return 1.0
    if said in _TIMES and unit in ("ms", "s"):
        return _TIMES[said] / _TIMES[unit]
    wanted = _OTHERS.get(said, f"{said}s")
    return 1.0 if wanted == unit else None


def _edges(listed: str) -> tuple[float, ...] | None:
    """Lower ends of `1, 2-5, more`; whole numbers, so more than 5 begins at 6."""
    if re.search(r"\b20\d\d\b", listed):
        return None  # years
    edges: list[float] = []
    upper = 0.0
    for item in re.split(r",? (?:and|or|vs) (?!more$|more and|above$)|, ?| ?/ ?", listed):
        numbers = [float(each) for each in re.findall(r"\d+", item)]
        if re.search(r"under|less than|below", item):
            edges.append(0.0)
            upper = numbers[0] - 1
            continue
        if re.search(r"more than|over", item) or not numbers:
            numbers = [(numbers[0] if numbers else upper) + 1]
        edges.append(0.0 if "up to" in item else numbers[0])
        upper = numbers[-1]
    rises = all(first < second for first, second in pairwise(edges))
    return tuple(edges) if rises and len(edges) > 1 else None
