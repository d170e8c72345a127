"""What a worker process is told first: what to read, and within which limits."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Orders:
    """The database and the limits, checked by who sends them: `QueryLimits`, `ReaderSettings`.

    Plain fields: a process that starts for one query has no time to load a validator.

    Attributes:
        database: The DuckDB file, as an absolute path.
        memory_limit: DuckDB's own limit, such as `512MB`.
        threads: Threads DuckDB may use for one query.
        extensions: Extension files to load.
        soft_deadline_s: After it the query is interrupted, again and again.
        most_rows: Rows of a result.
        most_bytes: Bytes of a result.
        address_space_bytes: Address space of the process.
        resident_bytes: Resident memory of the process.
    """

    database: Path
    memory_limit: str
    threads: int
    extensions: tuple[Path, ...]
    soft_deadline_s: float
    most_rows: int
    most_bytes: int
    address_space_bytes: int
    resident_bytes: int

    def as_message(self) -> dict[str, Any]:
        """Return the orders in JSON's types."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        paths = {"database": str(self.database), "extensions": [str(p) for p in self.extensions]}
        return values | paths

    @classmethod
    def of_message(cls, message: Mapping[str, Any]) -> "Orders":
        """Return the orders that a message holds."""
        paths = {
            "database": Path(message["database"]),
            "extensions": tuple(Path(each) for each in message["extensions"]),
        }
        return cls(**{**message, **paths})
