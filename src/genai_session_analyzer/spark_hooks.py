"""Which engine a node works on, where the environment `spark` keeps a dataset on both."""

from typing import Any, Protocol, runtime_checkable

import ibis.expr.types as ir
from kedro.framework.hooks import hook_impl
from kedro.io import DataCatalog
from kedro.pipeline.node import Node

ON_SPARK = "_on_spark"
"""Ends the name of what Spark sees; only the environment `spark` has such entries."""
PIPELINES_ON_SPARK = {"modeling", "metrics"}
PIPELINES_ON_DUCKDB = {"enrichment"}


@runtime_checkable
class SeenFromDuckdb(Protocol):
    """A dataset on Spark that DuckDB sees too."""

    def in_duckdb(self) -> ir.Table:
        """Return the table as the warehouse sees it."""


class SparkHooks:
    """Hands modeling and metrics what DuckDB has written, and the enrichment what Spark has."""

    @hook_impl
    def before_node_run(
        self, node: Node, catalog: DataCatalog, inputs: dict[str, Any]
    ) -> dict[str, Any]:
        """Return the inputs on the engine that the node works on, where they are on both."""
        if node.tags & PIPELINES_ON_DUCKDB:
            return {
                name: seen for name in inputs if (seen := _in_duckdb(catalog.get(name))) is not None
            }
        if not node.tags & PIPELINES_ON_SPARK:
            return {}
        return {
            name: catalog.load(name + ON_SPARK) for name in inputs if name + ON_SPARK in catalog
        }


def _in_duckdb(dataset: object) -> ir.Table | None:
    return dataset.in_duckdb() if isinstance(dataset, SeenFromDuckdb) else None
