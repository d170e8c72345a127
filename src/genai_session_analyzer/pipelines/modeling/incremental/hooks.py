"""Kedro's edge of updates: nodes get the rows that are concerned, the state is kept."""

import logging
from typing import Any, Protocol, runtime_checkable

import ibis.expr.types as ir
from kedro.framework.context import KedroContext
from kedro.framework.hooks import hook_impl
from kedro.io import DataCatalog
from kedro.pipeline import Pipeline
from kedro.pipeline.node import Node

from genai_session_analyzer.pipelines.modeling.incremental.build_state import (
    FILES,
    USERS,
    BuildState,
    fingerprint,
    forget_state,
    note_published,
    read_state,
    write_state,
)
from genai_session_analyzer.pipelines.modeling.incremental.decision import (
    other_profiles_changed,
    reason_to_rebuild,
    row_count,
)
from genai_session_analyzer.pipelines.modeling.incremental.observed_source import first_requests
from genai_session_analyzer.pipelines.modeling.incremental.update import Update
from genai_session_analyzer.pipelines.modeling.parameters import ModelingParameters
from genai_session_analyzer.warehouse.compaction import put_off_compaction
from genai_session_analyzer.warehouse.replaced_rows import EVERYTHING, ReplacedRows

FIRST = "stg_generations"
TABLES = (
    FIRST,
    "stg_users",
    "fct_generations",
    "fct_sessions",
    "dim_users",
    "dim_prompts",
    "user_friction_summary",
    "daily_metrics",
    "data_quality",
)
"""What is rebuilt or updated, together or not at all."""
REPLACED_ROWS = "replaced_rows"
_log = logging.getLogger(__name__)


@runtime_checkable
class ReplaceableRows(Protocol):
    """A dataset of which some rows can be replaced."""

    connection: Any

    saved_rows: ir.Table | None

    def replace_only(self, keys: ir.Table) -> None:
        """Restricts the next save to the rows with these keys."""


class IncrementalRun:
    """State of one run: whether it updates, and what it has replaced."""

    def __init__(self) -> None:
        self._parameters: dict[str, Any] = {}
        self._makes_all = False
        self._warehouse: Any = None
        self._is_simulated = True
        self._requests: ir.Table | None = None
        self._update: Update | None = None
        self._base_build: str | None = None

    @hook_impl
    def after_context_created(self, context: KedroContext) -> None:
        """Reads the parameters that decide what the tables hold."""
        self._parameters = dict(context.config_loader["parameters"])

    @hook_impl
    def after_catalog_created(self, catalog: DataCatalog) -> None:
        """Says that everything was replaced, until an update says otherwise."""
        catalog[REPLACED_ROWS] = EVERYTHING

    @hook_impl
    def before_pipeline_run(self, pipeline: Pipeline) -> None:
        """Notes whether this run makes all of the tables: then it may update."""
        self._warehouse, self._update, self._base_build = None, None, None
        self._requests = None
        self._is_simulated = True
        self._makes_all = set(TABLES) <= set(pipeline.all_outputs())

    @hook_impl(trylast=True)  # after the hook that starts the node's clock
    def before_node_run(
        self, node: Node, catalog: DataCatalog, inputs: dict[str, Any]
    ) -> dict[str, Any]:
        """Returns the concerned rows in place of whole tables."""
        if "simulation" in node.tags:
            return self._for_simulation(inputs)
        output = node.outputs[0]
        dataset = catalog.get(output) if output in TABLES else None
        if self._warehouse is None and isinstance(dataset, ReplaceableRows):
            self._warehouse = dataset.connection
            self._decide(catalog, inputs)
        if output == "stg_users":
            self._look_at_users(inputs)
        if self._update is None:
            return {}
        if REPLACED_ROWS in inputs:
            return {REPLACED_ROWS: self._replaced_rows(catalog)}
        step = self._update.step(output, inputs)
        if step.keys is not None and isinstance(dataset, ReplaceableRows):
            dataset.replace_only(step.keys)
        return dict(step.inputs)

    @hook_impl
    def after_node_run(self, catalog: DataCatalog, outputs: dict[str, Any]) -> None:
        """Keeps the state once every check has passed, and the build once it is published."""
        if self._warehouse is None or not self._makes_all or self._is_simulated:
            return
        if outputs.get("quality_failures") == []:
            files = catalog.load("ingested_files")
            rows = int(files.accepted_rows.sum().to_pyarrow().as_py() or 0)
            state = BuildState(fingerprint(self._parameters), rows)
            write_state(self._warehouse, state, files, catalog.load("simulated_users"))
        if "published_build" in outputs:
            note_published(self._warehouse, outputs["published_build"]["build"])

    def _replaced_rows(self, catalog: DataCatalog) -> ReplacedRows:
        keys = self._update.keys if self._update else {}
        saved = {name: _saved_rows(catalog.get(name)) for name in keys}
        rows = {name: table for name, table in saved.items() if table is not None}
        return ReplacedRows(keys, rows, self._base_build)

    def _for_simulation(self, inputs: dict[str, Any]) -> dict[str, Any]:
        is_filled = self._parameters["simulation"]["fill"]["telemetry"]
        if is_filled or "raw_generations" not in inputs:
            return {}
        if self._requests is None:
            self._requests = first_requests(inputs["raw_generations"])
        return {} if self._requests is None else {"raw_generations": self._requests}

    def _decide(self, catalog: DataCatalog, inputs: dict[str, Any]) -> None:
        state = read_state(self._warehouse) if self._makes_all else None
        reason = self._reason_to_rebuild(state, catalog, inputs)
        forget_state(self._warehouse)
        if reason is not None or state is None:
            _log.info("modeling: every table is rebuilt (%s)", reason)
            return
        new_rows = row_count(inputs["raw_generations"]) - state.raw_rows
        _log.info("modeling: the tables are updated (%s new generations)", f"{new_rows:,}")
        modeling = ModelingParameters.model_validate(self._parameters["modeling"])
        self._update = Update(self._warehouse, state.raw_rows, modeling)
        self._base_build = state.published_build
        put_off_compaction(self._warehouse.con, TABLES)

    def _reason_to_rebuild(
        self, state: BuildState | None, catalog: DataCatalog, inputs: dict[str, Any]
    ) -> str | None:
        if not self._makes_all:
            return "only a part of the pipelines runs"
        simulated = [table for name, table in inputs.items() if name != "raw_generations"]
        self._is_simulated = any(row_count(table) for table in simulated)
        if self._is_simulated:
            return "the simulation completes the source"
        files = self._warehouse.table(FILES) if state else None
        now = fingerprint(self._parameters)
        return reason_to_rebuild(state, now, files, catalog.load("ingested_files"))

    def _look_at_users(self, inputs: dict[str, Any]) -> None:
        """Gives the update up where it would leave users with a profile of before."""
        if self._update is None:
            return
        generations = inputs["stg_generations"]
        new = generations.filter(generations.raw_id > self._update.raw_rows_before)
        known = self._warehouse.table(USERS)
        if other_profiles_changed(known, inputs["simulated_users"], new.select("user_id")):
            _log.info("modeling: all other tables are rebuilt (profiles of earlier users changed)")
            self._update = None


def _saved_rows(dataset: object) -> ir.Table | None:
    return dataset.saved_rows if isinstance(dataset, ReplaceableRows) else None
