"""Filters and conditions on groups as words."""

from datetime import date, datetime
from itertools import pairwise

from genai_session_analyzer.copilot.catalogue import Catalogue, FieldTerm
from genai_session_analyzer.copilot.catalogue.terms import FINER
from genai_session_analyzer.copilot.plan import Having, PlanFilter, QueryPlan, Value
from genai_session_analyzer.copilot.wording.names import field_words, joined

_COMPARED = {
    "at_least": "at least",
    "above": "above",
    "at_most": "at most",
    "below": "below",
}
_TEXT_TESTS = {
    "contains": "containing",
    "not_contains": "without",
    "starts_with": "starting with",
    "ends_with": "ending with",
}
_MOST_SHOWN = 5


def filter_words(plan: QueryPlan, each: PlanFilter, catalogue: Catalogue) -> str:
    """Return a filter as words: `device type mobile`, `latency in ms above 3000`."""
    field = catalogue.field(plan.entity, each.field)
    is_relative = each.other_field or each.than_mean
    words = _relative(plan, each, catalogue) if is_relative else _condition(field, each)
    if field.entity not in FINER[plan.entity]:
        return words
    one = catalogue.entity(field.entity).row_word[0]
    return f"{'without any' if each.negated else 'with a'} {one} of {words}"


def having_words(each: Having, measure: str, unit: str) -> str:
    """Return a condition on groups as words: `number of generations above 50`."""
    shown = f"{each.value * 100:g} %" if unit == "rate" else f"{each.value:g}"
    shown = "that of all of them together" if each.than_overall else shown
    signs = {"in": "exactly", "not_in": "other than"}
    return f"{measure} {_COMPARED.get(each.operator) or signs[each.operator]} {shown}"


def _condition(field: FieldTerm, each: PlanFilter) -> str:
    name = field_words(field)
    if each.operator in ("is_known", "is_unknown", "within"):
        return f"{name} {_known_or_within(each)}"
    if each.operator in _TEXT_TESTS:
        last = "and" if each.operator == "not_contains" else "or"
        return f"{name} {_TEXT_TESTS[each.operator]} {_values(each.values, last)}"
    if each.operator in _COMPARED:
        return f"{name} {_COMPARED[each.operator]} {_value(each.values[0])}"
    if field.kind == "flag" and len(each.values) == 1:
        accepts = (each.values[0] is True) == (each.operator == "in")
        return name if accepts else f"not {name}"
    if each.operator == "in":
        is_span = field.part == "hour" and _is_span(each.values)
        return f"{name} {_span(each.values) if is_span else _values(each.values, 'or')}"
    return f"{name} other than {_values(each.values, 'and')}"


def _is_span(hours: tuple[Value, ...]) -> bool:
    """Whether hours follow each other, past midnight too."""
    numbers = [hour for hour in hours if isinstance(hour, int)]
    steps = {(after - hour) % 24 for hour, after in pairwise(numbers)}
    return len(numbers) == len(hours) > 1 and steps == {1}


def _span(hours: tuple[Value, ...]) -> str:
    last = hours[-1]
    return f"from {hours[0]} to before {(last + 1) % 24 if isinstance(last, int) else last}"


def _known_or_within(each: PlanFilter) -> str:
    if each.operator != "within":
        return each.operator.removeprefix("is_")
    first, after = map(_value, each.values)
    return f"from {first} to before {after}"


def _relative(plan: QueryPlan, each: PlanFilter, catalogue: Catalogue) -> str:
    """Against another number of the row, or the mean: `width equal to height`."""
    field = catalogue.field(plan.entity, each.field)
    signs = _COMPARED | {"in": "equal to", "not_in": "different from"}
    if each.other_field:
        other = field_words(catalogue.field(plan.entity, each.other_field))
        return f"{field_words(field)} {signs[each.operator]} {other}"
    rows = catalogue.entity(field.entity).row_word[1]
    return f"{field_words(field)} {signs[each.operator]} its mean over all {rows}"


def _values(values: tuple[Value, ...], last: str) -> str:
    if len(values) > _MOST_SHOWN:
        return f"one of {len(values)} values"
    return joined(tuple(map(_value, values)), last)


def _value(value: Value) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    text = str(value)
    return f"'{text}'" if " " in text else text.replace("_", " ")
