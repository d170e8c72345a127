"""Clusters and map of earlier runs, kept in the store of model results.

The store outlives the warehouse: an unchanged set of prompts is not worked again, and cluster ids
and places go on from the run before even where the warehouse was deleted.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pyarrow as pa

from genai_session_analyzer.errors import ResultStoreError
from genai_session_analyzer.model_results import Configuration, Outcome, ResultStore

_RESULT = "all prompts"


@dataclass(frozen=True)
class KeptTable:
    """A step's whole result: one table, some numbers about it, and the run that computed it."""

    table: pa.Table
    facts: Mapping[str, float]
    run_id: str


def kept_table(store: ResultStore, configuration: Configuration) -> KeptTable | None:
    """Return what was kept under that configuration; None where nothing was.

    Raises:
        ResultStoreError: The store cannot be read, or what it holds is damaged.
    """
    for batch in store.read(configuration):
        for row in batch.to_pylist():
            if row["content_id"] == _RESULT and row["payload"] is not None:
                return _as_result(row["payload"], row["run_id"])
    return None


def latest_table(store: ResultStore, history: Configuration) -> KeptTable | None:
    """Return the result at the end of the history; None where it is empty.

    Raises:
        ResultStoreError: The store cannot be read, or what it holds is damaged.
    """
    entries = _entries(store, history)
    return kept_table(store, _from_json(entries[-1])) if entries else None


def worked(
    store: ResultStore,
    configuration: Configuration,
    history: Configuration,
    work: Callable[[KeptTable | None], KeptTable],
) -> tuple[KeptTable, bool]:
    """Return what is kept under the configuration; worked, and kept, where nothing is.

    Killed in between, the next run finds what was kept and completes the history.

    Args:
        store: Where results are kept.
        configuration: Everything the result depends on but the run before.
        history: Under which results follow one another.
        work: Gets the result at the end of the history, None for the first.

    Returns:
        The result, and whether it was worked now.

    Raises:
        ResultStoreError: The store cannot be read or written, or what it holds is damaged.
    """
    kept = kept_table(store, configuration)
    result = kept or work(latest_table(store, history))
    if kept is None:
        _keep(store, configuration, result)
    _append(store, configuration, result.run_id, history)
    return result, kept is None


def _keep(store: ResultStore, configuration: Configuration, result: KeptTable) -> None:
    table = result.table.replace_schema_metadata({"facts": json.dumps(dict(result.facts))})
    store.keep(configuration, [Outcome(_RESULT, _as_bytes(table))], result.run_id)


def _append(
    store: ResultStore, configuration: Configuration, run_id: str, history: Configuration
) -> None:
    entries = _entries(store, history)
    entry = configuration.to_json()
    if not entries or entries[-1] != entry:
        place = f"{len(entries) + 1:08d}"
        store.keep(history, [Outcome(place, entry.encode())], run_id)


def _entries(store: ResultStore, history: Configuration) -> list[str]:
    """Configurations as JSON, oldest first: the store reads by ascending id."""
    return [
        payload.decode()
        for batch in store.read(history)
        for payload in batch.column("payload").to_pylist()
    ]


def _from_json(text: str) -> Configuration:
    content = json.loads(text)
    return Configuration(
        content["step"], content["model"], content["revision"], content["settings"]
    )


def _as_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    options = pa.ipc.IpcWriteOptions(compression="zstd")
    with pa.ipc.new_stream(sink, table.schema, options=options) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _as_result(payload: bytes, run_id: str) -> KeptTable:
    try:
        table = pa.ipc.open_stream(payload).read_all()
        facts = json.loads((table.schema.metadata or {})[b"facts"])
    except (pa.ArrowInvalid, OSError, KeyError, ValueError) as problem:
        raise ResultStoreError(
            f"A kept clustering cannot be read from the store of model results: {problem}. "
            "Move the store away and run again."
        ) from problem
    return KeptTable(table.replace_schema_metadata(None), facts, run_id)
