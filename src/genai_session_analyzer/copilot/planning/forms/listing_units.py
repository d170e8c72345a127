"""Listed amounts of time in the unit asked for: "id and duration in minutes of all sessions"."""

import re

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import MeasureUse, Order, QueryPlan, TimeUnit

_IN = re.compile(r" (?:measured |given |expressed )?in (?P<unit>[a-z]+)$")
_UNITS: dict[str, TimeUnit] = {
    "ms": "ms", "milliseconds": "ms", "msec": "ms", "s": "s", "sec": "s", "secs": "s",
    "seconds": "s", "min": "min", "mins": "min", "minutes": "min", "h": "h", "hours": "h",
    "hrs": "h",
}  # fmt: skip
_STORED = ("credits", "tokens", "characters", "pixels")


def parted_unit(words: str) -> tuple[str, TimeUnit | None]:
    """Return the words for a column without "in minutes", and the unit of time."""
    match = _IN.search(words)
    if match and match["unit"] in _STORED:
        return words[: match.start()], None
    if match is None or match["unit"] not in _UNITS:
        return words, None
    return words[: match.start()], _UNITS[match["unit"]]


def in_units(plan: QueryPlan, units: dict[str, TimeUnit], catalogue: Catalogue) -> QueryPlan | None:
    """Return the list with columns in the units asked for: one group for each row.

    Args:
        plan: A list of rows.
        units: Of each column that was named with one.
        catalogue: Has the units of the data.
    """
    terms = catalogue.entity(plan.entity)
    shown = {name: unit for name, unit in units.items()
             if name not in terms.fields or terms.fields[name].unit != unit}  # fmt: skip
    if not shown:
        return plan
    names = {name: f"max_{name}" for name in shown}
    dimensions = tuple(name for name in plan.columns if name not in shown)
    if terms.key not in dimensions or any(name not in terms.measures for name in names.values()):
        return None
    uses = tuple(MeasureUse(name=names[name], unit=unit) for name, unit in shown.items())
    order = tuple(Order(by=names.get(each.by, each.by), descending=each.descending)
                  for each in plan.order)  # fmt: skip
    if any(each.by not in (*dimensions, *names.values()) for each in order):
        return None
    changed = {"columns": (), "dimensions": dimensions, "measures": uses, "order": order}
    return plan.model_copy(update=changed)
