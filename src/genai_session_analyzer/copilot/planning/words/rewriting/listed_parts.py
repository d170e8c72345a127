"""Parts of a whole that are listed: all values of a field, or several kinds of event."""

import re

from genai_session_analyzer.copilot.planning.words.rewriting.rules import rewritten, rules

_PART = r"(?:shares?|percentages?|percent|proportions?|fractions?|parts?|portions?)"
_FIELDS = (
    ("device type", ("desktop", "mobile", "tablet")),
    ("user tier", ("free", "pro", "enterprise")),
    ("friction band", ("high", "medium", "low")),
    ("prompt length category", ("short", "medium", "long", "very long")),
)
_ROWS = r"(?P<rows>generations|requests|sessions|visits|users|customers|prompts|people|accounts)"
_OWNER = re.compile(
    r"[ ,]*(?:(?:with)?in|for|per|by|of|on|at|across|among)(?: (?:each|every|the))? "
    r"(?P<group>[a-z_]+(?: (?!last|this|in|and|on|during|for)[a-z_]+){0,2})(?P<rest>\W*$)"
)
_KINDS = {
    "timeouts": "timeout", "time outs": "timeout", "model errors": "model_error",
    "safety violations": "safety_violation", "refusals": "safety_violation",
    "rate limits": "rate_limited", "successes": "success",
}  # fmt: skip
_KIND = f"(?:{'|'.join(_KINDS)})"
_SUM = re.compile(
    rf"\b(?:the )?(?P<sum>combined |joint |total |summed )?(?:{_PART}|rate) of "
    rf"(?P<one>{_KIND}) (?:and|or|plus) (?P<other>{_KIND})(?P<again>,? (?:combined"
    r"|together|taken together|in total))?\b(?! (?:are|were|is|was|comes?|came|made|from))"
)
_BEFORE = rules(
    (rf"\bcombined (?={_PART} of (?!{_KIND}\b))", ""),
)


def before_spelling(text: str) -> str:
    """Return a lower-case question whose listed parts are named by what they are parts of.

    "Share of free, pro and enterprise users per region" is "for each region, the share of users by
    user tier": together they would be all. "Combined share of timeouts and model errors" is that of
    the generations that are one or the other.
    """
    text = _SUM.sub(_either, text)
    for field, members in _FIELDS:
        text = _by_field(text, field, members)
    return rewritten(text, _BEFORE)


def _either(found: re.Match[str]) -> str:
    if not (found["sum"] or found["again"]):
        return found[0]
    kinds = {"timeout": "timed out", "model_error": "hit a model error",
             "safety_violation": "were refused", "rate_limited": "were rate limited",
             "success": "succeeded"}  # fmt: skip
    one, other = (kinds[_KINDS[found[part]]] for part in ("one", "other"))
    return f"share of generations that {one} or {other}"


def _by_field(text: str, field: str, members: tuple[str, ...]) -> str:
    """Name the field where all its values are listed before the rows they are of."""
    member = f"(?:{'|'.join(sorted(members, key=len, reverse=True))})"
    noun = r"(?: (?:friction|length))?"
    listed = rf"(?P<list>{member}{noun}(?:(?:,? and |,? or |, ?| ?/ ?){member}{noun})+)"
    found = re.search(rf"\b{_PART} of (?:the )?{listed} {_ROWS}(?P<behind>.*)$", text)
    if not found:
        return text
    named = re.findall(rf"\b{member}\b", found["list"])
    if sorted(named) != sorted(members):
        return text
    owner = _OWNER.fullmatch(found["behind"])
    if owner:
        return (f"{text[: found.start()]}for each {owner['group']}, the share of {found['rows']}"
                f" by {field}{owner['rest']}")  # fmt: skip
    return f"{text[: found.start()]}share of {found['rows']} by {field}{found['behind']}"
