"""Whether the words of a prompt seek sexual, gory or hateful content.

Two things are told apart: the intent in the words, which is rare, and the risk that a picture made
from the prompt is flagged, which a classifier learns from flags. The lexicon decides the intent;
the classifier, where it was trained, adds the prompts whose risk is so high that words alone can
explain it, and says how sure the rest is.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from genai_session_analyzer.pipelines.enrichment.labels.evidence import Array
from genai_session_analyzer.pipelines.enrichment.labels.lexicon import Mention

INTENT_COUNTS = ("evident", "suggestive")


class IntentRules(BaseModel):
    """When words show an intent, and how likely there is one (read by eye on 10,000 prompts).

    Attributes:
        suggestive_words: So many suggestive words count as evident.
        likely_evident: Probability of an intent where words are evident.
        likely_suggestive: The same where they only suggest it.
        likely_silent: The same where no word says so.
        flag_risk_above: From this risk of a flag on, the classifier alone decides.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    suggestive_words: int = Field(ge=1)
    likely_evident: float = Field(ge=0, le=1)
    likely_suggestive: float = Field(ge=0, le=1)
    likely_silent: float = Field(ge=0, le=1)
    flag_risk_above: float = Field(ge=0, le=1)


def intent_counts(mentions: Sequence[Sequence[Mention]]) -> Array:
    """Return log(1 + count) of evident and of suggestive words, shape (prompts, 2)."""
    kinds = [
        [each.meaning.kind for each in found if each.meaning.field == "intent"]
        for found in mentions
    ]
    numbers = [(each.count("synonym"), each.count("hint")) for each in kinds]
    return np.asarray(np.log1p(np.array(numbers, dtype=float).reshape(-1, len(INTENT_COUNTS))))


def decide_intent(
    counts: Array, rules: IntentRules, risks: Array | None
) -> tuple[NDArray[np.bool_], Array]:
    """Return per prompt whether there is an intent, and the probability that this is right.

    Args:
        counts: As `intent_counts` returns them.
        rules: What counts as an intent.
        risks: As `NsfwClassifier.risks` returns them; None where there is no classifier.
    """
    evident = (counts[:, 0] > 0) | (counts[:, 1] >= np.log1p(rules.suggestive_words))
    likely = np.where(
        evident,
        rules.likely_evident,
        np.where(counts[:, 1] > 0, rules.likely_suggestive, rules.likely_silent),
    )
    if risks is not None:
        evident = evident | (risks >= rules.flag_risk_above)
        likely = np.where(evident, np.maximum(likely, rules.likely_evident), likely)
    return evident, np.where(evident, likely, 1 - likely)
