"""Filters and conditions on groups as words."""

from datetime import date, datetime

from genai_session_analyzer.copilot.catalogue import Catalogue, FieldTerm
from genai_session_analyzer.copilot.catalogue.terms import FINER
from genai_session_analyzer.copilot.plan import Having, PlanFilter, QueryPlan, Value
from genai_session_analyzer.copilot.wording.names import field_words, joined

_COMPARED = {
    "at_least": "at least",
    "above": "above",
    "at_most": "at most",
    "below": "below",
    "contains": "containing",
}
_MOST_SHOWN = 5


def filter_words(plan: QueryPlan, each: PlanFilter, catalogue: Catalogue) -> str:
    """Return a filter as words: `device type mobile`, `latency in ms above 3000`."""
    field = catalogue.field(plan.entity, each.field)
    words = _condition(field, each)
    if field.entity not in FINER[plan.entity]:
        return words
    one = catalogue.entity(field.entity).row_word[0]
    return f"{'without any' if each.negated else 'with a'} {one} of {words}"


def having_words(each: Having, measure: str, unit: str) -> str:
    """Return a condition on groups as words: `number of generations above 50`."""
    shown = f"{each.value * 100:g} %" if unit == "rate" else f"{each.value:g}"
    signs = {"in": "exactly", "not_in": "other than"}
    return f"{measure} {_COMPARED.get(each.operator) or signs[each.operator]} {shown}"


def _condition(field: FieldTerm, each: PlanFilter) -> str:
    name = field_words(field)
    if each.operator in ("is_known", "is_unknown"):
        return f"{name} {each.operator.removeprefix('is_')}"
    if each.operator in _COMPARED:
        return f"{name} {_COMPARED[each.operator]} {_value(each.values[0])}"
    if field.kind == "flag" and len(each.values) == 1:
        accepts = (each.values[0] is True) == (each.operator == "in")
        return name if accepts else f"not {name}"
    if each.operator == "in":
        return f"{name} {_values(each.values, 'or')}"
    return f"{name} other than {_values(each.values, 'and')}"


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
