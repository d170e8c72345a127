"""An action of a person, and the filters it happens under, drawn from a seed."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bench_dashboard_browser import Call, Person
from genai_session_analyzer.schema.values import (
    ART_STYLES,
    DEVICE_TYPES,
    DOMAINS,
    MOODS,
    REGIONS,
    STATUSES,
    USER_TIERS,
)

VALUES: dict[str, tuple[str, ...]] = {
    "user_tier": USER_TIERS,
    "region": REGIONS,
    "device_type": DEVICE_TYPES,
    "status": STATUSES,
    "domain": DOMAINS,
    "art_style": ART_STYLES,
    "mood": MOODS,
}
KEYS = {"user_tier": "tier", "device_type": "device", "art_style": "style"}
FIRST_DAY = date(2024, 1, 8)


def _nothing(person: Person) -> None:
    """Needs no preparation."""
    del person


@dataclass(frozen=True)
class Action:
    """Something a person does; what comes before it is not measured."""

    page: str
    kind: str
    do: Callable[[Person], list[Call]]
    before: Callable[[Person], object] = _nothing


def drawn_query(dice: random.Random) -> str:
    """A first day and one value of two dimensions: some 30,000 different ones."""
    pairs = [("from", (FIRST_DAY + timedelta(days=dice.randrange(20))).isoformat())]
    pairs += [(KEYS.get(name, name), dice.choice(VALUES[name]).replace(" ", "+"))
              for name in dice.sample(sorted(VALUES), 2)]  # fmt: skip
    return "?" + "&".join(f"{key}={value}" for key, value in pairs)
