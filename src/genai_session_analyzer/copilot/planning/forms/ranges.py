"""Numbers grouped by ranges: "latency in 5-second steps", "users by number of sessions: 1, 2-5"."""

import re

from genai_session_analyzer.copilot.bucket import Bucket
from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import Order, QueryPlan
from genai_session_analyzer.copilot.planning.binding.naming import field_name
from genai_session_analyzer.copilot.planning.forms.amounts import amount_columns, amount_of
from genai_session_analyzer.copilot.planning.forms.form import Form
from genai_session_analyzer.copilot.planning.forms.range_words import (
    WHOLE,
    Ranges,
    find_ranges,
    per_unit,
)

_COUNTED = (
    (r"users?|customers?|people|accounts?", "users"), (r"sessions?|visits?", "sessions"),
    (r"prompts?", "prompts"), (r"generations?|requests?|jobs?|images?", "generations"),
)  # fmt: skip
_LEAD = (r"^\W*(?:(?:please|can you|show|list|give|plot|draw|me|us|the|a|an|what|is|are|how|do|does"
         r"|of|for|grouped|bucketed|binned|split|number|distribute|distributed"
         r"|counts?)\W+)*")  # fmt: skip
_HISTOGRAM = re.compile(
    rf"{_LEAD}(?:histogram|distribution|spread|breakdown)? ?(?:of |for )?(?:the )?"
    r"(?P<amount>[a-z _-]+?)(?: histogram| distribution| buckets?| look| distributed)?"
    r"(?P<rest> (?:for|of|in|among|on|last|this|from|by) [\w .-]+)?\W*$"
)
_BY = re.compile(
    r"^\W*(?P<what>[\w .'-]+?) (?:by|per|grouped by|for each|against|over|depending on|split by) "
    r"(?:the |their )?(?P<amount>[a-z _-]+?)(?P<rest> (?:for|of|in|among|on|last|this|from) "
    r"[\w .-]+)?\W*$"
)
_BY_COUNT = re.compile(
    r"^\W*(?:(?:show|list|give|me|us|the|what|is|how|many|are|distribution|histogram|of|number"
    r"|there|count)\W+)*(?P<what>users|customers|sessions|visits|prompts) (?:by|per|for each"
    r"|(?:grouped|split|counted"
    r"|broken down|sorted into groups) by|according to|depending on) "
    r"(?:the |their )?(?:number of|how many|count of|amount of) (?P<amount>generations|requests"
    r"|jobs"
    r"|sessions|visits|uses|users|images)(?: (?:they|it) (?:have|has|had|made|did))?"
    r"(?P<rest> (?:for|of|in|among|on) [\w .-]+)?\W*$"
)
_HAVE = re.compile(
    r"^\W*(?:how many|number of|count of) (?P<what>users|customers|sessions|visits|prompts)"
    r" (?:have|had|has|made|did|with)"
    r" (?P<amount>)\W*(?P<after>generations|requests|sessions|visits|uses|jobs)(?P<rest>)\W*$"
)


def read_ranges(text: str) -> Form | None:
    """Return "number of generations" of "generations by latency in 5-second steps"."""
    plain = text.lower().strip().replace("\u2013", "-")
    found = find_ranges(plain)
    match = _BY_COUNT.match(found.rest if found else plain)
    if match is None and found:
        match = _HAVE.match(found.rest) or _BY.match(found.rest)
        is_by = match is not None and amount_of((match["amount"] or "users").strip())
        if found.width and not is_by:
            match = _HISTOGRAM.match(found.rest)
    if match is None:
        return None
    parts = match.groupdict()
    said = (parts.get("after") or parts["amount"]).strip()
    is_in_letters = found is not None and found.unit in ("char", "character")
    amount = amount_of("character count" if is_in_letters else said)
    what = (parts.get("what") or _rows_of(amount)).strip()
    what = re.sub(r"^(?:(?:show|give|list|plot) (?:me )?)?(?:the )?", "", what)
    counted = next((name for words, name in _COUNTED if re.fullmatch(words, what)), None)
    is_known = amount is not None and (found is None or found.is_of(amount))
    if amount is None or not is_known or (counted is None and not parts.get("what")):
        return None
    asked = f"number of {counted}" if counted else what
    return Form(
        text=f"{asked}{parts['rest'] or ''}",
        complete=lambda plan, words: _by_ranges(plan, words, amount, found),
    )


def _rows_of(amount: str | None) -> str:
    return "" if amount is None else next(iter(amount_columns(amount)))


def _by_ranges(
    plan: QueryPlan, words: Catalogue, amount: str, found: Ranges | None
) -> QueryPlan | None:
    """The plan by ranges of the amount, the lowest first."""
    columns = amount_columns(amount)
    name = columns.get(plan.entity)
    if name is None:
        name = next((each for each in columns.values() if field_name(each, plan.entity, words)), "")
    field = field_name(name, plan.entity, words) if name else None
    if field is None or plan.columns or plan.limit or plan.over_groups or field in plan.dimensions:
        return None
    if "." in field and field.split(".")[0] not in ("users", "prompts", "sessions"):
        return None
    unit = words.field(plan.entity, field).unit
    factor = per_unit(found.unit, unit) if found else 1.0
    if factor is None or (found and found.edges and unit not in WHOLE):
        return None
    return plan.model_copy(update={
        "dimensions": (field, *plan.dimensions),
        "buckets": (_bucket(field, found, factor),) if found else (),
        "order": (Order(by=field, descending=False),),
    })  # fmt: skip


def _bucket(field: str, found: Ranges, factor: float) -> Bucket:
    edges = tuple(edge * factor for edge in found.edges)
    return Bucket(field=field, width=found.width and found.width * factor, edges=edges)
