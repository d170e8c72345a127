"""Ranges of a number to group by."""

from itertools import pairwise
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class Bucket(BaseModel):
    """Ranges of a number that stand as one group each, named by their lower end.

    Attributes:
        field: A dimension of the plan, a number.
        width: How wide each range is, in the field's unit; the first begins at 0.
        edges: Or the lower ends, rising; what lies below the first of them is the range from 0.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    field: str
    width: float | None = Field(default=None, gt=0)
    edges: tuple[float, ...] = ()

    @model_validator(mode="after")
    def _says_one(self) -> Self:
        if (self.width is None) == (not self.edges):
            raise ValueError(f"ranges of {self.field} have a width or edges")
        if any(second <= first for first, second in pairwise(self.edges)):
            raise ValueError(f"the edges of {self.field} have to rise")
        return self
