"""What the rules have found in a question so far, before it is bound to an entity's columns."""

from dataclasses import dataclass, field, replace
from typing import Literal

from genai_session_analyzer.copilot.plan import (
    Operator,
    Reduction,
    TimeRange,
    TimeUnit,
    Transform,
    Value,
)
from genai_session_analyzer.copilot.planning.words.pieces import Sentence
from genai_session_analyzer.copilot.planning.words.tagging import Tagged

NO_PLACE = 1000
"""Behind every piece of a question."""

IdeaKind = Literal["quantity", "event", "rate", "count", "distinct"]


@dataclass(frozen=True, kw_only=True)
class Idea:
    """A number that is asked for.

    Attributes:
        kind: An amount, how often an event occurred, its rate, how many of an entity, or how many
            different values of a field.
        key: Quantity, event, entity or field.
        how: mean, median, p95 and so on, where it was said.
        per: The entity or "grain" it is averaged over: "cost per user".
    """

    kind: IdeaKind
    key: str
    how: str | None = None
    per: str | None = None


@dataclass(frozen=True, kw_only=True)
class Condition:
    """A bound on a number: of a row, or of a group where `of_group`.

    With `other` the bound is another number of the same row, with `than_mean` the number's mean;
    `of_rows` where it says which rows another bound counts.
    """

    idea: Idea
    operator: Operator
    number: float
    of_group: bool = False
    position: int = NO_PLACE - 1
    other: Idea | None = None
    than_mean: bool = False
    of_rows: bool = False


@dataclass(frozen=True, kw_only=True)
class Keep:
    """Rows to keep: by values of a field, or by an event; `is_listed`: "free and pro"."""

    field: str = ""
    event: str = ""
    values: tuple[Value, ...] = ()
    operator: Operator = "in"
    position: int = 0
    is_part: bool = False
    is_negated: bool = False
    is_listed: bool = False


@dataclass(frozen=True, kw_only=True)
class Rank:
    """What comes first, and how many of it; `idea` None: the first measure."""

    idea: Idea | None
    descending: bool
    limit: int | None
    by_time: bool = False


@dataclass
class Draft:
    """A question as it is being read; rules add to it and take pieces off the sentence."""

    tagged: Tagged
    is_follow_up: bool = False
    ideas: list[Idea] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    keeps: list[Keep] = field(default_factory=list)
    each_of: list[Keep] = field(default_factory=list)
    sides: tuple[Keep, ...] = ()
    rank: Rank | None = None
    ranked_group: str | None = None
    transform: Transform = "value"
    has_share: bool = False
    share_within: str | None = None
    is_of_each: bool = False
    ranks_share: bool = False
    is_of_top: bool = False
    over: Reduction | None = None
    rows_of: str | None = None
    counted: str | None = None
    subject: str | None = None
    signup: TimeRange | None = None
    time_part: TimeRange | None = None
    per: str | None = None
    group_at: int = NO_PLACE
    among_at: int = NO_PLACE
    share_at: int = NO_PLACE
    is_signup: bool = False
    is_active: bool = False
    orders_ascending: bool | None = None
    orders_best: bool | None = None
    sorts_by: str | None = None
    sorts_descending: bool = False
    unit: TimeUnit | None = None
    skip: int = 0
    divided_by: Idea | None = None
    per_many: int = 1
    ratio_of: tuple[Keep, ...] = ()
    columns: list[str] = field(default_factory=list)
    of_entity: str | None = None
    notes: list[str] = field(default_factory=list)
    trouble: str | None = None
    confidence: float = 1.0

    def ask(self, idea: Idea, place: int) -> None:
        """Add a number that is asked for, named at that place; ignored where it is there."""
        if idea not in self.ideas:
            self.ideas.append(idea)
            self.places.append(place)

    def forget_range(self) -> None:
        """Take the range of time off: it has been read as something else."""
        self.tagged = replace(self.tagged, times=replace(self.tagged.times, range=None))

    def span_whole_range(self) -> None:
        """Of "from January to March" take all days: it is values that are compared, not times."""
        times = self.tagged.times
        if times.whole:
            times = replace(times, range=times.whole, comparison=None, whole=None)
            self.tagged = replace(self.tagged, times=times)

    @property
    def is_signup_part(self) -> bool:
        """Whether a share is that of the users who signed up then: "what part joined in May"."""
        signup = self.tagged.signup
        return self.has_share and signup.range is not None and not signup.is_clause

    @property
    def sentence(self) -> Sentence:
        """The question's pieces."""
        return self.tagged.sentence
