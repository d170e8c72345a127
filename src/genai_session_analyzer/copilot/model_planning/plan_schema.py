"""What is on offer as a JSON Schema: nothing else can come out of a model that is held to it."""

from typing import Any

from genai_session_analyzer.copilot.catalogue.terms import FINER
from genai_session_analyzer.copilot.model_planning.cues import Cue
from genai_session_analyzer.copilot.model_planning.offer import EntityOffer, FilterOffer, Offer
from genai_session_analyzer.copilot.plan import Transform

_TRANSFORMS: tuple[tuple[Cue, tuple[Transform, ...]], ...] = (
    ("share", ("share_of_total", "share_where")),
    ("running", ("running_total",)),
    ("moving", ("moving_average_7",)),
    ("change", ("change", "relative_change")),
)
_COMPARISONS = ("above", "at_least", "below", "at_most")
_MOST_CHARACTERS = 60
Schema = dict[str, Any]


def plan_schema(offer: Offer, has_grain: bool) -> Schema:
    """Return the schema of the plans that the offer allows.

    Args:
        offer: The words for this question.
        has_grain: The period is known from the question's words already, so it is not asked for.
    """
    answers = [_entity_schema(each, offer, has_grain) for each in offer.entities]
    text: Schema = {"type": "string", "maxLength": _MOST_CHARACTERS}
    no = _object({"answerable": {"const": False}, "missing": text})
    return {"anyOf": [*answers, no]}


def transforms_for(offer: Offer) -> tuple[Transform, ...]:
    """Return what may be done with measures, by the question's words."""
    return tuple(name for cue, names in _TRANSFORMS if cue in offer.cues for name in names)


def _entity_schema(entity: EntityOffer, offer: Offer, has_grain: bool) -> Schema:
    keys: Schema = {"answerable": {"const": True}, "about": {"const": entity.entity}}
    fields = [name for name, _ in entity.fields] if "group" in offer.cues else []
    if fields:
        keys["by"] = _some(fields, 2)
    most = 3 if "several" in offer.cues else 1
    keys["show"] = _some([each.name for each in entity.measures], most, 1)
    transforms = transforms_for(offer)
    if transforms:
        keys["transform"] = {"enum": ["value", *transforms]}
    filters = _filters(entity, offer)
    if filters:
        keys["where"] = {"type": "array", "maxItems": 3, "items": {"anyOf": filters}}
        if "share_where" in transforms:
            keys["part"] = {"type": "array", "maxItems": 2, "items": {"anyOf": filters}}
    keys |= _ending(entity, offer, fields, has_grain)
    return _object(keys)


def _ending(entity: EntityOffer, offer: Offer, fields: list[str], has_grain: bool) -> Schema:
    keys: Schema = {}
    if "threshold" in offer.cues and offer.numbers:
        limit = {
            "measure": {"enum": [each.name for each in entity.measures]},
            "op": {"enum": list(_COMPARISONS)},
            "value": {"enum": list(offer.numbers)},
        }
        keys["groups"] = {"type": "array", "maxItems": 1, "items": _object(limit)}
    if "reduce" in offer.cues and ("groups" in keys or has_grain):
        keys["over_groups"] = {"enum": [None, "count", "mean", "median"]}
    if "rank" in offer.cues:
        keys["rank"] = {"enum": [None, "highest", "lowest"]}
        whole = [int(each) for each in offer.numbers if each.is_integer() and 1 <= each <= 1000]
        keys["top"] = {"enum": [None, *dict.fromkeys((1, *whole, 10))]}
        if "within" in offer.cues and len(fields) > 1:
            keys["within"] = {"enum": [None, *fields]}
    return keys


def _filters(entity: EntityOffer, offer: Offer) -> list[Schema]:
    finer = FINER[entity.entity] if "negation" in offer.cues else ()
    found = [_filter(each, offer, each.field.entity in finer) for each in entity.filters]
    known = [each.name for each in entity.filters if each.field.is_nullable]
    if "unknown" in offer.cues and known:
        one = {"field": {"enum": known}, "op": {"enum": ["is_known", "is_unknown"]}}
        found.append(_object(one))
    return [each for each in found if each]


def _filter(filtered: FilterOffer, offer: Offer, can_be_absent: bool) -> Schema:
    one: Schema = {"field": {"const": filtered.name}}
    if can_be_absent:
        one["negated"] = {"enum": [False, True]}
    if filtered.field.kind == "flag":
        return _object(one | {"op": {"const": "in"}, "values": _some([True, False], 1, 1)})
    if filtered.field.kind == "number":
        numbers = list(offer.numbers)
        if not numbers:
            return {}
        operators = ["in", *_COMPARISONS] if "threshold" in offer.cues else ["in"]
        return _object(one | {"op": {"enum": operators}, "values": _some(numbers, 1, 1)})
    operators = ["in", "not_in"] if "negation" in offer.cues else ["in"]
    return _object(one | {"op": {"enum": operators}, "values": _some(filtered.values, 4, 1)})


def _some(options: Any, most: int, least: int = 0) -> Schema:
    values = list(options)
    return {"type": "array", "minItems": least, "maxItems": most, "items": {"enum": values}}


def _object(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
