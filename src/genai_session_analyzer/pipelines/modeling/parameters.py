"""Parameters of the modeling pipeline."""

from pydantic import BaseModel, ConfigDict, Field


class ModelingParameters(BaseModel):
    """How sessions are cut and churn is told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    session_gap_minutes: int = Field(default=30, ge=1)
    """A longer pause between two generations of a user starts a new session."""
    churn_days: int = Field(default=7, ge=1)
    """A user who does nothing for so long after a session has churned after it."""
