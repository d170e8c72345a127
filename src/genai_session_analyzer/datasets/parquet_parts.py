"""Parquet parts that DuckDB sees as a view and Spark as a table: neither makes a copy."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq
from kedro.io import AbstractDataset

from genai_session_analyzer.datasets.parquet_view import ParquetViewDataset
from genai_session_analyzer.datasets.spark_session import (
    SparkSettings,
    spark_backend,
    spark_session,
)
from genai_session_analyzer.errors import SourceError


class ListedPartsDataset(ParquetViewDataset):
    """A DuckDB view over parquet parts, and beside it a JSON list of them for other engines."""

    def __init__(
        self,
        *,
        view_name: str,
        connection: dict[str, object],
        list_path: str,
        metadata: dict[str, object] | None = None,
    ) -> None:
        super().__init__(view_name=view_name, connection=connection, metadata=metadata)
        self._list_path = Path(list_path)

    def save(self, data: Sequence[str]) -> None:
        """Points the view at these parts and lists them; none leaves both as they are."""
        super().save(data)
        if not data:
            return
        self._list_path.parent.mkdir(parents=True, exist_ok=True)
        written = self._list_path.with_suffix(".tmp")
        written.write_text(json.dumps(list(data), indent=1), encoding="utf-8")
        written.replace(self._list_path)


class ArrowPartDataset(ListedPartsDataset):
    """The same for a stream of Arrow batches, written as one part beside the list."""

    def save(self, data: pa.RecordBatchReader | pa.Table) -> None:
        """Writes the batches; the old part stays until the new one is whole."""
        part = self._list_path.with_suffix(".parquet")
        part.parent.mkdir(parents=True, exist_ok=True)
        written = part.with_suffix(".tmp")
        batches = data.to_batches() if isinstance(data, pa.Table) else data
        with pq.ParquetWriter(written, data.schema) as writer:
            for batch in batches:
                writer.write_batch(batch)
        written.replace(part)
        super().save([str(part)])


class SparkPartsDataset(AbstractDataset[None, ir.Table]):
    """The listed parts as a table on Spark; read only."""

    def __init__(
        self,
        *,
        list_path: str,
        spark: dict[str, Any],
        metadata: dict[str, object] | None = None,
    ) -> None:
        self._list_path = Path(list_path)
        self._spark = SparkSettings.model_validate(spark)
        self.metadata = metadata

    def load(self) -> ir.Table:
        """Return the parts as one lazy table.

        Raises:
            SourceError: Nothing has been listed yet.
        """
        if not self._list_path.exists():
            raise SourceError(
                f"{self._list_path} does not exist: run `kedro run --env spark` once without "
                "--pipeline, so that it ingests and simulates before it models."
            )
        parts = json.loads(self._list_path.read_text(encoding="utf-8"))
        backend = spark_backend(self._spark)
        name = f"{self._list_path.stem}_parts"
        spark_session(self._spark).read.parquet(*parts).createOrReplaceTempView(name)
        return backend.table(name)

    def save(self, data: None) -> None:
        """Refuses: the parts are written where they are made."""
        raise NotImplementedError(f"{self._list_path} is read only on Spark.")

    def _describe(self) -> dict[str, Any]:
        return {"list_path": str(self._list_path), "master": self._spark.master}
