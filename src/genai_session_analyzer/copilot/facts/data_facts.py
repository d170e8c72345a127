"""What is known of one build before any question is asked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Feature = Literal["labels", "clusters"]


@dataclass(frozen=True)
class ValueCount:
    """A value of a column and the number of its rows."""

    value: str
    count: int


@dataclass(frozen=True, kw_only=True)
class DataFacts:
    """One build, as far as questions need to know it.

    Attributes:
        build_id: The build; empty for a database that is none.
        first_at: Oldest request, UTC.
        newest_at: Newest request, UTC: what "now" means in a question.
        row_counts: Rows by table, of the documented tables that exist.
        features: What was computed from the prompts and is not empty.
        values: By table, then column: each known value of a text column with few, the most
            frequent first. Cluster titles are those of `dim_clusters`, counted in prompts.
        simulated_share: Share of the generations of which any part is simulated, 0-1.
    """

    build_id: str
    first_at: datetime
    newest_at: datetime
    row_counts: Mapping[str, int]
    features: frozenset[Feature]
    values: Mapping[str, Mapping[str, tuple[ValueCount, ...]]]
    simulated_share: float

    def values_of(self, table_name: str, column: str) -> tuple[str, ...]:
        """Return a column's values, the most frequent first; none where they are not listed."""
        return tuple(each.value for each in self.values.get(table_name, {}).get(column, ()))
