"""Conditions of a draft as filters of a plan."""

from collections.abc import Iterator

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.catalogue.parts import WEEKDAYS
from genai_session_analyzer.copilot.catalogue.terms import FINER
from genai_session_analyzer.copilot.plan import Operator, PlanFilter, TimeRange, Value
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.naming import (
    column_name,
    field_name,
    is_missing,
)
from genai_session_analyzer.copilot.planning.drafts import Condition, Draft, Keep
from genai_session_analyzer.copilot.planning.words.lexicon import entries

_OPPOSITE: dict[Operator, Operator] = {
    "in": "not_in", "is_known": "is_unknown", "above": "at_most", "not_in": "in",
}  # fmt: skip


def keep_filter(keep: Keep, entity: str, catalogue: Catalogue) -> PlanFilter:
    """Return the filter that keeps rows by values, or by what happened.

    Raises:
        BindError: The entity has no such field, or the build no data for it.
    """
    if keep.field:
        field = _field(keep.field, entity, catalogue)
        return PlanFilter(field=field, operator=keep.operator, values=keep.values,
                          negated=keep.is_negated)  # fmt: skip
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
    if condition.other or condition.than_mean:
        return _relative(condition, entity, catalogue)
    column = column_name(condition.idea, entity)
    if column is None or column not in catalogue.entity(entity).fields:
        return _of_generations(condition, entity)
    return PlanFilter(
        field=column, operator=condition.operator, values=(plain_number(condition.number),)
    )


def _relative(condition: Condition, entity: str, catalogue: Catalogue) -> PlanFilter:
    """A bound that is another number of the row, or the number's mean over all rows."""
    fields = catalogue.entity(entity).fields
    column = column_name(condition.idea, entity)
    other = column_name(condition.other, entity) if condition.other else None
    if column is None or column not in fields or (condition.other and other not in fields):
        raise BindError(f"one of the {entity} has no such {condition.idea.key.replace('_', ' ')}")
    return PlanFilter(field=column, operator=condition.operator, other_field=other,
                      than_mean=condition.than_mean)  # fmt: skip


def _of_generations(condition: Condition, entity: str) -> PlanFilter | None:
    """A bound on a number that only the generations of a row have."""
    column = column_name(condition.idea, "generations")
    if entity == "generations" or condition.idea.how or column is None:
        return None
    if condition.idea.kind != "quantity" or entity == "users":
        return None
    name = f"generations.{column}"
    return PlanFilter(
        field=name, operator=condition.operator, values=(plain_number(condition.number),)
    )


def plain_number(number: float) -> Value:
    """Return a number without a fraction as an int."""
    return int(number) if float(number).is_integer() else number


def clock_filters(draft: Draft, entity: str) -> Iterator[PlanFilter]:
    """Yield the weekdays and the hours of the day asked for.

    Raises:
        BindError: The entity has no time of day.
    """
    times = draft.tagged.times
    if not (times.weekdays or times.hours):
        return
    if entity not in ("generations", "sessions"):
        raise BindError(f"{entity} have no day of the week and no hour of the day")
    if times.weekdays:
        names = tuple(WEEKDAYS[at] for at in times.weekdays)
        yield PlanFilter(field="weekday", values=names)
    if times.hours:
        yield PlanFilter(field="hour_of_day", values=times.hours)


def signup_filters(draft: Draft, entity: str) -> Iterator[PlanFilter]:
    """Yield the bounds on the day users signed up, for plans of anything but users."""
    if draft.signup is None or (entity == "users" and not draft.is_signup_part):
        return
    field = "signup_date" if entity == "users" else "users.signup_date"
    if draft.signup.start:
        yield PlanFilter(field=field, operator="at_least",
                         values=(draft.signup.start.date(),))  # fmt: skip
    if draft.signup.end:
        yield PlanFilter(field=field, operator="below",
                         values=(draft.signup.end.date(),))  # fmt: skip


def time_filter(field: str, time: TimeRange | None) -> PlanFilter | None:
    """Return the filter of a moment within a range of time; None where the range is open."""
    if time is None or time.start is None or time.end is None:
        return None
    return PlanFilter(field=field, operator="within", values=(time.start, time.end))
