"""Limits of a process that reads a build."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, FilePath


class ReaderSettings(BaseModel):
    """Limits of one process that reads a build.

    Attributes:
        memory_limit: DuckDB's own limit for all threads together, such as `1GB`. There is no
            spilling to disk: a query that needs more fails.
        threads: threads DuckDB may use for one query.
        extensions: extension files to load, for example from a wheel in site-packages.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    memory_limit: Annotated[str, Field(pattern=r"^\d+(\.\d+)?(MB|GB|MiB|GiB)$")] = "1GB"
    threads: Annotated[int, Field(ge=1, le=256)] = 2
    extensions: tuple[FilePath, ...] = ()
