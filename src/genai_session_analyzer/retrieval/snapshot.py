"""Everything the search needs of one build, in memory; never changed, so any thread may read it."""

from dataclasses import dataclass

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc
from ibis.backends.duckdb import Backend

from genai_session_analyzer.retrieval.generation_index import GenerationIndex, load_generations
from genai_session_analyzer.retrieval.image_index import ImageIndex, load_images
from genai_session_analyzer.retrieval.prompt_facts import Facts, whole_facts
from genai_session_analyzer.retrieval.prompt_index import PromptIndex, load_prompts
from genai_session_analyzer.retrieval.result import GroupFacts
from genai_session_analyzer.retrieval.stored_vectors import (
    EncoderName,
    Report,
    VectorColumn,
    encoder_of,
    read_vectors,
)
from genai_session_analyzer.retrieval.vector_index import VectorIndex
from genai_session_analyzer.warehouse.open_build import OpenBuild

_ENRICH = "Run `make run`, or `kedro run --pipeline=enrichment` and then publish."
_TABLES = (
    "dim_prompts",
    "dim_clusters",
    "fct_generations",
    "ftr_prompt_embeddings",
    "ftr_prompt_labels",
    "ftr_prompt_clusters",
    "ftr_image_embeddings",
)


@dataclass(frozen=True)
class Snapshot:
    """One build, ready to be searched.

    Attributes:
        opened: The build, for facts of the generations found.
        encoder: What made the prompts' vectors.
        vectors: The prompts' vectors.
        prompts: The prompts, in the order of the vectors.
        generations: The generations, reduced to what filters ask.
        images: The pictures; None = there are none.
        cluster_titles: By cluster_id.
        whole: Facts of the whole build.
    """

    opened: OpenBuild
    encoder: EncoderName
    vectors: VectorIndex
    prompts: PromptIndex
    generations: GenerationIndex
    images: ImageIndex | None
    cluster_titles: dict[int, str]
    whole: GroupFacts


def load_snapshot(opened: OpenBuild, nsfw_from: float, report: Report) -> Snapshot:
    """Return the build, read into memory.

    Raises:
        ModelError: It has no vectors, or those of several encoders.
    """
    tables = _tables(opened.backend())
    column = VectorColumn(tables["ftr_prompt_embeddings"], "prompt_id", "embedding", _ENRICH)
    encoder = encoder_of(column)
    ids, vectors = read_vectors(column, report)
    prompts = load_prompts(tables, ids, nsfw_from)
    return Snapshot(
        opened=opened,
        encoder=encoder,
        vectors=vectors,
        prompts=prompts,
        generations=load_generations(tables["fct_generations"], ids),
        images=load_images(tables["ftr_image_embeddings"], ids),
        cluster_titles=_cluster_titles(tables["dim_clusters"]),
        whole=facts_of_group(whole_facts(tables["fct_generations"]), prompts.facts["art_style"]),
    )


def facts_of_group(measured: Facts, art_styles: pa.ChunkedArray) -> GroupFacts:
    """Return the facts of a group of prompts.

    Args:
        measured: The measures of their generations.
        art_styles: Their style labels.
    """
    known = art_styles.filter(pc.not_equal(art_styles, "unknown")).drop_null()
    styles = sorted(
        ((each["counts"], each["values"]) for each in pc.value_counts(known).to_pylist()),
        key=lambda style: (-style[0], style[1]),
    )
    return GroupFacts(
        prompt_count=len(art_styles),
        **measured,
        top_style=styles[0][1] if styles else None,
        top_style_count=styles[0][0] if styles else 0,
        styled_count=len(known),
    )


def _tables(backend: Backend) -> dict[str, ir.Table]:
    return {name: backend.table(name) for name in _TABLES}


def _cluster_titles(clusters: ir.Table) -> dict[int, str]:
    of_prompts = clusters.filter(clusters.level == 1).select("cluster_id", "title").to_pyarrow()
    return dict(
        zip(*(of_prompts[name].to_pylist() for name in of_prompts.column_names), strict=True)
    )
