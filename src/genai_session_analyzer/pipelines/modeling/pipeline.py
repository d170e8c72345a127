"""The modeling pipeline: staging, then facts, then dimensions."""

from kedro.pipeline import Pipeline, node

from genai_session_analyzer.pipelines.modeling.dimensions import (
    build_dim_prompts,
    build_dim_users,
)
from genai_session_analyzer.pipelines.modeling.facts import (
    build_fct_generations,
    build_fct_sessions,
)
from genai_session_analyzer.pipelines.modeling.staging import (
    build_stg_generations,
    build_stg_prompts,
    build_stg_users,
)


def create_pipeline() -> Pipeline:
    """Raw and simulated rows in; the star schema out."""
    return Pipeline(
        [
            node(
                build_stg_generations,
                ["raw_generations", "simulated_generations", "simulated_retries"],
                "stg_generations",
            ),
            node(build_stg_prompts, "raw_generations", "stg_prompts"),
            node(build_stg_users, ["stg_generations", "simulated_users"], "stg_users"),
            node(
                build_fct_generations,
                ["stg_generations", "stg_users", "params:modeling"],
                "fct_generations",
            ),
            node(
                build_fct_sessions,
                ["fct_generations", "params:modeling", "params:friction"],
                "fct_sessions",
            ),
            node(
                build_dim_users,
                ["stg_users", "fct_generations", "fct_sessions"],
                "dim_users",
            ),
            node(build_dim_prompts, ["stg_prompts", "fct_generations"], "dim_prompts"),
        ],
        tags="modeling",
    )
