"""A warehouse table of which a run may replace all rows, or only those with certain keys."""

import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from genai_session_analyzer.datasets.materialized_table import MaterializedTableDataset


class UpsertedTableDataset(MaterializedTableDataset):
    """Saves an Ibis table as a DuckDB table: as a whole, unless `replace_only` was called."""

    def __init__(
        self,
        *,
        table_name: str,
        connection: dict[str, object],
        metadata: dict[str, object] | None = None,
    ) -> None:
        super().__init__(table_name=table_name, connection=connection, metadata=metadata)
        self._keys: ir.Table | None = None
        self._saved_rows: ir.Table | None = None

    def replace_only(self, keys: ir.Table) -> None:
        """Restricts the next save, and no other, to the rows with these keys.

        Args:
            keys: One column, named as in the table; evaluated before the table is changed.
        """
        self._keys = keys

    @property
    def saved_rows(self) -> ir.Table | None:
        """The rows the last save put in, where it did not replace the whole table."""
        return self._saved_rows

    def save(self, data: ir.Table) -> None:
        """Replaces the table, or its rows with the keys given; in one transaction either way.

        Args:
            data: The table's columns. Where keys were given, rows with other keys are left out.
        """
        keys, self._keys, self._saved_rows = self._keys, None, None
        backend: Backend = self.connection
        if keys is None:
            backend.create_table(self._table_name, data, overwrite=True)
        else:
            self._saved_rows = self._replace_rows(backend, data, keys)

    def _replace_rows(self, backend: Backend, data: ir.Table, keys: ir.Table) -> ir.Table:
        (key,) = keys.columns
        kept_keys, kept_rows = f"{self._table_name}_saved_keys", f"{self._table_name}_saved_rows"
        connection = backend.con
        for kept, rows in ((kept_keys, keys), (kept_rows, data.semi_join(keys, key))):
            sql = backend.compile(rows)
            connection.execute(f'CREATE OR REPLACE TEMP TABLE "{kept}" AS {sql}')
        connection.execute("BEGIN")
        try:
            connection.execute(
                f'DELETE FROM "{self._table_name}" '  # noqa: S608  (names from the catalog)
                f'WHERE "{key}" IN (FROM "{kept_keys}")'
            )
            connection.execute(f'INSERT INTO "{self._table_name}" BY NAME FROM "{kept_rows}"')
            connection.execute("COMMIT")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        return backend.table(kept_rows)
