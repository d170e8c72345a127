"""A warehouse view over parquet parts: the raw store, readable as a table without a copy."""

from collections.abc import Sequence

import ibis.expr.types as ir
from kedro_datasets.ibis import TableDataset


class ParquetViewDataset(TableDataset):  # type: ignore[misc]  # untyped library
    """Saves a list of parquet paths as a DuckDB view over them; loads the view as an Ibis table."""

    def __init__(
        self,
        *,
        view_name: str,
        connection: dict[str, object],
        metadata: dict[str, object] | None = None,
    ) -> None:
        super().__init__(table_name=view_name, connection=connection, metadata=metadata)

    def save(self, data: Sequence[str]) -> None:
        """Points the view at these parts.

        Args:
            data: Paths of parquet files with the same columns; none (a dry run has none to give)
                leaves the view as it is.
        """
        if not data:
            return
        parts = ", ".join(f"'{path.replace(chr(39), chr(39) * 2)}'" for path in data)
        self.connection.raw_sql(
            f'CREATE OR REPLACE VIEW "{self._table_name}" AS '
            f"FROM read_parquet([{parts}], hive_partitioning = false)"
        )

    def load(self) -> ir.Table:
        """Returns the view as a lazy table."""
        return self.connection.table(self._table_name)
