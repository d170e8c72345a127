"""What a build is to hold, and what must be true of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field, field_validator

from genai_session_analyzer.warehouse.builds import BuildId

BUILD_TABLES = "build_tables"


class BuildCheck(BaseModel):
    """A statement that a build must satisfy: a name, and SQL that returns one row with true."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, Field(min_length=1)]
    sql: Annotated[str, Field(min_length=1)]


class BuildPlan(BaseModel):
    """Everything that decides what a build is.

    Attributes:
        build_id: from `new_build_id`; later than every build there is.
        tables: name of each table or view to copy -> its comment (empty: none).
        column_comments: table -> column -> comment, for as many as there are.
        checks: must all hold on the written file, or nothing is published.
        keep: how many of the newest builds stay.
        link: a link to move to the new build, for example `data/warehouse.duckdb`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    build_id: BuildId
    tables: Annotated[Mapping[str, str], Field(min_length=1)]
    column_comments: Mapping[str, Mapping[str, str]] = {}
    checks: tuple[BuildCheck, ...] = ()
    keep: Annotated[int, Field(ge=1)] = 3
    link: Path | None = None

    @field_validator("tables")
    @classmethod
    def _leave_our_own_table_free(cls, tables: Mapping[str, str]) -> Mapping[str, str]:
        if BUILD_TABLES in tables:
            message = f"{BUILD_TABLES} is written by publishing itself; leave it out."
            raise ValueError(message)
        return tables


@dataclass(frozen=True)
class BuildUpdate:
    """What separates the warehouse from an earlier build.

    Attributes:
        base: id of that build.
        keys: table -> one column, the keys of all rows that differ; a table that is not named is
            copied as a whole.
        rows: table -> its rows with these keys, where they are at hand; they are looked for in the
            warehouse otherwise.
    """

    base: str
    keys: Mapping[str, pa.Table] = field(default_factory=dict)
    rows: Mapping[str, pa.Table] = field(default_factory=dict)


def build_mark(build_id: str) -> str:
    """Return the words that end the comment of every table of a build."""
    return f"[build {build_id}]"
