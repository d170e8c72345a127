"""A warehouse table that is always a table, never a view: what our datasets are built on."""

from kedro_datasets.ibis import TableDataset


class MaterializedTableDataset(TableDataset):  # type: ignore[misc]  # untyped library
    """Names a table of a DuckDB connection; how it is written is left to subclasses."""

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
