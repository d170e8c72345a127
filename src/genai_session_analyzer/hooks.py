"""Kedro's hooks: one builder at a time, one clear line on errors, a short table at the end."""

import logging
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NoReturn

from kedro.framework.context import KedroContext
from kedro.framework.hooks import hook_impl
from kedro.pipeline import Pipeline
from kedro.pipeline.node import Node
from kedro.validation import ParameterValidationError

from genai_session_analyzer.errors import AnalyzerError, SourceError
from genai_session_analyzer.parameter_errors import describe_parameter_errors
from genai_session_analyzer.pipeline_names import EVERYTHING, TRACKED
from genai_session_analyzer.warehouse.builder_lock import builder_lock

DRY_RUN_PIPELINES = {"ingestion"}
EXIT_FAILURE = 1
PUBLISHED = "published_build"
_log = logging.getLogger(__name__)


class ProjectHooks:
    """State of one run: the builder's lock and the time each pipeline took."""

    def __init__(self) -> None:
        self._held = ExitStack()
        self._published_root = Path()
        self._is_dry_run = False
        self._published_sha256: str | None = None
        self._seconds: dict[str, float] = {}
        self._node_started = 0.0

    @hook_impl
    def after_context_created(self, context: KedroContext) -> None:
        """Reads the parameters that concern the run as a whole; wrong ones end it in one line."""
        try:
            _ = context.params  # validates them
        except ParameterValidationError as problem:
            _stop(describe_parameter_errors(str(problem)))
        parameters = context.config_loader["parameters"]
        self._published_root = Path(parameters["publish"]["root"])
        self._is_dry_run = bool(parameters["dry_run"])

    @hook_impl
    def after_catalog_created(self, conf_catalog: dict[str, Any]) -> None:
        """Makes the folders that DuckDB expects: the warehouse's, and the one to spill into."""
        if self._is_dry_run:
            return
        warehouse = conf_catalog["simulated_users"]["connection"]
        Path(warehouse["database"]).parent.mkdir(parents=True, exist_ok=True)
        Path(warehouse["temp_directory"]).mkdir(parents=True, exist_ok=True)

    @hook_impl
    def before_pipeline_run(self, pipeline: Pipeline) -> None:
        """Refuses what cannot work, then takes the builder's lock."""
        self._seconds = {}
        try:
            if self._is_dry_run:
                _refuse_wide_dry_run(pipeline)
            else:
                self._held.enter_context(builder_lock(self._published_root))
        except AnalyzerError as problem:
            _stop(problem)

    @hook_impl
    def before_node_run(self, node: Node) -> None:
        """Says what is being done and starts its clock."""
        _log.info("%s: %s", ", ".join(sorted(node.tags)), node.func.__name__)
        self._node_started = time.perf_counter()

    @hook_impl
    def after_dataset_saved(self, dataset_name: str, data: Any, node: Node) -> None:
        """Adds the time since; lazy tables are computed when they are saved."""
        if dataset_name == PUBLISHED:
            self._published_sha256 = data["sha256"]
        now = time.perf_counter()
        for tag in node.tags:
            self._seconds[tag] = self._seconds.get(tag, 0.0) + now - self._node_started
        self._node_started = now

    @hook_impl(tryfirst=True)
    def after_pipeline_run(self, pipeline: Pipeline) -> None:
        """Releases the lock; prints the closing table when something was published."""
        self._held.close()
        if self._is_dry_run:
            sys.exit(0)  # kedro-viz would now write its statistics; a dry run writes nothing
        names = dict.fromkeys((*EVERYTHING, *TRACKED))
        in_order = {name: self._seconds[name] for name in names if name in self._seconds}
        if PUBLISHED in pipeline.outputs():
            _print_closing_table(self._published_root, in_order, self._published_sha256)
        else:
            times = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in in_order.items())
            _log.info("done: %s; nothing was published", times)

    @hook_impl(trylast=True)
    def on_pipeline_error(self, error: Exception) -> None:
        """Prints one clear line for errors a user can act on; others keep their trace."""
        self._held.close()
        known = _known_cause(error)
        if known is not None:
            _stop(known)


def _known_cause(error: BaseException | None) -> AnalyzerError | None:
    """The error of ours behind what Kedro wraps around it."""
    while error is not None:
        if isinstance(error, AnalyzerError):
            return error
        error = error.__cause__
    return None


def _refuse_wide_dry_run(pipeline: Pipeline) -> None:
    tags = {tag for node in pipeline.nodes for tag in node.tags}
    if tags - DRY_RUN_PIPELINES:
        raise SourceError(
            "A dry run looks at the source only. Run `kedro run --pipeline=ingestion --params "
            "...,dry_run=true`."
        )


def _print_closing_table(root: Path, seconds: dict[str, float], sha256: str | None) -> None:
    from rich.console import Console  # noqa: PLC0415  (only where something is printed)

    from genai_session_analyzer.insights.build_summary import summarise_build  # noqa: PLC0415
    from genai_session_analyzer.insights.closing_table import print_closing_table  # noqa: PLC0415

    print_closing_table(summarise_build(root, sha256), seconds, Console())


def _stop(problem: Exception | str) -> NoReturn:
    print(f"Error: {problem}", file=sys.stderr)
    sys.exit(EXIT_FAILURE)
