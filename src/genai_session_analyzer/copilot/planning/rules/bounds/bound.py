"""The parts of a bound on a number, by the names they have in the patterns of bounds."""

import re
from dataclasses import dataclass

from genai_session_analyzer.copilot.plan import Operator
from genai_session_analyzer.copilot.planning.drafts import Draft, Idea
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import idea_of

FACTORS = {"s": 1000.0, "ms": 1.0, "min": 60_000.0, "h": 3_600_000.0}
OPERATORS: dict[str, Operator] = {
    "above": "above", "at_least": "at_least", "below": "below", "at_most": "at_most", "in": "in",
}  # fmt: skip


@dataclass(frozen=True)
class Bound:
    """The parts of a bound, by their names in the patterns."""

    draft: Draft
    match: re.Match[str]

    def key(self, part: str) -> str | None:
        """The key of the piece a part matched; None where it matched nothing."""
        if not self.match.groupdict().get(part):
            return None
        return self.draft.sentence.pieces[self.match.start(part)].key

    @property
    def at(self) -> int:
        """Its place in the question."""
        return self.match.start()

    def number(self, part: str) -> float:
        """The number a part matched."""
        return self.draft.sentence.pieces[self.match.start(part)].number

    @property
    def idea(self) -> Idea | None:
        """The number that is bounded, from its name or from the unit of the bound."""
        unit = self.key("unit")
        if not self.match["thing"]:
            return of_unit(self.draft, unit)
        piece = self.draft.sentence.pieces[self.match.start("thing")]
        if piece.kind == "E" and unit not in (None, "times"):
            return of_unit(self.draft, unit)
        if piece.kind in "vV" and unit == "percent":
            return Idea(kind="rate", key=piece.key)
        if piece.kind in "vV" and piece.key == "retried":
            return Idea(kind="quantity", key="retries")
        return idea_of(piece, self.key("how"))

    def take(self) -> None:
        """Mark its pieces as read, with words before it that add nothing."""
        sentence = self.draft.sentence
        sentence.take_span(*self.match.span())
        before = self.match.start() - 1
        if before >= 0 and sentence.shape[before] == "B":
            sentence.take(before)  # "used by at least 3 users"
        count = re.search("Ho?$", sentence.shape[: self.match.start()])
        if count and self.match["thing"] and sentence.shape[: count.start()].strip("Zop_"):
            sentence.take_span(*count.span())  # "regions with a number of retries below 50"
        share = re.search("Ro?$", sentence.shape[: self.match.start()])
        if share and self.key("unit") == "percent":
            sentence.take_span(*share.span())  # "a share of failed requests above 5 %"


def in_data_unit(number: float, unit: str | None, idea: Idea) -> float:
    """Return a number in the unit of the data: milliseconds, but seconds of sessions; rates 0-1."""
    if unit in FACTORS:
        return number * FACTORS[unit] / (1000 if idea.key == "duration" else 1)
    is_rate = idea.key.endswith(("_rate", "_share"))
    return number / 100 if unit == "percent" or (is_rate and number > 1) else number


def of_unit(draft: Draft, unit: str | None) -> Idea | None:
    """Return the number that a unit is of: seconds of latency, credits of cost."""
    if unit in FACTORS:
        of_sessions = draft.sentence.has("E", "sessions") and unit in ("min", "h")
        return Idea(kind="quantity", key="duration" if of_sessions else "latency")
    names = {"credits": "cost", "times": "uses", "points": "friction"}
    return Idea(kind="quantity", key=names[unit]) if unit in names else None
