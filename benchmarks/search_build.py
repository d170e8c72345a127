"""A build of many prompts, made from their vectors alone: no text, label or picture is real."""

from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from genai_session_analyzer.retrieval.search_command import SEARCH_READER
from genai_session_analyzer.retrieval.stored_vectors import EncoderName
from genai_session_analyzer.schema import TABLES
from genai_session_analyzer.warehouse.builds import Build
from genai_session_analyzer.warehouse.open_build import OpenBuild
from search_data import TEXTS, Mask, Vectors

_BATCH = 131_072
_NAMES = (
    "dim_prompts",
    "dim_clusters",
    "fct_generations",
    "ftr_prompt_embeddings",
    "ftr_prompt_labels",
    "ftr_prompt_clusters",
    "ftr_image_embeddings",
)
_STYLES = "['anime', 'photography', 'sketch', 'unknown']"


def write_build(
    vectors: Vectors, passing: dict[str, Mask], encoder: EncoderName, file: Path
) -> None:
    """A build with a prompt per vector; the generations' model_version names the shares.

    Each prompt has a generation per share it passes; so `model_version = '10 %'` finds the tenth.
    """
    connection = duckdb.connect(file)
    connection.execute("SET threads = 2")
    connection.begin()
    for name in _NAMES:
        declared = TABLES[name].ibis_schema().to_pyarrow()
        empty = declared.empty_table()  # noqa: F841  (DuckDB reads it by name)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM empty")
    _write_prompts(connection, len(vectors))
    _write_generations(connection, passing)
    _write_vectors(connection, vectors, encoder)
    connection.commit()
    connection.close()


def open_build(file: Path) -> OpenBuild:
    """The build, as the search opens it."""
    build = Build(id="20260101T000000000000Z", path=file, sha256="0" * 64, rows={})
    return OpenBuild(build, SEARCH_READER)


def _write_prompts(connection: duckdb.DuckDBPyConnection, count: int) -> None:
    connection.execute(
        "INSERT INTO dim_prompts BY NAME SELECT md5(i::VARCHAR) AS prompt_id,"
        " list_extract(?::VARCHAR[], (i % 100) + 1) || ', ' || repeat(md5(i::VARCHAR) || ' ', 3)"
        " AS prompt_text FROM range(?) r(i)",
        [list(TEXTS), count],
    )
    connection.execute(
        "INSERT INTO ftr_prompt_labels BY NAME SELECT prompt_id, 'animal' AS domain,"
        f" 'dark' AS mood, list_extract({_STYLES}, (rowid % 4) + 1) AS art_style,"
        " false AS has_nsfw_intent FROM dim_prompts"
    )
    connection.execute(
        "INSERT INTO ftr_prompt_clusters BY NAME SELECT prompt_id, rowid % 100 AS cluster_id"
        " FROM dim_prompts"
    )


def _write_generations(connection: duckdb.DuckDBPyConnection, passing: dict[str, Mask]) -> None:
    for share, mask in passing.items():
        numbers = pa.table({"i": np.flatnonzero(mask)})  # noqa: F841  (DuckDB reads it by name)
        connection.execute(
            "INSERT INTO fct_generations BY NAME SELECT md5(i::VARCHAR) AS prompt_id,"
            " ? || i AS generation_id, 's' || (i // 10) AS session_id, 'free' AS user_tier,"
            " 'success' AS status, 'europe' AS region, 'desktop' AS device_type,"
            " ? AS model_version, 1000 AS latency_ms, 0.5 AS cost_credits,"
            " DATE '2024-01-01' + (i % 60)::INTEGER AS requested_date,"
            " TIMESTAMP '2024-01-01' + to_days((i % 60)::INTEGER) AS requested_at FROM numbers",
            [share, share],
        )


def _write_vectors(
    connection: duckdb.DuckDBPyConnection, vectors: Vectors, encoder: EncoderName
) -> None:
    for start in range(0, len(vectors), _BATCH):
        batch = np.array(vectors[start : start + _BATCH])
        embedding = pa.FixedSizeListArray.from_arrays(pa.array(batch.ravel()), batch.shape[1])
        numbers = np.arange(start, start + len(batch))
        rows = pa.table({"i": numbers, "embedding": embedding})  # noqa: F841  (read by name)
        connection.execute(
            "INSERT INTO ftr_prompt_embeddings BY NAME SELECT md5(i::VARCHAR) AS prompt_id,"
            " embedding, ? AS model, ? AS revision, 'bench' AS mlflow_run_id FROM rows",
            [encoder.model, encoder.revision],
        )
