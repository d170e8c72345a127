"""Parameters of the text embeddings."""

from pydantic import BaseModel, ConfigDict, Field


class EmbeddingParameters(BaseModel):
    """How prompts are worked through; none of it changes a vector."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    batch_prompts: int = Field(default=1024, ge=1, le=65_536)
    """Prompts per commit: what a kill may lose."""
    max_artifact_rows: int = Field(default=50_000, ge=0)
    """Up to so many embeddings are kept with the run as parquet, some 1.5 kB each."""
