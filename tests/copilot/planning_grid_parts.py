"""The parts that questions of the grid are put together from: a measure, conditions, a time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import yaml

from genai_session_analyzer.copilot.plan import MeasureUse, PlanFilter, QueryPlan, TimeRange

WORDS: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("planning_grid.yml").read_text(encoding="utf-8")
)
NUMBERS = {2: "two", 3: "three", 5: "five"}


class NothingToGroupByError(LookupError):
    """The conditions leave no field that the measure could be grouped by."""


@dataclass(frozen=True)
class Parts:
    """One draw: a measure with a noun, conditions, perhaps a time; and the dice for the rest."""

    dice: Random
    measure: dict[str, Any]
    filters: tuple[PlanFilter, ...] = ()
    named: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    count_tails: tuple[str, ...] = ()
    time: TimeRange | None = None
    when: str = ""
    used: frozenset[str] = field(default_factory=frozenset)

    @property
    def noun(self) -> str:
        return self.dice.choice(self.measure["noun"])

    @property
    def is_count(self) -> bool:
        return self.measure["name"] in ("generation_count", "session_count", "prompt_count")

    @property
    def where(self) -> str:
        """The conditions and the time, with the blank before them."""
        tails = self.count_tails if self.is_count else self.tails
        return "".join(f" {each}" for each in (*tails, self.when) if each)

    @property
    def many_where(self) -> str:
        return "".join(f" {each}" for each in (*self.count_tails, self.when) if each)

    def plan(self, **changes: Any) -> QueryPlan:
        use = MeasureUse(name=self.measure["name"])
        base: dict[str, Any] = {
            "entity": self.measure["of"],
            "measures": (use,),
            "filters": self.filters,
            "time": self.time,
        }
        return QueryPlan(**(base | changes))

    def group(self, *others: str, ranked: bool = False) -> tuple[str, str, str]:
        """A field the measure can be grouped by, its word for one and for several."""
        able = [
            name
            for name, each in WORDS["groups"].items()
            if self.measure["of"] in each["of"]
            and name not in self.used
            and name not in others
            and not (name == "user_id" and (self.measure["kind"] == "distinct" or not ranked))
        ]
        if not able:
            raise NothingToGroupByError
        name = self.dice.choice(able)
        one, several = self.dice.choice(WORDS["groups"][name]["words"])
        return name, one, several


Built = tuple[str, tuple[QueryPlan, ...], str]
"""A question, the plans that are right for it, and its frame."""

Structure = Callable[[Parts], Iterator[Built]]


def moment(day: date | None) -> datetime | None:
    return None if day is None else datetime(day.year, day.month, day.day)
