"""Builds to measure the dashboard over: the default run, and a million made-up generations."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from genai_session_analyzer.embedding import TextEncoderSettings, text_encoder
from genai_session_analyzer.schema.values import ART_STYLES, DOMAINS, MOODS
from genai_session_analyzer.warehouse.builds import build_file, current_build
from genai_session_analyzer.warehouse.fingerprint import sha256_of
from kedro_project import copy_project, run_kedro

CLUSTERS, GROUPS = 60, 9
SEED = 5
_BATCH = 65_536


def default_build(folder: Path, rows: int) -> Path:
    """Runs the whole default pipeline on so many generations; the published root."""
    project = copy_project(folder / f"project-{rows}")
    run_kedro(project, "--params", f"corpus.generation_count={rows}")
    return project / "data" / "published"


def labelled_build(folder: Path, rows: int) -> Path:
    """Runs `core` on so many generations, then makes up labels, clusters, vectors and places.

    The labels are drawn from the hash of the prompt's id: their kinds and their number are those of
    a real build, nothing else. The vectors say nothing; they are as many, as long and as slow to
    compare as real ones. There are no pictures.
    """
    project = copy_project(folder / f"project-{rows}")
    run_kedro(project, "--pipeline=core", "--params", f"corpus.generation_count={rows}")
    root = project / "data" / "published"
    with changed_build(root) as connection:
        for statement in _statements():
            connection.execute(statement)
        add_vectors(connection)
    return root


@contextmanager
def changed_build(root: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Opens the current build, which nobody may have open, to be written; then signs it anew."""
    build = current_build(root)
    file = build_file(root, build.id)
    file.chmod(0o644)
    with duckdb.connect(file) as connection:
        connection.execute("SET threads = 2")
        yield connection
        counts = {name: _count(connection, name) for name in build.rows}
        connection.execute("CHECKPOINT")
    file.chmod(0o444)
    changed = build.model_copy(update={"rows": counts, "sha256": sha256_of(file)})
    for place in (root / "CURRENT", file.with_name("build.json")):
        place.chmod(0o644)
        place.write_bytes(changed.to_json())


def add_vectors(connection: duckdb.DuckDBPyConnection) -> None:
    """Writes a made-up vector of each prompt, by the name of the encoder that queries will use."""
    encoder = text_encoder(TextEncoderSettings())
    chance = np.random.default_rng(SEED)
    ids = connection.execute("SELECT prompt_id FROM dim_prompts ORDER BY 1").to_arrow_table()
    for batch in ids.to_batches(max_chunksize=_BATCH):
        vectors = chance.standard_normal((len(batch), encoder.dimension), dtype=np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        embedding = pa.FixedSizeListArray.from_arrays(pa.array(vectors.ravel()), encoder.dimension)
        made = pa.table({"prompt_id": batch.column(0), "embedding": embedding})  # noqa: F841
        connection.execute(
            "INSERT INTO ftr_prompt_embeddings BY NAME SELECT prompt_id, embedding, ? AS model,"
            " ? AS revision, 'bench' AS mlflow_run_id FROM made",
            [encoder.model, encoder.revision],
        )


def _statements() -> tuple[str, ...]:
    def one_of(values: tuple[str, ...], part: int) -> str:
        """One of the values, by a hash of the prompt's id."""
        texts = ", ".join(f"'{value}'" for value in values)
        return f"list_extract([{texts}], 1 + (hash(prompt_id, {part}) % {len(values)})::INTEGER)"

    return (
        "INSERT INTO ftr_prompt_labels BY NAME SELECT prompt_id,"
        f" {one_of(DOMAINS, 1)} AS domain, {one_of(ART_STYLES, 2)} AS art_style,"
        f" {one_of(MOODS, 3)} AS mood, 1 + (hash(prompt_id, 4) % 5)::INTEGER AS complexity_score,"
        " hash(prompt_id, 5) % 50 = 0 AS has_nsfw_intent FROM dim_prompts",
        "INSERT INTO ftr_prompt_clusters BY NAME SELECT prompt_id,"
        f" (hash(prompt_id, 6) % {CLUSTERS})::INTEGER AS cluster_id,"
        f" {_place('cos', 7)} AS x, {_place('sin', 8)} AS y FROM dim_prompts",
        "INSERT INTO dim_clusters BY NAME SELECT i AS cluster_id, 'cluster ' || i AS title,"
        f" IF(i < {CLUSTERS}, {CLUSTERS} + i % {GROUPS}, NULL) AS parent_id,"
        f" IF(i < {CLUSTERS}, 1, 0) AS level, 1000 AS prompt_count"
        f" FROM range({CLUSTERS + GROUPS}) r(i)",
    )


def _place(direction: str, part: int) -> str:
    """A coordinate near the middle of the cluster; the middles lie along a spiral."""
    middle = f"0.9 * sqrt(cluster_id / {CLUSTERS}) * {direction}(2.4 * cluster_id)"
    return f"{middle} + 0.1 * (hash(prompt_id, {part}) % 1000 / 1000 - 0.5)"


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
    return int(row[0]) if row else 0


def data_root(text: str) -> Path:
    """A published root, given by hand.

    Raises:
        ValueError: There is no CURRENT.
    """
    root = Path(text).resolve()
    if not (root / "CURRENT").is_file():
        message = f"{root} holds no CURRENT; give a published root such as data/published."
        raise ValueError(message)
    return root
