"""What is asked for, named behind the rows it is of: "short prompts: success rate"."""

import re

_ROWS = r"prompts|sessions|visits|users|customers|images|pictures|requests|generations|runs"
_NUMBERS_LAST = re.compile(
    rf"^\W*(?P<rows>[^:?!.]*\b(?:{_ROWS}|ones))\s*:\s+"
    r"(?!how |which |what |who |show |list |give |number of |count )"
    r"(?P<numbers>[^:?!.]+)[?!.]?\s*$",
    re.IGNORECASE,
)
_RATE = r"(?:rate|share|percentage|percent|fraction|proportion|ratio)"
_ASKS_RATE = re.compile(rf"\bhow (?:often|frequently|likely)\b|\b(?:{_RATE}|probability)\b")
_COUNTED = re.compile(r"^\W*(?:how many|number of|count|total number)\b")
_COUNT_LAST = re.compile(
    r"^(?P<what>[^?]+?)\s*(?:[-\u2013\u2014:,;?]+\s*(?:(?:just|only) )?(?:(?:the|their|a) )?"
    r"(?:count|number|how many(?: are there)?|total count)(?: only)?)\W*$"
)
_AS_RATE = re.compile(rf"\s*[?,;.-]*\s*(?:as|in) an? {_RATE}\W*$")


def measure_first(text: str) -> str:
    """Return "short prompts: success rate" as "success rate of short prompts"."""
    return _NUMBERS_LAST.sub(lambda match: f"{match['numbers']} of {match['rows']}", text)


def count_first(text: str) -> str:
    """Return "sessions from Asia - count" as "how many sessions from Asia".

    "How often ...? as a rate" needs no second rate.
    """
    bare = _AS_RATE.sub("", text)
    if bare != text and _ASKS_RATE.search(bare):
        text = bare
    counted = _COUNT_LAST.match(text)
    if counted and not _COUNTED.match(text):
        return f"how many {counted['what']}"
    return text
