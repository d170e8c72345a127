"""A table on Spark, kept as parquet partitioned by a day; DuckDB sees it as a view."""

from datetime import date
from typing import TYPE_CHECKING, Any

import ibis.expr.schema as sch
import ibis.expr.types as ir
from kedro_datasets.ibis import TableDataset
from pydantic import BaseModel, ConfigDict

from genai_session_analyzer.datasets.spark_session import (
    SparkSettings,
    spark_backend,
    spark_session,
)
from genai_session_analyzer.errors import AnalyzerError
from genai_session_analyzer.warehouse.sql_text import quoted_name, quoted_text

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


class SaveArguments(BaseModel):
    """How a table is written.

    Attributes:
        partition_by: A column of days; None: the table is not partitioned.
        days: `2024-01-03` or `2024-01-03/2024-01-09` (both ends included): write only these days'
            partitions and leave the others' files as they are. None: write everything anew. A table
            without partitions is always written anew.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    partition_by: str | None = None
    days: str | None = None

    @property
    def first_and_last_day(self) -> tuple[date, date] | None:
        """The days to write, where not all of them.

        Raises:
            AnalyzerError: `days` are no days.
        """
        if self.days is None or self.partition_by is None:
            return None
        first, *more = self.days.split("/", maxsplit=1)
        try:
            return date.fromisoformat(first), date.fromisoformat((more or [first])[0])
        except ValueError as problem:
            raise AnalyzerError(
                f"spark.days={self.days} names no days: give one, as 2024-01-03, or the first and "
                "the last, as 2024-01-03/2024-01-09."
            ) from problem


class PartitionedParquetDataset(TableDataset):  # type: ignore[misc]  # untyped library
    """Saves an Ibis expression through Spark as parquet; loads it as a table on Spark."""

    def __init__(
        self,
        *,
        table_name: str,
        spark: dict[str, Any],
        connection: dict[str, Any],
        save_args: dict[str, Any] | None = None,
        metadata: dict[str, object] | None = None,
    ) -> None:
        """Open nothing yet.

        Args:
            table_name: Name of the table, its folder and the view.
            spark: `SparkSettings`.
            connection: The DuckDB warehouse that gets the view.
            save_args: `SaveArguments`.
            metadata: For kedro-viz.
        """
        super().__init__(table_name=table_name, connection=connection, metadata=metadata)
        self._spark = SparkSettings.model_validate(spark)
        self._how = SaveArguments.model_validate(save_args or {})
        self._folder = f"{self._spark.root}/{table_name}"

    def load(self) -> ir.Table:
        """Return the table, lazily, its columns in the order they were saved in."""
        backend = spark_backend(self._spark)
        frame = spark_session(self._spark).read.parquet(self._folder)
        columns = self.connection.table(self._table_name).columns
        frame.select(*columns).createOrReplaceTempView(self._table_name)
        return backend.table(self._table_name)

    def in_duckdb(self) -> ir.Table:
        """Return the table as the DuckDB warehouse sees it, lazily."""
        return self.connection.table(self._table_name)

    def save(self, data: ir.Table) -> None:
        """Computes the table on Spark, writes it, and points the view at it.

        Raises:
            AnalyzerError: Some days are asked for of a table that was never written in full.
        """
        frame = _typed(self._frame(data), data.schema())
        days = self._how.first_and_last_day
        if days and not self._exists():
            raise AnalyzerError(
                f"{self._table_name} has never been written in full; run once without spark.days."
            )
        _write(frame, self._folder, self._how)
        self._show_in_duckdb(frame.columns)

    def _frame(self, data: ir.Table) -> "DataFrame":
        return spark_session(self._spark).sql(spark_backend(self._spark).compile(data))

    def _show_in_duckdb(self, columns: list[str]) -> None:
        day = self._how.partition_by
        hive = f"true, hive_types = {{{quoted_name(day)}: DATE}}" if day else "false"
        pattern = f"{self._folder}/*/*.parquet" if day else f"{self._folder}/*.parquet"
        self.connection.raw_sql(
            f"CREATE OR REPLACE VIEW {quoted_name(self._table_name)} AS "  # noqa: S608  (our names)
            f"SELECT {', '.join(map(quoted_name, columns))} "
            f"FROM read_parquet({quoted_text(pattern)}, hive_partitioning = {hive})"
        )

    def _describe(self) -> dict[str, Any]:
        return {"folder": self._folder, "master": self._spark.master, **self._how.model_dump()}


def _typed(frame: "DataFrame", schema: sch.Schema) -> "DataFrame":
    """The frame in exactly the types the expression declares, where Spark's own rules differ."""
    from ibis.backends.pyspark.datatypes import PySparkType  # noqa: PLC0415  (imports PySpark)
    from pyspark.sql.types import TimestampNTZType  # noqa: PLC0415

    wanted = {
        name: TimestampNTZType() if dtype.is_timestamp() else PySparkType.from_ibis(dtype)
        for name, dtype in schema.items()
    }
    return frame.select(*(frame[name].cast(dtype).alias(name) for name, dtype in wanted.items()))


def _write(frame: "DataFrame", folder: str, how: SaveArguments) -> None:
    if how.partition_by is None:
        frame.write.mode("overwrite").parquet(folder)
        return
    from pyspark.sql.functions import col  # noqa: PLC0415  (an optional dependency)

    day = col(how.partition_by)
    mode = "static"
    if how.first_and_last_day:
        frame = frame.where(day.between(*how.first_and_last_day))
        mode = "dynamic"
    # A day goes to as few files as its size allows; Spark splits days that are too large for one.
    writer = frame.hint("rebalance", day).write.mode("overwrite").partitionBy(how.partition_by)
    writer.option("partitionOverwriteMode", mode).parquet(folder)
