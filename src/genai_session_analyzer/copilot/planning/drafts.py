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

ENTITIES = ("generations", "sessions", "users", "prompts")
"""What a plan's rows can be."""

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
    """A question as it is being read; rules add to it and take pieces off the sentence.

    Places are positions in the sentence, `NO_PLACE` where there is none.

    Attributes:
        tagged: The question cut into pieces, with its times and its corrections.
        is_follow_up: Whether it changes the plan of a question before.
        trouble: What was not understood; the question is then declined.
        confidence: From 0 to 1, lower where words had to be corrected.

        ideas: The numbers asked for.
        places: Where each of `ideas` is named.
        transform: What is shown of the numbers: as they are, a change, a moving average.
        over: How the numbers of groups or periods are put together into one.
        per: What the numbers are averaged over: "cost per user".
        unit: The unit of time to show them in.
        divided_by: What they are divided by, and `per_many`: "errors per 100 requests".
        ratio_of: Two kinds of rows, of which the number of one is divided by that of the other.
        sides: Two kinds of rows, of which the numbers stand side by side.

        groups: The fields grouped by.
        group_at: Where the first group is named.
        subject: The entity that "which users" asks for.
        counted: The entity that is counted.
        of_entity: The entity the plan is to be of, where a rule could tell.

        keeps: Rows to keep, by values and events.
        conditions: Bounds on numbers.
        each_of: What users each did, or never did.
        signup: When users signed up; `is_signup` whether signing up is spoken of.
        is_active: Whether users are spoken of by their activity.

        has_share: Whether a share is asked for.
        share_at: Where the share is named, `among_at` where its whole is.
        share_within: The field of which each value makes a whole.
        time_part: The range of time that is the part.
        is_of_each: Whether it is each group's part of what is named.
        is_of_top: Whether it is the part of the first few groups together.
        ranks_share: Whether groups are ranked by it.

        rank: What comes first; `ranked_group` the field it is of, `skip` how many come before.
        orders_ascending: How all rows are sorted by their number, None where they are not;
            `orders_best` where that was said as "best first" (True) or "worst first" (False).
        sorts_by: The field all rows are sorted by, "by_name" or "by_time", `sorts_descending`.

        rows_of: The entity whose rows are listed, with `columns`, none for the usual ones.
    """

    tagged: Tagged
    is_follow_up: bool = False
    trouble: str | None = None
    confidence: float = 1.0

    ideas: list[Idea] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    transform: Transform = "value"
    over: Reduction | None = None
    per: str | None = None
    unit: TimeUnit | None = None
    divided_by: Idea | None = None
    per_many: int = 1
    ratio_of: tuple[Keep, ...] = ()
    sides: tuple[Keep, ...] = ()

    groups: list[str] = field(default_factory=list)
    group_at: int = NO_PLACE
    subject: str | None = None
    counted: str | None = None
    of_entity: str | None = None

    keeps: list[Keep] = field(default_factory=list)
    conditions: list[Condition] = field(default_factory=list)
    each_of: list[Keep] = field(default_factory=list)
    signup: TimeRange | None = None
    is_signup: bool = False
    is_active: bool = False

    has_share: bool = False
    share_at: int = NO_PLACE
    among_at: int = NO_PLACE
    share_within: str | None = None
    time_part: TimeRange | None = None
    is_of_each: bool = False
    is_of_top: bool = False
    ranks_share: bool = False

    rank: Rank | None = None
    ranked_group: str | None = None
    skip: int = 0
    orders_ascending: bool | None = None
    orders_best: bool | None = None
    sorts_by: str | None = None
    sorts_descending: bool = False

    rows_of: str | None = None
    columns: list[str] = field(default_factory=list)

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
