"""Which engine a node works on, where the environment `spark` keeps a dataset on both."""

from typing import Any

from kedro.framework.hooks import hook_impl
from kedro.io import DataCatalog
from kedro.pipeline.node import Node

ON_SPARK = "_on_spark"
"""Ends the name of what Spark sees; only the environment `spark` has such entries."""
PIPELINES_ON_SPARK = {"modeling", "metrics"}


class SparkHooks:
    """Hands modeling and metrics what ingestion and simulation, on DuckDB, have written."""

    @hook_impl
    def before_node_run(
        self, node: Node, catalog: DataCatalog, inputs: dict[str, Any]
    ) -> dict[str, Any]:
        """Return the inputs that the catalog has on Spark, for nodes that work there."""
        if not node.tags & PIPELINES_ON_SPARK:
            return {}
        return {
            name: catalog.load(name + ON_SPARK) for name in inputs if name + ON_SPARK in catalog
        }
