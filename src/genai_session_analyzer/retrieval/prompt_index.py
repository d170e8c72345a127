"""What is known of each prompt besides its vector: text, labels, cluster, safety, picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from genai_session_analyzer.retrieval.coded_column import CodedColumn, Mask, coded
from genai_session_analyzer.retrieval.conditions import PROMPT_COLUMNS
from genai_session_analyzer.semantic import Filter

_LABELS = ("domain", "art_style", "mood", "complexity_score", "has_nsfw_intent")
_SCORES = ("image_nsfw", "prompt_nsfw")


@dataclass(frozen=True)
class PromptIndex:
    """The prompts that have a vector, in the order of the vectors.

    Attributes:
        facts: prompt_id, prompt_text, the labels, cluster_id, image_path, thumbnail_path.
        columns: The coded columns.
        is_unsafe: Whether words or pictures were found unsafe.
    """

    facts: pa.Table
    columns: Mapping[str, CodedColumn]
    is_unsafe: Mask

    @property
    def ids(self) -> pa.ChunkedArray:
        """The prompts' ids."""
        return self.facts["prompt_id"]

    def passing(self, conditions: Sequence[Filter]) -> Mask:
        """Return which prompts pass all conditions, shape (prompts,)."""
        passes = np.ones(len(self.facts), dtype=np.bool_)
        for each in conditions:
            passes &= self.columns[each.dimension].passes(each)
        return passes

    def numbers_of(self, prompt_ids: Sequence[str]) -> Mask:
        """Return which prompts have one of the ids, shape (prompts,)."""
        wanted = pa.array(prompt_ids, type=pa.string())
        return np.asarray(pc.is_in(self.ids, value_set=wanted).to_numpy())


def load_prompts(tables: Mapping[str, ir.Table], ids: pa.Array, nsfw_from: float) -> PromptIndex:
    """Return the prompts of these ids, in their order.

    Args:
        tables: dim_prompts, fct_generations, ftr_prompt_labels, ftr_prompt_clusters and
            ftr_image_embeddings.
        ids: Prompts with a vector.
        nsfw_from: Scores from which a prompt or picture counts as unsafe.
    """
    facts = _in_order(_prompts(tables), ids)
    unsafe = _with_unsafe_scores(tables["fct_generations"], nsfw_from)
    by_score = pc.is_in(facts["prompt_id"], value_set=unsafe)
    is_unsafe = pc.or_(by_score, pc.fill_null(facts["has_nsfw_intent"], False))
    columns = {name: coded(facts[name]) for name in PROMPT_COLUMNS}
    return PromptIndex(facts, columns, np.asarray(is_unsafe.to_numpy()))


def _prompts(tables: Mapping[str, ir.Table]) -> pa.Table:
    """One row per prompt; the joins are many-to-one by prompt_id."""
    prompts = tables["dim_prompts"].select("prompt_id", "prompt_text")
    labels = tables["ftr_prompt_labels"].select("prompt_id", *_LABELS)
    clusters = tables["ftr_prompt_clusters"].select("prompt_id", "cluster_id")
    images = tables["ftr_image_embeddings"]
    first_images = images.group_by("prompt_id").aggregate(
        image_path=images.image_path.min(),
        thumbnail_path=images.thumbnail_path.argmin(images.image_path),
    )
    joined = prompts
    for each in (labels, clusters, first_images):
        joined = joined.left_join(each, "prompt_id").drop("prompt_id_right")
    return joined.to_pyarrow()


def _in_order(prompts: pa.Table, ids: pa.Array) -> pa.Table:
    places = pc.index_in(ids, value_set=prompts["prompt_id"].combine_chunks())
    ordered = prompts.take(places).combine_chunks()
    place = ordered.column_names.index("prompt_id")
    return ordered.set_column(place, "prompt_id", ids)


def _with_unsafe_scores(generations: ir.Table, nsfw_from: float) -> pa.Array:
    is_unsafe = ibis.or_(*(generations[score] >= nsfw_from for score in _SCORES))
    found = generations.filter(is_unsafe).select("prompt_id").distinct().to_pyarrow()
    return found["prompt_id"].combine_chunks()
