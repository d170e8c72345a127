"""Features in a build: only of prompts that the build holds, each once."""

import logging

import duckdb

from genai_session_analyzer.schema.features import FEATURE_TABLES
from genai_session_analyzer.warehouse.build_plan import BuildCheck

_log = logging.getLogger(__name__)
_OF_PROMPTS = tuple(name for name in FEATURE_TABLES if name.startswith("ftr_"))
_WITHOUT_PROMPT = "WHERE prompt_id NOT IN (SELECT prompt_id FROM dim_prompts)"
_DROP_EMPTY_CLUSTERS = (
    "DELETE FROM dim_clusters WHERE level = 1 AND cluster_id NOT IN "
    "(SELECT cluster_id FROM ftr_prompt_clusters)",
    "DELETE FROM dim_clusters WHERE level = 0 AND cluster_id NOT IN "
    "(SELECT parent_id FROM dim_clusters WHERE parent_id IS NOT NULL)",
)

FEATURE_CHECKS = (
    *(
        BuildCheck(
            name=f"{table} holds prompts of dim_prompts only",
            sql=f"SELECT count(*) = 0 FROM {table} {_WITHOUT_PROMPT}",  # noqa: S608  (our names)
        )
        for table in _OF_PROMPTS
    ),
    *(
        BuildCheck(
            name=f"{table} holds each {key} once",
            sql=f"SELECT count(*) = count(DISTINCT {key}) FROM {table}",  # noqa: S608
        )
        for table, key in (
            *((table, "prompt_id") for table in _OF_PROMPTS if "prompt" in table),
            ("ftr_image_embeddings", "image_path"),
            ("dim_clusters", "cluster_id"),
        )
    ),
    BuildCheck(
        name="every prompt's cluster is in dim_clusters",
        sql="SELECT count(*) = 0 FROM ftr_prompt_clusters WHERE cluster_id <> -1 AND cluster_id "
        "NOT IN (SELECT cluster_id FROM dim_clusters)",
    ),
)
"""What must be true of the features in a build."""


def has_features(connection: duckdb.DuckDBPyConnection) -> bool:
    """Return whether any feature table has a row; else nothing needs to be compared with prompts.

    The comparisons read every prompt's id, even where there are no features.
    """
    return any(connection.table(table).limit(1).fetchone() for table in FEATURE_TABLES)


def drop_features_of_other_data(connection: duckdb.DuckDBPyConnection) -> None:
    """Removes rows of prompts that `dim_prompts` no longer holds, and clusters without prompts.

    They are left where the warehouse was built from other data since the enrichment. No model work
    is lost: results stay in their store.

    Args:
        connection: To the warehouse, with the feature tables and `dim_prompts`.
    """
    for table in _OF_PROMPTS:
        sql = f"DELETE FROM {table} {_WITHOUT_PROMPT}"  # noqa: S608  (our names)
        deleted = connection.execute(sql).fetchone()
        if deleted and deleted[0]:
            _log.info("%s: %s rows of prompts not in the data are left out", table, deleted[0])
    for statement in _DROP_EMPTY_CLUSTERS:
        connection.execute(statement)
