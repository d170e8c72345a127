"""Percentiles in other words: "within how many ms do 90 % of them finish", "quartiles"."""

import re

_SHARE = r"(?P<n>[1-9]\d) ?(?:%|percent|per cent|pct)"
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
        rf"how long (?:do|does|did|must) {_SHARE} {_ROWS} (?:take|last|wait|need)(?: at (?:the"
        rf" )?most)?",
        rf"{_SHARE} {_ROWS}{_DONE} (?:within|in|under|below) (?:how (?:many|much)|what) {_UNIT}",
    )
)


_ORDINAL = r"(?:p ?)?\d{1,2}(?:st|nd|rd|th)?"
_LISTED = rf"{_ORDINAL}(?:\s*(?:,|/|&|\band\b)+\s*(?:the )?{_ORDINAL})+"
_SEVERAL = re.compile(
    rf"\b(?P<before>{_LISTED}) (?:percentiles?|pctl?s?|quantiles?|centiles?)\b"
    rf"|\b(?:percentiles?|pctl?s?|quantiles?|centiles?):? (?P<after>{_LISTED})(?!\w)"
)
_QUARTILES = (
    (re.compile(r"\b(?:first|1st|lower) (?:quartile )?and (?:the )?"
                r"(?:third|3rd|upper) quartiles?\b"), "p25 and p75"),
    (re.compile(r"\b(?:second|2nd|middle) quartile\b"), "median"),
    (re.compile(r"\b(?:1st|first|lower|bottom) quartile\b"), "p25"),
    (re.compile(r"\b(?:3rd|third|upper|top) quartile\b"), "p75"),
    (re.compile(r"\b(?:the )?(?:three )?quartiles\b"), "p25, p50 and p75"),
)  # fmt: skip


def name_percentiles(text: str) -> str:
    """Return a lower-case text with such a question as "p90 latency of requests"."""
    for pattern in _ASKED:
        text = pattern.sub(_named, text)
    for pattern, words in _QUARTILES:
        text = pattern.sub(words, text)
    return _SEVERAL.sub(_listed, text)


def _listed(match: re.Match[str]) -> str:
    """`90th and 95th percentile` is "p90 and p95"."""
    numbers = re.findall(r"\d{1,2}", match["before"] or match["after"])
    return " and ".join(f"p{number}" for number in numbers)


def _named(match: re.Match[str]) -> str:
    unit = match.groupdict().get("unit")
    shown = f" in {unit}" if unit and unit != "time" else ""
    return f"p{match['n']} latency{shown} of {match['rows']}"
