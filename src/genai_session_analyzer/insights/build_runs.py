"""Which runs of the enrichment a build holds results of."""

from ibis.backends import BaseBackend

FEATURE_TABLES = (
    "ftr_prompt_embeddings",
    "ftr_prompt_labels",
    "ftr_prompt_clusters",
    "ftr_image_embeddings",
    "dim_clusters",
)


def runs_in_build(backend: BaseBackend) -> dict[str, tuple[str, ...]]:
    """Return by MLflow run id the feature tables that hold rows it computed."""
    found: dict[str, tuple[str, ...]] = {}
    for name in FEATURE_TABLES:
        ids = backend.table(name).select("mlflow_run_id").distinct().order_by("mlflow_run_id")
        for run_id in ids.to_pyarrow()["mlflow_run_id"].drop_null().to_pylist():
            found[run_id] = (*found.get(run_id, ()), name)
    return found
