"""A table that models made: empty where the enrichment has not run, never in an older shape."""

import logging

import ibis.expr.types as ir
import pyarrow as pa

from genai_session_analyzer.datasets.materialized_table import MaterializedTableDataset
from genai_session_analyzer.schema import table_schema

_STREAM = "features_being_saved"
_log = logging.getLogger(__name__)


class FeatureTableDataset(MaterializedTableDataset):
    """Saves Arrow data as a DuckDB table in exactly the declared columns and types."""

    def __init__(
        self,
        *,
        table_name: str,
        connection: dict[str, object],
        metadata: dict[str, object] | None = None,
    ) -> None:
        """Open nothing yet.

        Args:
            table_name: A table that `schema/` declares.
            connection: The DuckDB warehouse.
            metadata: For kedro-viz.
        """
        super().__init__(table_name=table_name, connection=connection, metadata=metadata)
        self._declared = table_schema(table_name).ibis_schema()

    def load(self) -> ir.Table:
        """Returns the table, lazily; makes it, empty, where it is missing or of an older shape."""
        name, backend = self._table_name, self.connection
        is_there = name in backend.list_tables()
        if is_there and tuple(backend.table(name).columns) == tuple(self._declared.names):
            return backend.table(name)
        if is_there:
            _log.warning("%s has other columns than declared; `make run` fills it again", name)
        return backend.create_table(name, schema=self._declared, overwrite=True)

    def save(self, data: pa.RecordBatchReader | pa.Table) -> None:
        """Streams the rows into the table; the old one stays until the new one is whole.

        Args:
            data: The declared columns, in any order.
        """
        connection = self.connection.con
        connection.register(_STREAM, data)
        try:
            connection.execute("BEGIN")
            self.connection.create_table(self._table_name, schema=self._declared, overwrite=True)
            connection.execute(f'INSERT INTO "{self._table_name}" BY NAME FROM {_STREAM}')
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        finally:
            connection.unregister(_STREAM)
