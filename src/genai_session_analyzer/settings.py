"""Kedro's settings: our hooks, and no plugin that phones home or slows every start."""

from genai_session_analyzer.hooks import ProjectHooks
from genai_session_analyzer.pipelines.enrichment.hooks import TrackedRun
from genai_session_analyzer.pipelines.modeling.incremental.hooks import IncrementalRun
from genai_session_analyzer.spark_hooks import SparkHooks
from genai_session_analyzer.startup import prepare

prepare()  # again, for sessions that do not come through the `kedro` command

HOOKS = (ProjectHooks(), SparkHooks(), IncrementalRun(), TrackedRun())

# kedro-mlflow opens its store at every start (1.4 s of imports, a database migration); `TrackedRun`
# calls its hook for runs that have something to track.
DISABLE_HOOKS_FOR_PLUGINS = ("kedro-telemetry", "kedro_mlflow")

CONFIG_LOADER_ARGS = {
    "base_env": "base",
    "default_run_env": "local",
    "merge_strategy": {"parameters": "soft"},  # an environment names only what it changes
}
