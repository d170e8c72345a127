"""Reading what `gallery_rows` holds from a build, column by column: a join would take more room."""

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from ibis.backends.duckdb import Backend
from numpy.typing import NDArray

from genai_session_analyzer.insights.gallery_rows import (
    DAY,
    MEASURED,
    OUTCOMES,
    OWN_DIMENSIONS,
    GalleryRows,
    GenerationRows,
    PromptRows,
)
from genai_session_analyzer.semantic.coded_column import CodedColumn, Mask, coded
from genai_session_analyzer.semantic.features import LABELLED_GENERATIONS, SESSION_COLUMNS
from genai_session_analyzer.semantic.view_filters import LABEL_DIMENSIONS

NO_CLUSTER = -1
SNIPPET_CHARACTERS = 90
_SHOWN = ("domain", "art_style", "mood")
_SCORES = ("image_nsfw", "prompt_nsfw")


def load_gallery_rows(backend: Backend) -> GalleryRows:
    """Return the prompts and generations of the build that is connected to.

    Some 200 bytes a prompt and 40 bytes a generation.
    """
    texts = backend.table("dim_prompts")
    snippet = texts.prompt_text.left(SNIPPET_CHARACTERS).replace("\n", " ")
    told = texts.select("prompt_id", snippet=snippet).order_by("prompt_id").to_pyarrow()
    ids = told["prompt_id"].combine_chunks()
    generations = backend.table("fct_generations")
    numbers = _places(generations.select("prompt_id").to_pyarrow()["prompt_id"], ids)
    scores = _unsafe_scores(generations, numbers, len(ids))
    return GalleryRows(_prompts(backend, told, scores), _generations(backend, numbers))


def _prompts(backend: Backend, told: pa.Table, scores: NDArray[np.float64]) -> PromptRows:
    ids = told["prompt_id"].combine_chunks()
    columns = ("domain", "art_style", "mood", "complexity_score", "has_nsfw_intent")
    labels = _beside(ids, backend.table("ftr_prompt_labels"), columns)
    clusters = _beside(ids, backend.table("ftr_prompt_clusters"), ("x", "y", "cluster_id"))
    facts = labels | clusters
    is_unsafe = pc.fill_null(facts["has_nsfw_intent"], False).to_numpy(zero_copy_only=False)
    table = pa.table(
        {
            "prompt_id": ids,
            "x": facts["x"],
            "y": facts["y"],
            "cluster_id": pc.fill_null(facts["cluster_id"], NO_CLUSTER),
            **{name: pc.dictionary_encode(facts[name]) for name in _SHOWN},
            "snippet": told["snippet"].combine_chunks(),
        }
    )
    return PromptRows(
        table=table,
        labels={name: coded(pa.chunked_array([facts[name]])) for name in LABEL_DIMENSIONS},
        unsafe_scores=np.where(is_unsafe, np.inf, scores),
        is_placed=np.asarray(facts["x"].is_valid().to_numpy(zero_copy_only=False)),
    )


def _generations(backend: Backend, numbers: NDArray[np.int64]) -> GenerationRows:
    generations = backend.table("fct_generations")
    own = [name for name in (DAY, *OWN_DIMENSIONS) if name not in SESSION_COLUMNS]
    columns = {name: coded(generations.select(name).to_pyarrow()[name]) for name in own}
    columns |= {name: _of_session(backend, name) for name in SESSION_COLUMNS}
    measured = generations.select(*MEASURED).to_pyarrow().combine_chunks()
    status = pc.dictionary_encode(measured["status"].combine_chunks())
    return GenerationRows(
        numbers=numbers,
        columns=columns,
        outcomes=_outcomes(generations, columns["status"]),
        measured=measured.set_column(0, "status", status),
    )


def _outcomes(generations: ir.Table, status: CodedColumn) -> dict[str, Mask]:
    """Which statuses a measure counts: those of whose generations it counts any."""
    counted = LABELLED_GENERATIONS.aggregate(generations, ("status",), OUTCOMES).to_pyarrow()
    flags = {name: np.zeros(len(status.numbers) + 1, dtype=np.bool_) for name in OUTCOMES}
    for row in counted.to_pylist():
        code = status.numbers.get(row["status"], len(status.numbers))
        for name in OUTCOMES:
            flags[name][code] = row[name] > 0
    return flags


def _of_session(backend: Backend, name: str) -> CodedColumn:
    """A column of the sessions, beside their generations."""
    ids = backend.table("fct_generations").select("session_id").to_pyarrow()["session_id"]
    sessions = backend.table("fct_sessions").select("session_id", name).to_pyarrow()
    places = pc.index_in(ids, value_set=sessions["session_id"].combine_chunks())
    return coded(pa.chunked_array([sessions[name].combine_chunks().take(places.combine_chunks())]))


def _unsafe_scores(
    generations: ir.Table, numbers: NDArray[np.int64], prompt_count: int
) -> NDArray[np.float64]:
    """Per prompt the greatest score of its generations."""
    greatest = np.full(prompt_count + 1, -np.inf)
    for name in _SCORES:
        scores = generations.select(name).to_pyarrow()[name]
        known = np.flatnonzero(scores.is_valid().to_numpy())
        np.maximum.at(greatest, numbers[known], scores.drop_null().to_numpy())
    return greatest[:-1]


def _beside(ids: pa.Array, table: ir.Table, names: tuple[str, ...]) -> dict[str, pa.Array]:
    """Columns of a table of prompts, in the order of the ids, null where it lacks a prompt."""
    rows = table.select("prompt_id", *names).to_pyarrow()
    places = pc.index_in(ids, value_set=rows["prompt_id"].combine_chunks())
    return {name: rows[name].combine_chunks().take(places) for name in names}


def _places(ids: pa.ChunkedArray, known: pa.Array) -> NDArray[np.int64]:
    """The place of each id among the known ones; their count where it is not among them."""
    places = pc.fill_null(pc.index_in(ids, value_set=known), len(known))
    return np.asarray(places.to_numpy(), dtype=np.int64)
