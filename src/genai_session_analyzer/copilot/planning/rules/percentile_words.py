"""Percentiles that are asked for without the word: "within how many ms do 90 % of them finish"."""

import re

_SHARE = r"(?P<n>75|90|95|99) ?(?:%|percent|per cent|pct)"
_ROWS = r"of (?:all )?(?:the |our |my )?(?P<rows>[\w .-]+?)"
_DONE = (
    r"(?: (?:come|comes|came|get|got|gets|are|is|were|be|been|back|finish\w*|complet\w*|return\w*"
    r"|answer\w*|done|serv\w+|respond\w*|stay|stays|remain|fall|lie|run|handled|processed|end))+"
)
_AMOUNT = r"(?:latency|response time|waiting time|wait|time|delay)"
_UNIT = r"(?P<unit>ms|milliseconds|seconds|s|minutes|time)"
_ASKED = tuple(
    re.compile(rf"\b{pattern}(?= *(?:[?.,;]|$| per | by | for | in | on | last | this ))")
    for pattern in (
        rf"(?:within|in|under|below|in under) (?:how (?:many|much)|what) {_UNIT}"
        rf" (?:do|does|did|are|is|were) {_SHARE} {_ROWS}{_DONE}",
        rf"(?:what|which) (?:is the )?{_AMOUNT} (?:do|does|did|are|is) {_SHARE} {_ROWS}{_DONE}?"
        r" (?:below|under|within)(?: it)?",
        rf"{_SHARE} {_ROWS}{_DONE} (?:within|in|under|below) (?:how (?:many|much)|what) {_UNIT}",
    )
)


def name_percentiles(text: str) -> str:
    """Return a lower-case text with such a question as "p90 latency of requests"."""
    for pattern in _ASKED:
        text = pattern.sub(_named, text)
    return text


def _named(match: re.Match[str]) -> str:
    unit = match.groupdict().get("unit")
    shown = f" in {unit}" if unit and unit != "time" else ""
    return f"p{match['n']} latency{shown} of {match['rows']}"
