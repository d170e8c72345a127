"""Conditions of a draft as filters of a plan."""

from collections.abc import Iterator

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.catalogue.terms import FINER
from genai_session_analyzer.copilot.plan import Operator, PlanFilter, Value
from genai_session_analyzer.copilot.planning.drafts import Condition, Draft, Keep
from genai_session_analyzer.copilot.planning.lexicon import entries
from genai_session_analyzer.copilot.planning.naming import column_name, field_name, is_missing
from genai_session_analyzer.errors import AnalyzerError

_OPPOSITE: dict[Operator, Operator] = {
    "in": "not_in", "is_known": "is_unknown", "above": "at_most", "not_in": "in",
}  # fmt: skip


class BindError(AnalyzerError):
    """The data does not have what a question speaks of, or it was not said; one clause."""


def keep_filter(keep: Keep, entity: str, catalogue: Catalogue) -> PlanFilter:
    """Return the filter that keeps rows by values, or by what happened.

    Raises:
        BindError: The entity has no such field, or the build no data for it.
    """
    if keep.field:
        field = _field(keep.field, entity, catalogue)
        return PlanFilter(field=field, operator=keep.operator, values=keep.values)
    specs = entries("lexicon")["events"][keep.event]["filter"]
    owner = entity if entity in specs else next(iter(specs), None)
    if owner is None:
        raise BindError(f"rows cannot be kept by {keep.event.replace('_', ' ')}")
    spec = specs[owner]
    field = _field(spec["field"], entity, catalogue, owner)
    operator: Operator = spec.get("operator", "in")
    values = tuple(_value(text) for text in spec.get("values", ()))
    is_finer = owner != entity and owner in FINER[catalogue.entity(entity).name]
    if keep.is_negated and is_finer:
        return PlanFilter(field=field, operator=operator, values=values, negated=True)
    if keep.is_negated:
        operator = _OPPOSITE[operator]
    return PlanFilter(field=field, operator=operator, values=values)


def _field(name: str, entity: str, catalogue: Catalogue, owner: str | None = None) -> str:
    if owner and owner != entity:
        found = field_name(name, entity, catalogue)
        if name in catalogue.entity(owner).fields and found:
            return f"{owner}.{name}"
    found = field_name(name, entity, catalogue)
    if found is None:
        missing = is_missing(name, catalogue)
        raise BindError(missing or f"{entity} have no {name.replace('_', ' ')}")
    return found


def _value(text: str) -> Value:
    if text in ("true", "false"):
        return text == "true"
    return int(text) if text.isdigit() else text


def condition_filter(condition: Condition, entity: str, catalogue: Catalogue) -> PlanFilter | None:
    """Return the filter of a bound on a number that each row has; None where a row has none."""
    column = column_name(condition.idea, entity)
    if column is None or column not in catalogue.entity(entity).fields:
        return _of_generations(condition, entity)
    return PlanFilter(
        field=column, operator=condition.operator, values=(_number(condition.number),)
    )


def _of_generations(condition: Condition, entity: str) -> PlanFilter | None:
    """A bound on a number that only the generations of a row have."""
    column = column_name(condition.idea, "generations")
    if entity == "generations" or condition.idea.how or column is None:
        return None
    if condition.idea.kind != "quantity" or entity == "users":
        return None
    name = f"generations.{column}"
    return PlanFilter(field=name, operator=condition.operator, values=(_number(condition.number),))


def _number(number: float) -> Value:
    return int(number) if float(number).is_integer() else number


DAYS = {"generations": "requested_date", "sessions": "session_date"}


def weekday_filters(draft: Draft, entity: str) -> Iterator[PlanFilter]:
    """Yield the days that are the weekdays asked for, of those the data covers.

    Raises:
        BindError: The entity has no day.
    """
    wanted = draft.tagged.times.weekdays
    if not wanted:
        return
    if entity not in DAYS:
        raise BindError(f"{entity} have no day of the week")
    days = tuple(day for day in draft.tagged.days if day.weekday() in wanted)
    yield PlanFilter(field=DAYS[entity], values=days)


def signup_filters(draft: Draft, entity: str) -> Iterator[PlanFilter]:
    """Yield the bounds on the day users signed up, for plans of anything but users."""
    if draft.signup is None or entity == "users":
        return
    if draft.signup.start:
        yield PlanFilter(field="users.signup_date", operator="at_least",
                         values=(draft.signup.start.date(),))  # fmt: skip
    if draft.signup.end:
        yield PlanFilter(field="users.signup_date", operator="below",
                         values=(draft.signup.end.date(),))  # fmt: skip
