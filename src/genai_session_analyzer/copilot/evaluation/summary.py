"""Verdicts counted per class of question, with intervals."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import quantiles
from typing import Any

from genai_session_analyzer.copilot.evaluation.scoring import Scored

Z_95 = 1.959964
"""Of a two-sided 95 % interval. Source: the normal distribution's quantile at 0.975."""
ANSWERABLE = "can be answered"
MUST_DECLINE = "must be declined"
ALL = "all"


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """Return the 95 % interval of a share, 0-1; 0 to 1 where nothing was tried.

    *Source*: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference,
    JASA 22 (1927), equation of the score interval without continuity correction.
    """
    if not trials:
        return 0.0, 1.0
    share, squared = successes / trials, Z_95 * Z_95
    centre = (share + squared / (2 * trials)) / (1 + squared / trials)
    spread = math.sqrt(share * (1 - share) / trials + squared / (4 * trials * trials))
    reach = Z_95 / (1 + squared / trials) * spread
    return max(0.0, centre - reach), min(1.0, centre + reach)


@dataclass(frozen=True, kw_only=True)
class Group:
    """The verdicts on some questions.

    Attributes:
        name: Class of the questions.
        right: Answered or declined as they should be.
        wrong: Answered wrongly, or answered where they had to be declined.
        abstained: Declined or asked back although they can be answered.
        seconds_p50: Median seconds from question to SQL.
        seconds_p95: 95th percentile of them.
    """

    name: str
    right: int
    wrong: int
    abstained: int
    seconds_p50: float
    seconds_p95: float

    @property
    def count(self) -> int:
        """Number of questions."""
        return self.right + self.wrong + self.abstained

    def share(self, what: int) -> float:
        """Return the share of the questions, 0-1; 0 without questions."""
        return what / self.count if self.count else 0.0

    def as_json(self) -> dict[str, Any]:
        """Return the counts, and the shares of right and wrong with their intervals."""
        return asdict(self) | {
            "count": self.count,
            "right_share": self.share(self.right),
            "right_interval": wilson(self.right, self.count),
            "wrong_share": self.share(self.wrong),
            "wrong_interval": wilson(self.wrong, self.count),
        }


@dataclass(frozen=True, kw_only=True)
class Summary:
    """An evaluation in numbers.

    Attributes:
        classes: By class, in the order they first occur.
        answerable: Over the questions with gold SQL.
        declines: Over those that must be declined.
        total: Over all.
        unscored: Questions whose own SQL does not run; they count nowhere.
    """

    classes: tuple[Group, ...]
    answerable: Group
    declines: Group
    total: Group
    unscored: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the groups by name."""
        groups = (self.answerable, self.declines, self.total)
        return {
            "classes": {group.name: group.as_json() for group in self.classes},
            "totals": {group.name: group.as_json() for group in groups},
            "unscored": self.unscored,
        }


def summarise(scored: Sequence[Scored]) -> Summary:
    """Return the counts per class and over all."""
    unscored = sum(each.verdict == "unscored" for each in scored)
    scored = [each for each in scored if each.verdict != "unscored"]
    names = dict.fromkeys(each.question.category for each in scored)
    return Summary(
        classes=tuple(
            _group(name, (each for each in scored if each.question.category == name))
            for name in names
        ),
        answerable=_group(ANSWERABLE, (each for each in scored if each.question.gold_sql)),
        declines=_group(MUST_DECLINE, (each for each in scored if not each.question.gold_sql)),
        total=_group(ALL, scored),
        unscored=unscored,
    )


def _group(name: str, scored: Iterable[Scored]) -> Group:
    found = tuple(scored)
    seconds = [each.predicted.seconds for each in found]
    return Group(
        name=name,
        right=sum(each.is_right for each in found),
        wrong=sum(each.is_wrong for each in found),
        abstained=sum(each.verdict == "abstained" for each in found),
        seconds_p50=_percentile(seconds, 50),
        seconds_p95=_percentile(seconds, 95),
    )


def _percentile(values: Sequence[float], percent: int) -> float:
    """Between the two nearest values; the value itself of one, 0 of none."""
    if len(values) < 2:
        return values[0] if values else 0.0
    return quantiles(values, n=100, method="inclusive")[percent - 1]
