"""The simulation pipeline: raw generations in; what they lack, and the truth behind it, out."""

from kedro.pipeline import Pipeline, node

from genai_session_analyzer.pipelines.simulation.nodes import (
    inspect_source,
    record_effects,
    record_prompt_latents,
    record_user_latents,
    simulate_activity,
    simulate_generations,
    simulate_retries,
    simulate_users,
)

TRUTH_TABLES = ("simulation_truth", "simulation_users", "simulation_prompts")
"""For grading only: no other pipeline reads them."""


def create_pipeline() -> Pipeline:
    """Raw generations in; `simulated_*` and the truth tables out."""
    of_activity = ["activity", "params:simulation"]
    of_generations = ["source_arrays", *of_activity]
    return Pipeline(
        [
            node(
                inspect_source,
                ["raw_generations", "params:simulation", "corpus_truth"],
                "source_arrays",
            ),
            node(
                simulate_activity,
                ["source_arrays", "params:simulation", "params:friction"],
                "activity",
            ),
            node(simulate_users, of_activity, "simulated_users"),
            node(simulate_generations, of_generations, "simulated_generations"),
            node(simulate_retries, of_generations, "simulated_retries"),
            node(record_effects, of_activity, "simulation_truth"),
            node(record_user_latents, of_activity, "simulation_users"),
            node(
                record_prompt_latents,
                ["raw_generations", "source_arrays", "activity"],
                "simulation_prompts",
            ),
        ],
        tags="simulation",
    )
