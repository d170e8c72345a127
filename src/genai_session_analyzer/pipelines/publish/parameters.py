"""Parameters of the publish pipeline."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class PublishParameters(BaseModel):
    """Where builds go and how many stay."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    root: Path = Path("data/published")
    link: Path = Path("data/warehouse.duckdb")
    """A link to the served build, for `duckdb data/warehouse.duckdb`."""
    keep: int = Field(default=3, ge=1)
    """The newest builds that stay on disk."""
