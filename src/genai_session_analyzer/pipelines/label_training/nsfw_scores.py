"""The NSFW classifier against a baseline, on the prompts of users that neither has seen."""

from dataclasses import dataclass

import numpy as np

from genai_session_analyzer.embedding import TextEncoder
from genai_session_analyzer.insights.label_scores import (
    Interval,
    average_precision,
    bootstrap,
    roc_auc,
)
from genai_session_analyzer.pipelines.enrichment.labels.evidence import Array
from genai_session_analyzer.pipelines.enrichment.labels.nsfw_classifier import NsfwClassifier
from genai_session_analyzer.pipelines.enrichment.labels.words import split_words
from genai_session_analyzer.pipelines.label_training.flagged_prompts import (
    FlaggedPrompts,
    Parts,
    some_prompts,
)
from genai_session_analyzer.pipelines.label_training.nsfw_training import embed
from genai_session_analyzer.pipelines.label_training.parameters import NsfwParameters


@dataclass(frozen=True)
class NsfwScores:
    """AUC and average precision, each with an interval over users; `gain` is over the baseline."""

    prompt_count: int
    flagged_share: float
    auc: Interval
    average_precision: Interval
    baseline_auc: Interval
    baseline_average_precision: Interval
    auc_gain: Interval

    def as_metrics(self) -> dict[str, float]:
        """Return the estimates by name."""
        return {
            name: float(each.value if isinstance(each, Interval) else each)
            for name, each in vars(self).items()
        }


def score_classifier(
    classifier: NsfwClassifier, parts: Parts, encoder: TextEncoder, nsfw: NsfwParameters
) -> NsfwScores:
    """Return how well flags of held-out users' pictures are told from their prompts.

    The baseline is TF-IDF of words and pairs with a logistic regression, fitted on everybody else.
    """
    held_out = some_prompts(parts.held_out, nsfw.max_held_out, flagged_first=False)
    words = [split_words(text) for text in held_out.texts]
    risks = classifier.risks(words, embed(encoder, held_out.texts))
    baseline = baseline_scores(parts, held_out)
    flags = held_out.is_flagged
    _, users = np.unique(held_out.users.astype(str), return_inverse=True)

    def interval(measure: str, scores: Array, other: Array | None = None) -> Interval:
        score = {"auc": roc_auc, "ap": average_precision}[measure]
        return bootstrap(
            lambda rows: (
                score(scores[rows], flags[rows])
                - (score(other[rows], flags[rows]) if other is not None else 0.0)
            ),
            users,
            nsfw.bootstrap_rounds,
            nsfw.seed,
        )

    return NsfwScores(
        prompt_count=len(held_out),
        flagged_share=float(flags.mean()),
        auc=interval("auc", risks),
        average_precision=interval("ap", risks),
        baseline_auc=interval("auc", baseline),
        baseline_average_precision=interval("ap", baseline),
        auc_gain=interval("auc", risks, baseline),
    )


def baseline_scores(parts: Parts, held_out: FlaggedPrompts) -> Array:
    """Return the baseline's score of each held-out prompt."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    texts = np.concatenate([parts.fitting.texts, parts.mixing.texts])
    flags = np.concatenate([parts.fitting.is_flagged, parts.mixing.is_flagged])
    rarest = min(3, max(1, len(texts) // 100))
    vectorizer = TfidfVectorizer(
        ngram_range=(1, 2), min_df=rarest, sublinear_tf=True, max_features=100_000
    )
    model = LogisticRegression(solver="liblinear", random_state=0)
    model.fit(vectorizer.fit_transform(texts), flags)
    return np.asarray(model.decision_function(vectorizer.transform(held_out.texts)))
