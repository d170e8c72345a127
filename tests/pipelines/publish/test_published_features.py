"""Features in a build: of its prompts only, and none that a check would not catch."""

import duckdb
import ibis
import pytest

from genai_session_analyzer.pipelines.publish.features import (
    FEATURE_CHECKS,
    drop_features_of_other_data,
    has_features,
)
from genai_session_analyzer.schema import TABLES
from genai_session_analyzer.schema.features import FEATURE_TABLES


@pytest.fixture
def warehouse():
    """Prompts a and b; features of a and of z, which is gone; clusters 1 (in 8) and 2 (in 9)."""
    backend = ibis.duckdb.connect()
    for name in ("dim_prompts", *FEATURE_TABLES):
        backend.create_table(name, schema=TABLES[name].ibis_schema())
    backend.con.execute("""
        INSERT INTO dim_prompts (prompt_id) VALUES ('a'), ('b');
        INSERT INTO ftr_prompt_embeddings (prompt_id) VALUES ('a'), ('z');
        INSERT INTO ftr_prompt_labels (prompt_id) VALUES ('a'), ('z');
        INSERT INTO ftr_image_embeddings (image_path, prompt_id)
            VALUES ('1.png', 'a'), ('2.png', 'z'), ('3.png', NULL);
        INSERT INTO ftr_prompt_clusters (prompt_id, cluster_id)
            VALUES ('a', 1), ('b', -1), ('z', 2);
        INSERT INTO dim_clusters (cluster_id, parent_id, level)
            VALUES (1, 8, 1), (2, 9, 1), (8, NULL, 0), (9, NULL, 0);
    """)
    return backend.con


def values(connection, table, column):
    return sorted(row[0] for row in connection.table(table).select(column).fetchall())


def failing(connection):
    """Names of the checks that do not hold."""
    return {
        each.name for each in FEATURE_CHECKS if connection.execute(each.sql).fetchone() != (True,)
    }


def test_what_other_data_has_left_is_removed(warehouse: duckdb.DuckDBPyConnection):
    drop_features_of_other_data(warehouse)
    assert values(warehouse, "ftr_prompt_embeddings", "prompt_id") == ["a"]
    assert values(warehouse, "ftr_prompt_labels", "prompt_id") == ["a"]
    assert values(warehouse, "ftr_image_embeddings", "image_path") == ["1.png", "3.png"]
    assert values(warehouse, "ftr_prompt_clusters", "prompt_id") == ["a", "b"]
    assert values(warehouse, "dim_clusters", "cluster_id") == [1, 8]
    assert failing(warehouse) == set()


def test_features_are_there_as_long_as_one_table_has_a_row(warehouse):
    assert has_features(warehouse)
    for table in FEATURE_TABLES:
        warehouse.execute(f"TRUNCATE {table}")
    assert not has_features(warehouse)
    warehouse.execute("INSERT INTO ftr_image_embeddings (image_path) VALUES ('1.png')")
    assert has_features(warehouse)


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        (
            "INSERT INTO ftr_prompt_labels (prompt_id) VALUES ('y')",
            "ftr_prompt_labels holds prompts of dim_prompts only",
        ),
        (
            "INSERT INTO ftr_prompt_embeddings (prompt_id) VALUES ('a')",
            "ftr_prompt_embeddings holds each prompt_id once",
        ),
        (
            "INSERT INTO ftr_image_embeddings (image_path) VALUES ('1.png')",
            "ftr_image_embeddings holds each image_path once",
        ),
        (
            "UPDATE ftr_prompt_clusters SET cluster_id = 5 WHERE prompt_id = 'a'",
            "every prompt's cluster is in dim_clusters",
        ),
    ],
)
def test_checks_catch(warehouse, statement, name):
    drop_features_of_other_data(warehouse)
    warehouse.execute(statement)
    assert failing(warehouse) == {name}
