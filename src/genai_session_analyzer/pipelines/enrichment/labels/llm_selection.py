"""Which prompts a language model is asked about: as few as wanted, always the same ones."""

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from genai_session_analyzer.pipelines.enrichment.labels.llm_parameters import (
    LanguageModelLabelParameters,
)


def selected_prompts(
    dim_prompts: ir.Table, first_labels: ir.Table, wanted: LanguageModelLabelParameters
) -> pa.Table:
    """Return prompt_id and prompt_text of the prompts to ask about, in the order of asking.

    A sample is drawn by a hash of the id, so that more prompts are a larger sample of the same
    draw, whatever else the table holds. The unsure come with the least sure first.

    Args:
        dim_prompts: One row per prompt, key prompt_id.
        first_labels: Labeler 1's, one row per prompt, key prompt_id.
        wanted: How many of which.

    Returns:
        At most `max_prompts` rows; none for `none`.
    """
    texts = dim_prompts.select("prompt_id", "prompt_text")
    if wanted.select == "none":
        return texts.limit(0).to_pyarrow()
    if wanted.select == "unsure":
        return _unsure(texts, first_labels, wanted).to_pyarrow()
    draw = (ibis.literal(f"{wanted.sample_seed}/") + texts.prompt_id).hexdigest("md5")
    drawn = texts.order_by(draw, "prompt_id").limit(wanted.max_prompts)
    return drawn.to_pyarrow()


def _unsure(
    texts: ir.Table, first_labels: ir.Table, wanted: LanguageModelLabelParameters
) -> ir.Table:
    confidences = [
        first_labels[f"{field}_confidence"].fill_null(0.0) for field in wanted.unsure_fields
    ]
    least = ibis.least(*confidences, ibis.literal(1.0))
    rated = first_labels.select("prompt_id", least=least)
    unsure = rated.filter(rated.least < wanted.unsure_below)
    ranked = texts.join(unsure, "prompt_id").order_by("least", "prompt_id")
    return ranked.limit(wanted.max_prompts).select("prompt_id", "prompt_text")
