"""The simulation pipeline: raw generations in, simulated users and generations out."""

from kedro.pipeline import Pipeline, node

from genai_session_analyzer.pipelines.simulation.nodes import (
    inspect_source,
    simulate_activity,
    simulate_generations,
    simulate_users,
)


def create_pipeline() -> Pipeline:
    """Raw generations in; `simulated_users` and `simulated_generations` out."""
    return Pipeline(
        [
            node(inspect_source, ["raw_generations", "params:simulation"], "source_arrays"),
            node(simulate_activity, ["source_arrays", "params:simulation"], "activity"),
            node(simulate_users, ["activity", "params:simulation"], "simulated_users"),
            node(
                simulate_generations,
                ["source_arrays", "activity", "params:simulation"],
                "simulated_generations",
            ),
        ],
        tags="simulation",
    )
