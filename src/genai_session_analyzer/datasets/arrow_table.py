"""A warehouse table written from a stream of Arrow batches: what NumPy made, at Arrow's speed."""

import ibis.expr.types as ir
import pyarrow as pa

from genai_session_analyzer.datasets.materialized_table import MaterializedTableDataset

_STREAM = "arrow_stream_being_saved"


class ArrowTableDataset(MaterializedTableDataset):
    """Saves a `pyarrow.RecordBatchReader` (or table) as a DuckDB table, replacing the old one."""

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
