"""What a user may declare about the files of a source: limits, and how CSV is written."""

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class GateLimits(BaseModel):
    """How large and how deep a file may be; memory grows with `chunk_bytes`, not with the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_file_bytes: int = Field(200_000_000_000, ge=1)
    max_unpacked_bytes: int = Field(1_000_000_000_000, ge=1)
    max_line_bytes: int = Field(2_000_000, ge=16, le=100_000_000)
    max_json_depth: int = Field(20, ge=1, le=100)
    max_columns: int = Field(1_000, ge=1, le=10_000)
    chunk_bytes: int = Field(16_777_216, ge=1, le=1_000_000_000)


class CsvDialect(BaseModel):
    """How a CSV file is written; declared by the user, never guessed from the file.

    An `escape` equal to `quote` means that a quote inside a quoted field is doubled.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    delimiter: str = Field(",", pattern=r"^[\t -~]$")
    quote: str = Field('"', pattern=r"^[!-~]$")
    escape: str = Field('"', pattern=r"^[!-~]$")

    @model_validator(mode="after")
    def _delimiter_is_distinct(self) -> Self:
        """Refuse a dialect in which one character has two meanings."""
        if self.delimiter in (self.quote, self.escape):
            raise ValueError("delimiter must differ from quote and escape")
        return self
