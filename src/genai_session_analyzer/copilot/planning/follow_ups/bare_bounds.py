"""Follow-ups that name a bound alone: "and more than 50?", "over two hours"."""

import re

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import COMPARING, QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.follow_ups.doubtful import DoubtfulError
from genai_session_analyzer.copilot.planning.rules.bounds.bound import FACTORS
from genai_session_analyzer.copilot.planning.words.tagging import Tagged

_BOUND = re.compile("[DopOqW]*([Ch])(n)(U?)[Diopq]*")
_NAMED = "[QEVv]"
_LATER = ("duration above", "duration below")
_IN_MS = {"ms": 1.0, "s": 1000.0, "min": 60000.0, "h": 3600000.0}


def names_bound(tagged: Tagged) -> bool:
    """Return whether a follow-up names a bound, and not of what."""
    found = _BOUND.fullmatch(tagged.sentence.shape)
    if found is None or tagged.times.range or tagged.times.grain:
        return False
    return found[1] == "C" or tagged.sentence.pieces[found.start(1)].key in _LATER


def rebound(tagged: Tagged, plan: QueryPlan, catalogue: Catalogue) -> QueryPlan:
    """Return the plan with its one bound as the follow-up has it, in the unit of the data.

    Raises:
        BindError: The plan has no bound, more than one, or one of another unit.
    """
    found = _BOUND.fullmatch(tagged.sentence.shape)
    if found is None:
        raise BindError("no bound")
    pieces = tagged.sentence.pieces
    operator = pieces[found.start(1)].key.rpartition(" ")[2]
    bounds = [each for each in plan.filters if _is_number(each.values)]
    if len(bounds) + len(plan.having) != 1 or operator not in COMPARING:
        raise BindError("a bound on what was not said")
    said = pieces[found.start(3)].key if found[3] else None
    number = pieces[found.start(2)].number
    if plan.having:
        name = plan.having[0].measure.name
        if name.endswith(("_rate", "_share")):
            raise BindError("a bound on a rate: name it")
        unit = catalogue.measure(plan.entity, name).unit
        update = {"operator": operator, "value": _in_data_unit(number, said, unit)}
        return plan.model_copy(update={"having": (plan.having[0].model_copy(update=update),)})
    unit = catalogue.field(plan.entity, bounds[0].field).unit
    number = _in_data_unit(number, said, unit)
    value = int(number) if number == int(number) else number
    changed = bounds[0].model_copy(update={"operator": operator, "values": (value,)})
    filters = tuple(changed if each is bounds[0] else each for each in plan.filters)
    return QueryPlan.model_validate(plan.model_dump() | {"filters": filters})


def refuse_unnamed(draft: Draft) -> None:
    """Refuse a bound in a unit of time where nothing says which time: "under 10 minutes, by tier".

    Raises:
        DoubtfulError: There is one.
    """
    pieces = draft.sentence.pieces
    has_time = any(piece.kind == "U" and piece.key in FACTORS for piece in pieces)
    is_named = any(re.match(_NAMED, piece.kind) for piece in pieces)
    if draft.conditions and has_time and not is_named:
        raise DoubtfulError("a bound on what was not said")


def _in_data_unit(number: float, said: str | None, unit: str | None) -> float:
    is_time = unit in _IN_MS
    if (said in FACTORS) != is_time or (said and not is_time and said != unit):
        raise BindError("a bound in another unit than the one before")
    return number * FACTORS[str(said)] / _IN_MS[str(unit)] if is_time else number


def _is_number(values: tuple[object, ...]) -> bool:
    value = values[0] if len(values) == 1 else None
    return isinstance(value, int | float) and not isinstance(value, bool)
