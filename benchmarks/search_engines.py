"""Engines a search could stand on: each builds from vectors and answers under a filter.

Those of packages that are not installed are left out: usearch, faiss-cpu, lancedb,
duckdb-extension-vss (`pip install --target FOLDER` and PYTHONPATH).
"""

import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from genai_session_analyzer.retrieval.quantised_index import quantised_index
from genai_session_analyzer.retrieval.vector_index import exact_index
from search_data import Mask, Vectors

Numbers = NDArray[np.int64]
Search = Callable[[Vectors, Mask, int], Numbers]
_BATCH = 16_384
_RESCORED = 256


def _batches(vectors: Vectors) -> Any:
    return (np.array(vectors[at : at + _BATCH]) for at in range(0, len(vectors), _BATCH))


def float32_scan(vectors: Vectors) -> Search:
    """NumPy: every vector as float32."""
    index = exact_index(_batches(vectors))
    return lambda query, passing, k: index.nearest(query, passing, k)[0]


def int8_rescored(vectors: Vectors) -> Search:
    """Torch: 8-bit products, the best again with 15 bits: what the package uses."""
    index = quantised_index(_batches(vectors), len(vectors))
    return lambda query, passing, k: index.nearest(query, passing, k)[0]


def binary_rescored(vectors: Vectors) -> Search:
    """NumPy: signs by Hamming distance, the best 4,000 again as float16."""
    words = np.empty((vectors.shape[1] // 64, len(vectors)), dtype=np.uint64)
    halves = np.empty(vectors.shape, dtype=np.float16)
    at = 0
    for batch in _batches(vectors):
        rows = slice(at, at + len(batch))
        words[:, rows] = np.packbits(batch > 0, axis=1).view(np.uint64).T
        halves[rows], at = batch, rows.stop

    def search(query: Vectors, passing: Mask, k: int) -> Numbers:
        distance = np.zeros(len(halves), dtype=np.uint16)
        asked = np.packbits(query > 0).view(np.uint64)
        for own, other in zip(words, asked, strict=True):
            distance += np.bitwise_count(own ^ other)
        distance[~passing] = 9999
        near = np.argpartition(distance, 4000)[:4000]
        near = near[passing[near]]
        scores = halves[near].astype(np.float32) @ query
        return np.asarray(near[np.argsort(-scores)[:k]])

    return search


def usearch_int8(vectors: Vectors) -> Search:
    """usearch: exact search over 8-bit vectors; a filter copies what passes."""
    from usearch.index import MetricKind, search  # noqa: PLC0415

    index = quantised_index(_batches(vectors), len(vectors))
    signs = np.clip(np.rint(index.coarse * 2.0), -127, 127).astype(np.int8)

    def find(query: Vectors, passing: Mask, k: int) -> Numbers:
        numbers = np.flatnonzero(passing)
        chosen = signs if len(numbers) == len(signs) else signs[numbers]
        asked = np.rint(query * (127 / np.abs(query).max())).astype(np.int8)
        count = min(_RESCORED, len(numbers))
        near = search(chosen, asked, count, MetricKind.Cos, exact=True, threads=2).keys
        near = numbers[np.asarray(near, dtype=np.int64)]
        scores = np.array(vectors[near]) @ query
        return np.asarray(near[np.argsort(-scores)[:k]])

    return find


def faiss_sq8(vectors: Vectors) -> Search:
    """faiss: 8-bit scalar quantiser, flat, filter by bitmap, best 256 again as float32."""
    import faiss  # noqa: PLC0415

    index = faiss.index_factory(vectors.shape[1], "SQ8", faiss.METRIC_INNER_PRODUCT)
    index.train(np.array(vectors[:20_000]))
    for batch in _batches(vectors):
        index.add(batch)

    def search(query: Vectors, passing: Mask, k: int) -> Numbers:
        bits = np.packbits(passing, bitorder="little")
        selector = faiss.IDSelectorBitmap(len(passing), faiss.swig_ptr(bits))
        parameters = faiss.SearchParameters(sel=selector)
        near = index.search(query[np.newaxis], _RESCORED, params=parameters)[1][0]
        near = near[near >= 0]
        scores = np.array(vectors[near]) @ query
        return np.asarray(near[np.argsort(-scores)[:k]])

    return search


def _duckdb(vectors: Vectors, folder: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(folder / "vectors.duckdb")
    connection.execute("SET threads = 2")
    drawn = np.random.default_rng(1).random(len(vectors))
    dimension, at = vectors.shape[1], 0
    connection.execute(f"CREATE TABLE v (id BIGINT, drawn DOUBLE, e FLOAT[{dimension}])")
    for batch in _batches(vectors):
        ids = np.arange(at, at + len(batch))
        column = pa.FixedSizeListArray.from_arrays(pa.array(batch.ravel()), dimension)
        rows = pa.table({"id": ids, "drawn": drawn[ids], "e": column})  # noqa: F841 (read by name)
        connection.execute("INSERT INTO v SELECT * FROM rows")
        at += len(batch)
    return connection


def _duckdb_search(connection: duckdb.DuckDBPyConnection) -> Search:
    def search(query: Vectors, passing: Mask, k: int) -> Numbers:
        share = round(float(passing.mean()), 2)
        where = "" if share == 1 else f"WHERE drawn < {share}"
        statement = (
            f"SELECT id FROM v {where} ORDER BY "
            f"array_cosine_distance(e, ?::FLOAT[{len(query)}]) LIMIT {k}"
        )
        found = connection.execute(statement, [query.tolist()]).fetchnumpy()
        return np.asarray(found["id"])

    return search


def duckdb_scan(vectors: Vectors) -> Search:
    """DuckDB: array_cosine_distance over all that pass."""
    return _duckdb_search(_duckdb(vectors, Path(tempfile.mkdtemp())))


def duckdb_hnsw(vectors: Vectors) -> Search:
    """DuckDB with vss: an HNSW index; a filter makes it scan."""
    import duckdb_extension_vss  # noqa: PLC0415

    connection = _duckdb(vectors, Path(tempfile.mkdtemp()))
    file = next(Path(duckdb_extension_vss.__file__).parent.rglob("*.duckdb_extension"))
    connection.execute(
        f"INSTALL '{file}'; LOAD vss; SET hnsw_enable_experimental_persistence = true"
    )
    connection.execute("CREATE INDEX near ON v USING HNSW (e) WITH (metric = 'cosine')")
    return _duckdb_search(connection)


def lancedb_flat(vectors: Vectors) -> Search:
    """LanceDB without an index: exact, the filter first."""
    import lancedb  # noqa: PLC0415

    drawn, dimension = np.random.default_rng(1).random(len(vectors)), vectors.shape[1]
    flat = pa.array(np.array(vectors).ravel())
    rows = pa.table(
        {
            "id": np.arange(len(vectors)),
            "drawn": drawn,
            "vector": pa.FixedSizeListArray.from_arrays(flat, dimension),
        }
    )
    table = lancedb.connect(tempfile.mkdtemp()).create_table("v", rows)

    def search(query: Vectors, passing: Mask, k: int) -> Numbers:
        asked = table.search(query).distance_type("dot").limit(k).select(["id"])
        share = round(float(passing.mean()), 2)
        if share < 1:
            asked = asked.where(f"drawn < {share}", prefilter=True)
        return np.asarray(asked.to_arrow()["id"].to_numpy())

    return search


ENGINES: dict[str, tuple[Callable[[Vectors], Search], str, int]] = {
    "float32 scan (NumPy)": (float32_scan, "numpy", 1_000_000),
    "int8 + rescoring (Torch)": (int8_rescored, "torch", 1_000_000),
    "binary + rescoring (NumPy)": (binary_rescored, "numpy", 1_000_000),
    "int8 + rescoring (usearch)": (usearch_int8, "usearch", 1_000_000),
    "SQ8 + rescoring (faiss)": (faiss_sq8, "faiss", 1_000_000),
    "DuckDB scan": (duckdb_scan, "duckdb", 1_000_000),
    "DuckDB HNSW": (duckdb_hnsw, "duckdb_extension_vss", 100_000),
    "LanceDB scan": (lancedb_flat, "lancedb", 1_000_000),
}
"""Maker, package it needs, most vectors it is measured on."""


def installed_engines() -> list[str]:
    """The engines whose packages are here."""
    return [name for name, (_, package, _) in ENGINES.items() if find_spec(package)]
