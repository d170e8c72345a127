"""A warehouse table written from a stream of Arrow batches: what NumPy made, at Arrow's speed."""

import ibis.expr.types as ir
import pyarrow as pa
from kedro_datasets.ibis import TableDataset

_STREAM = "arrow_stream_being_saved"


class ArrowTableDataset(TableDataset):  # type: ignore[misc]  # untyped library
    """Saves a `pyarrow.RecordBatchReader` (or table) as a DuckDB table, replacing the old one."""

    def __init__(
        self,
        *,
        table_name: str,
        connection: dict[str, object],
        metadata: dict[str, object] | None = None,
    ) -> None:
        super().__init__(
            table_name=table_name,
            connection=connection,
            save_args={"materialized": "table"},
            metadata=metadata,
        )

    def save(self, data: pa.RecordBatchReader | pa.Table) -> None:
        """Streams the batches into the table; the old table stays until the new one is whole."""
        duckdb_connection = self.connection.con
        duckdb_connection.register(_STREAM, data)
        try:
            duckdb_connection.execute(
                f'CREATE OR REPLACE TABLE "{self._table_name}" AS FROM {_STREAM}'
            )
        finally:
            duckdb_connection.unregister(_STREAM)

    def load(self) -> ir.Table:
        """Returns the table, lazily."""
        return self.connection.table(self._table_name)
