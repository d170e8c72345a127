"""Parameters of ingestion: where prompts come from, and what is put up with."""

import hashlib
from datetime import UTC, datetime
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from genai_session_analyzer.pipelines.ingestion.contract.generation_contract import VERSION
from genai_session_analyzer.pipelines.ingestion.files.limits import CsvDialect, GateLimits
from genai_session_analyzer.pipelines.ingestion.mapping.model import SourceMapping

SourceKind = Literal["embedded", "diffusiondb", "logs"]


class SourceParameters(BaseModel):
    """The `source` section."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: SourceKind = "embedded"
    store: str = "data/01_raw/generations"
    """The raw store's folder."""
    path: str | None = None
    """A file, a folder or a glob. Without one, DiffusionDB comes from Hugging Face."""
    mapping: str | None = None
    """A shipped mapping's name, or the path of a YAML file."""
    variant: Literal["2m", "large"] = "2m"
    """Which of DiffusionDB's two tables, where it comes from Hugging Face."""
    row_limit: int | None = Field(default=None, ge=1)
    """At most this many rows, the first ones in the source's order."""
    sample_share: float = Field(default=1.0, gt=0, le=1)
    """Share of the rows to take, drawn by a hash of their id and the seed."""
    max_rejected_share: float = Field(default=0.2, ge=0, le=1)
    """A file of which more is rejected stops the run."""
    max_prompt_chars: int = Field(default=20_000, ge=1)
    chunk_rows: int = Field(default=1_000_000, ge=1)
    """Rows read, judged and written at a time; an interrupted ingest loses at most as many."""
    as_of: datetime | None = None
    """UTC; later requests are in the future and rejected. Null = the time of the run."""
    limits: GateLimits = GateLimits.model_validate({})
    dialect: CsvDialect = CsvDialect.model_validate({})

    @field_validator("as_of")
    @classmethod
    def _in_utc(cls, time: datetime | None) -> datetime | None:
        is_zoned = time is not None and time.tzinfo is not None
        return time.astimezone(UTC).replace(tzinfo=None) if time and is_zoned else time

    @model_validator(mode="after")
    def _path_fits_the_kind(self) -> Self:
        if self.kind == "logs" and self.path is None:
            raise ValueError("source.kind is logs: set source.path to a file, a folder or a glob")
        if self.kind == "embedded" and (self.path or self.mapping):
            raise ValueError(
                "source.path and source.mapping are for files, but source.kind is embedded: "
                "run with --env logs or --env diffusiondb"
            )
        return self

    def reading(self, mapping: SourceMapping, seed: int) -> str:
        """SHA-256 of all that decides what is read from a file: equal ones read equal rows."""
        drawn = seed if self.sample_share < 1 else None
        chosen = (self.row_limit, self.sample_share, drawn, self.max_prompt_chars, self.as_of)
        content = f"{mapping.digest()} {VERSION} {chosen} {self.dialect.model_dump_json()}"
        return hashlib.sha256(content.encode()).hexdigest()
