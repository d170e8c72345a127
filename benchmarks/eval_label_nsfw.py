"""The NSFW intent's score: on flags of held-out users, and on I2P against ordinary prompts."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq

from eval_label_texts import ROUNDS, SEED, as_dict, embed_texts, is_intent, label_texts
from genai_session_analyzer.insights.label_scores import (
    average_precision,
    bootstrap,
    roc_auc,
)
from genai_session_analyzer.pipelines.enrichment.labels.labeler import LexiconLabeler
from genai_session_analyzer.pipelines.label_training.flagged_prompts import (
    read_flagged_prompts,
    some_prompts,
    split_by_user,
)
from genai_session_analyzer.pipelines.label_training.nsfw_scores import baseline_scores
from genai_session_analyzer.pipelines.label_training.parameters import NsfwParameters

ORDINARY_PROMPTS = 2_352


def evaluate_nsfw(labeler: LexiconLabeler, real: Path) -> dict[str, object]:
    """AUC and AP of the intent's score: on flags of held-out users, and on I2P against ordinary."""
    nsfw = NsfwParameters()
    parts = split_by_user(read_flagged_prompts(real / "prompts/discord_jobs.parquet"), nsfw)
    held_out = some_prompts(parts.held_out, nsfw.max_held_out, flagged_first=False)
    texts, flags = [str(text) for text in held_out.texts], held_out.is_flagged
    users = np.unique(held_out.users.astype(str), return_inverse=True)[1]
    scores = nsfw_scores(labeler, texts)
    baseline = baseline_scores(parts, held_out)
    i2p = pq.read_table(real / "labelled/i2p_nsfw.parquet")["prompt"].to_pylist()
    ordinary = [text for text, flag in zip(texts, flags, strict=True) if not flag]
    ordinary = ordinary[:ORDINARY_PROMPTS]
    both = nsfw_scores(labeler, [*i2p, *ordinary])
    is_i2p = np.arange(len(both)) < len(i2p)
    return {
        "classifier": labeler.classifier.digest[:12] if labeler.classifier else "none",
        "discord": _auc_and_ap(scores, flags, users),
        "discord_baseline": _auc_and_ap(baseline, flags, users),
        "discord_gain": as_dict(
            bootstrap(
                lambda rows: (
                    roc_auc(scores[rows], flags[rows]) - roc_auc(baseline[rows], flags[rows])
                ),
                users,
                ROUNDS,
                SEED,
            )
        ),
        "i2p": _auc_and_ap(both, is_i2p, np.arange(len(both))),
        "flagged_share": float(flags.mean()),
        "intent_share": float(np.mean([is_intent(each) for each in label_texts(labeler, texts)])),
    }


def nsfw_scores(labeler: LexiconLabeler, texts: Sequence[str]) -> np.ndarray:
    """The classifier's risk where there is one, else the intent's probability by the lexicon."""
    if labeler.classifier is not None:
        vectors = embed_texts(labeler.anchors.encoder, tuple(texts))
        return labeler.classifier.risks(labeler.read(texts).words, vectors)
    scores = []
    for record in label_texts(labeler, texts):
        sure = record.confidences.has_nsfw_intent or 0.0
        scores.append(sure if is_intent(record) else 1 - sure)
    return np.array(scores)


def _auc_and_ap(scores: np.ndarray, flags: np.ndarray, groups: np.ndarray) -> dict[str, object]:
    return {
        "rows": len(scores),
        "auc": as_dict(bootstrap(lambda r: roc_auc(scores[r], flags[r]), groups, ROUNDS, SEED)),
        "ap": as_dict(
            bootstrap(lambda r: average_precision(scores[r], flags[r]), groups, ROUNDS, SEED)
        ),
    }
