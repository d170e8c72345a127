"""Builds to measure the dashboard over: the default run, and a million made-up generations."""

from pathlib import Path

import duckdb

from genai_session_analyzer.schema.values import ART_STYLES, DOMAINS, MOODS
from genai_session_analyzer.warehouse.builds import build_file, current_build
from genai_session_analyzer.warehouse.fingerprint import sha256_of
from kedro_project import copy_project, run_kedro

CLUSTERS, GROUPS = 60, 9


def default_build(folder: Path, rows: int) -> Path:
    """Runs the whole default pipeline on so many generations; the published root."""
    project = copy_project(folder / f"project-{rows}")
    run_kedro(project, "--params", f"corpus.generation_count={rows}")
    return project / "data" / "published"


def labelled_build(folder: Path, rows: int) -> Path:
    """Runs `core` on so many generations, then makes up labels and clusters of their prompts.

    The labels are drawn from the hash of the prompt's id: their kinds and their number are those of
    a real build, nothing else. There are no embeddings, so there is no gallery.
    """
    project = copy_project(folder / f"project-{rows}")
    run_kedro(project, "--pipeline=core", "--params", f"corpus.generation_count={rows}")
    root = project / "data" / "published"
    add_labels(root)
    return root


def add_labels(root: Path) -> None:
    """Adds made-up labels and clusters to the current build, which nobody may have open."""
    build = current_build(root)
    file = build_file(root, build.id)
    file.chmod(0o644)
    with duckdb.connect(file) as connection:
        connection.execute("SET threads = 2")
        for statement in _statements():
            connection.execute(statement)
        counts = {name: _count(connection, name) for name in build.rows}
        connection.execute("CHECKPOINT")
    file.chmod(0o444)
    labelled = build.model_copy(update={"rows": counts, "sha256": sha256_of(file)})
    for place in (root / "CURRENT", file.with_name("build.json")):
        place.chmod(0o644)
        place.write_bytes(labelled.to_json())


def _statements() -> tuple[str, ...]:
    def one_of(values: tuple[str, ...], part: int) -> str:
        texts = ", ".join(f"'{value}'" for value in values)
        return f"list_extract([{texts}], 1 + (hash(prompt_id, {part}) % {len(values)})::INTEGER)"

    return (
        "INSERT INTO ftr_prompt_labels BY NAME SELECT prompt_id,"
        f" {one_of(DOMAINS, 1)} AS domain, {one_of(ART_STYLES, 2)} AS art_style,"
        f" {one_of(MOODS, 3)} AS mood, 1 + (hash(prompt_id, 4) % 5)::INTEGER AS complexity_score,"
        " hash(prompt_id, 5) % 50 = 0 AS has_nsfw_intent FROM dim_prompts",
        "INSERT INTO ftr_prompt_clusters BY NAME SELECT prompt_id,"
        f" (hash(prompt_id, 6) % {CLUSTERS})::INTEGER AS cluster_id FROM dim_prompts",
        "INSERT INTO dim_clusters BY NAME SELECT i AS cluster_id, 'cluster ' || i AS title,"
        f" IF(i < {CLUSTERS}, {CLUSTERS} + i % {GROUPS}, NULL) AS parent_id,"
        f" IF(i < {CLUSTERS}, 1, 0) AS level, 1000 AS prompt_count"
        f" FROM range({CLUSTERS + GROUPS}) r(i)",
    )


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
