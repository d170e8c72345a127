"""What a question asks for, in the terms of the semantic layer; no SQL and no data in it."""

from datetime import date, datetime
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from genai_session_analyzer.copilot.bucket import Bucket

Entity = Literal["generations", "sessions", "users", "prompts"]
Operator = Literal[
    "in", "not_in", "at_least", "above", "at_most", "below", "contains", "is_known", "is_unknown",
    "within", "starts_with", "ends_with", "not_contains",
]  # fmt: skip
TEXT_OPERATORS: tuple[Operator, ...] = ("contains", "not_contains", "starts_with", "ends_with")
COMPARING: tuple[Operator, ...] = ("in", "not_in", "at_least", "above", "at_most", "below")
Grain = Literal["hour", "day", "week", "month", "quarter", "year", "weekday", "hour_of_day"]
Transform = Literal[
    "value",
    "share_of_total",
    "share_where",
    "running_total",
    "moving_average_7",
    "change",
    "relative_change",
]
TimeUnit = Literal["ms", "s", "min", "h"]
Reduction = Literal["count", "share", "mean", "median", "min", "max", "sum"]
Value = bool | int | float | datetime | date | str
MOST_ROWS = 10_000


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PlanFilter(_Part):
    """Rows to keep, by one field.

    Attributes:
        field: A field of the plan's entity, or `entity.field` of another. Of a coarser entity (the
            user of a generation) it is that of the one row belonging to it; of a finer one (the
            generations of a user) any one of them has to match, the same one for all filters of
            that entity that are not negated.
        operator: How the values are compared. Unknown (null) passes only `is_unknown`.
        values: One for an order; any number, alternatives, for `in`, `not_in` and tests of text; of
            `within` the first moment in it and the first one after it.
        negated: For a finer entity: none of its rows may match.
        other_field: Another number of the same row, which it is compared with instead of a value:
            "as wide as high".
        than_mean: Compared with its mean over all rows of its table: "slower than average".
    """

    field: str
    operator: Operator = "in"
    values: tuple[Value, ...] = ()
    negated: bool = False
    other_field: str | None = None
    than_mean: bool = False

    @model_validator(mode="after")
    def _values_fit(self) -> Self:
        counts = {"is_known": 0, "is_unknown": 0, "in": 1000, "not_in": 1000, "within": 2}
        counts |= dict.fromkeys(TEXT_OPERATORS, 20)
        most = counts.get(self.operator, 1)
        least = min(most, 2 if self.operator == "within" else 1)
        if self.other_field or self.than_mean:
            most = least = 0
            if self.operator not in COMPARING or (self.other_field and self.than_mean):
                raise ValueError(f"{self.operator} of {self.field} compares with one number")
        if not least <= len(self.values) <= most:
            raise ValueError(f"{self.operator} of {self.field} with {len(self.values)} values")
        return self


class MeasureUse(_Part):
    """A number to compute for each group.

    Attributes:
        name: A measure of the plan's entity.
        only: Measured over the rows that pass these too; the other measures are not touched.
        within: Of a `share_of_total`, the grain or dimension whose groups each make a whole.
        transform: `share_of_total`: the group's value over the sum of all groups' values.
            `share_where`: the value over the rows of `only`, over the value of all rows of the
            group. The other four go along the rows in the order of time; `change` and
            `relative_change` (0.1 = 10 % more) against the row before, null for the first; with
            a comparison, against the other time.
        over: A second measure that it is divided by: "thumbs up per thumbs down".
        over_only: The second measure is measured over the rows that pass these, not those of
            `only`: "ratio of mobile to desktop generations".
        per_many: How many of `over` it is for: 100 is "per 100 generations".
        unit: The unit of time it is shown in; None leaves that of the data.
    """

    name: str
    only: tuple[PlanFilter, ...] = ()
    transform: Transform = "value"
    over: str | None = None
    over_only: tuple[PlanFilter, ...] = ()
    per_many: int = Field(default=1, ge=1, le=1_000_000)
    unit: TimeUnit | None = None
    within: str | None = None


class Having(_Part):
    """Groups to keep, by one measure of theirs, which need not be shown.

    With `than_overall` it is compared with the measure over all the plan's rows, not with `value`.
    """

    measure: MeasureUse
    operator: Operator
    value: float = 0
    than_overall: bool = False


class Order(_Part):
    """How rows are sorted: by the name of a dimension, a grain, a column or a measure."""

    by: str
    descending: bool = True


class TimeRange(_Part):
    """A half-open range of time, UTC: `start <= time < end`; None is open.

    `said` is how it was asked for: "last week".
    """

    start: datetime | None = None
    end: datetime | None = None
    said: str = ""


class QueryPlan(_Part):
    """One question over one entity.

    With `measures`: one row per combination of `grain` and `dimensions`, columns in the order
    grain, dimensions, measures. With `columns` instead: the entity's rows themselves. With
    dimensions alone: their distinct values.

    Attributes:
        entity: What a row that is counted is.
        dimensions: Fields (or `entity.field`) to group by. Of a finer entity (the models of a
            session's generations) a row counts once for each value it has; filters by that entity
            then choose among those values.
        grain: Period of the entity's time to group by, before the dimensions.
        time: Over the entity's time field.
        comparison: A second time range: each measure is shown for both, with the difference; of a
            measure with the transform `change` or `relative_change` only that is shown.
        having: Groups to keep.
        over_groups: The rows are put together into one: their number, the share (0-1) of them that
            meets `having`, or the mean and so on of the measures ("generations per day on
            average"). Of the first `limit` rows where that is set. Unknown is no group then, nor
            is a period without rows.
        over_by: Dimensions that are not put together: one row for each combination of theirs;
            `order` by the first measure and `limit` are then those of these rows.
        order: Sort keys, the first counts most. A limit without order is the first measure's,
            descending.
        limit: Most rows; within each value of `limit_within` where that is set: a dimension, or a
            longer period than the grain ("the busiest day of each week"), or of listed rows one of
            their fields ("the newest generation of each model").
        columns: Fields to list.
        buckets: Dimensions that are numbers and grouped by ranges of them.
        skip: Rows left out before the first shown: "the second slowest model" skips one of two.
    """

    entity: Entity
    measures: tuple[MeasureUse, ...] = ()
    dimensions: tuple[str, ...] = ()
    grain: Grain | None = None
    filters: tuple[PlanFilter, ...] = ()
    time: TimeRange | None = None
    comparison: TimeRange | None = None
    having: tuple[Having, ...] = ()
    over_groups: Reduction | None = None
    over_by: tuple[str, ...] = ()
    order: tuple[Order, ...] = ()
    limit: int | None = Field(default=None, ge=1, le=MOST_ROWS)
    limit_within: str | None = None
    columns: tuple[str, ...] = ()
    buckets: tuple[Bucket, ...] = ()
    skip: int = Field(default=0, ge=0, le=MOST_ROWS)

    @model_validator(mode="after")
    def _asks_for_something(self) -> Self:
        if self.columns and (self.measures or self.dimensions or self.grain):
            raise ValueError("a plan lists rows (columns) or groups them, not both")
        if not (self.columns or self.measures or self.dimensions):
            raise ValueError("a plan needs measures, dimensions or columns")
        return self
