"""Which rows a run replaced, for whoever need not look at the others again."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import ibis.expr.types as ir


@dataclass(frozen=True)
class ReplacedRows:
    """What a run changed in the warehouse.

    Attributes:
        keys: Table -> one column, the keys of its rows that were replaced, added or removed. A
            table that is not named was replaced as a whole.
        rows: Table -> its rows with these keys, as they are now.
        base_build: The build that holds the tables as they were before; None: there is none.
    """

    keys: Mapping[str, ir.Table] = field(default_factory=dict)
    rows: Mapping[str, ir.Table] = field(default_factory=dict)
    base_build: str | None = None


EVERYTHING = ReplacedRows()
"""Every table was replaced as a whole."""
