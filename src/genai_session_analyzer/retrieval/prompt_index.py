"""What is known of each prompt besides its vector: text, labels, cluster, safety, picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from genai_session_analyzer.retrieval.conditions import PROMPT_COLUMNS
from genai_session_analyzer.semantic import Filter
from genai_session_analyzer.semantic.coded_column import CodedColumn, Mask, coded

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

    The columns are put side by side here: a join of a million texts in DuckDB takes 300 MB more.

    Args:
        tables: dim_prompts, fct_generations, ftr_prompt_labels, ftr_prompt_clusters and
            ftr_image_embeddings.
        ids: Prompts with a vector.
        nsfw_from: Scores from which a prompt or picture counts as unsafe.
    """
    facts = pa.table({"prompt_id": ids})
    for each in _columns(tables):
        facts = _beside(facts, each.to_pyarrow())
    unsafe = _with_unsafe_scores(tables["fct_generations"], nsfw_from)
    by_score = pc.is_in(facts["prompt_id"], value_set=unsafe)
    is_unsafe = pc.or_(by_score, pc.fill_null(facts["has_nsfw_intent"], False))
    columns = {name: coded(facts[name]) for name in PROMPT_COLUMNS}
    return PromptIndex(facts, columns, np.asarray(is_unsafe.to_numpy()))


def _columns(tables: Mapping[str, ir.Table]) -> tuple[ir.Table, ...]:
    """What is kept of each table: one row per prompt."""
    images = tables["ftr_image_embeddings"]
    return (
        tables["dim_prompts"].select("prompt_id", "prompt_text"),
        tables["ftr_prompt_labels"].select("prompt_id", *_LABELS),
        tables["ftr_prompt_clusters"].select("prompt_id", "cluster_id"),
        images.group_by("prompt_id").aggregate(
            image_path=images.image_path.min(),
            thumbnail_path=images.thumbnail_path.argmin(images.image_path),
        ),
    )


def _beside(facts: pa.Table, more: pa.Table) -> pa.Table:
    """The facts with the other columns of `more`, null where it has no such prompt."""
    known = more["prompt_id"].combine_chunks()
    places = pc.index_in(facts["prompt_id"], value_set=known).combine_chunks()
    for name in more.column_names[1:]:
        facts = facts.append_column(name, more[name].combine_chunks().take(places))
    return facts


def _with_unsafe_scores(generations: ir.Table, nsfw_from: float) -> pa.Array:
    is_unsafe = ibis.or_(*(generations[score] >= nsfw_from for score in _SCORES))
    found = generations.filter(is_unsafe).select("prompt_id").distinct().to_pyarrow()
    return found["prompt_id"].combine_chunks()
