"""Labels of the embedded corpus against what its prompts were made to mean; for grading only."""

from collections.abc import Mapping

import ibis.expr.types as ir

from genai_session_analyzer.insights.label_scores import Interval, wilson

MEANT_FIELDS = {"domain": "meant_domain", "art_style": "meant_art_style", "mood": "meant_mood"}
"""Fields of a label, and the columns of `simulation_prompts` that say what was meant."""


def grade_labels(
    ftr_prompt_labels: ir.Table, simulation_prompts: ir.Table
) -> Mapping[str, Interval]:
    """Return per field the share of right labels, among prompts whose meaning is known.

    Args:
        ftr_prompt_labels: One row per prompt; those without a label count as wrong.
        simulation_prompts: The truth, joined one-to-one by `prompt_id`.

    Returns:
        Domain, art_style and mood, each with its 95 % Wilson interval; a field is left out where
        nothing was meant.
    """
    pairs = simulation_prompts.inner_join(ftr_prompt_labels, "prompt_id")
    measures = {}
    for field, meant in MEANT_FIELDS.items():
        if meant in simulation_prompts.columns:
            known = pairs[meant].notnull()
            measures[f"{field}_rows"] = known.sum().fill_null(0)
            right = (pairs[field] == pairs[meant]).fill_null(False) & known
            measures[f"{field}_right"] = right.sum().fill_null(0)
    row = pairs.aggregate(**measures).to_pyarrow().to_pylist()[0]
    return {
        field: wilson(row[f"{field}_right"] / row[f"{field}_rows"], row[f"{field}_rows"])
        for field in MEANT_FIELDS
        if row.get(f"{field}_rows")
    }
