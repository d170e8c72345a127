"""Shape of the embedded corpus."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class CorpusParameters(BaseModel):
    """How many generations the corpus has, and how people change what they ask for.

    A row is a new idea, an edit of the row before, or a re-roll of it (same prompt, new seed);
    a thread is an idea with its edits and re-rolls, on average 1 / (1 - edit - reroll) rows.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    generation_count: int = Field(10_000, ge=0, le=100_000_000, description="Rows.")
    reroll_share: float = Field(0.23, ge=0, lt=1, description="Rows that repeat the one before.")
    edit_share: float = Field(0.52, ge=0, lt=1, description="Rows that change the one before.")
    swap_share: float = Field(0.6, ge=0, le=1, description="Edits that replace a part.")
    add_share: float = Field(0.25, ge=0, le=1, description="Edits that add one; the rest drop one.")
    setting_change_share: float = Field(
        0.1, ge=0, le=1, description="Rows of a thread that change steps, size or the like."
    )
    fewest_details: int = Field(
        0, ge=0, le=8, description="Parts every prompt has besides its subject."
    )
    long_share: float = Field(0.025, ge=0, le=1, description="Ideas above 75 estimated tokens.")
    unsafe_share: float = Field(0.01, ge=0, le=1, description="Ideas that hold an unsafe word.")

    @model_validator(mode="after")
    def _shares_leave_room(self) -> Self:
        if self.reroll_share + self.edit_share > 0.99:
            raise ValueError("reroll_share + edit_share must leave at least 0.01 for new ideas")
        if self.swap_share + self.add_share > 1:
            raise ValueError("swap_share + add_share must not exceed 1; the rest of the edits drop")
        return self
