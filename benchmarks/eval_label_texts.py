"""The labeler as it ships, and texts through it."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np

from genai_session_analyzer.embedding import TextEncoder, TextEncoderSettings, text_encoder
from genai_session_analyzer.insights.label_scores import Interval
from genai_session_analyzer.pipelines.enrichment.labels.calibration import load_calibration
from genai_session_analyzer.pipelines.enrichment.labels.labeler import LexiconLabeler
from genai_session_analyzer.pipelines.enrichment.labels.nsfw_classifier import (
    load_nsfw_classifier,
)
from genai_session_analyzer.pipelines.enrichment.labels.prompt_label import LabelRecord
from genai_session_analyzer.pipelines.enrichment.labels.similarity_evidence import LabelAnchors
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import load_taxonomy

ROUNDS = 300
SEED = 0


def shipped_labeler(classifier_file: Path) -> LexiconLabeler:
    """Labeler 1 as it ships, with the NSFW classifier where it was trained on this encoder."""
    encoder = text_encoder(TextEncoderSettings())
    classifier = load_nsfw_classifier(classifier_file)
    if classifier is not None:
        classifier.check_encoder(encoder)
    return LexiconLabeler(LabelAnchors(load_taxonomy(), encoder), load_calibration(), classifier)


@lru_cache(maxsize=16)
def embed_texts(encoder: TextEncoder, texts: tuple[str, ...]) -> np.ndarray:
    """The texts' vectors, once."""
    return encoder.encode(texts)


def label_texts(labeler: LexiconLabeler, texts: Sequence[str]) -> list[LabelRecord]:
    """The texts' records."""
    return labeler.label(texts, embed_texts(labeler.anchors.encoder, tuple(texts)))


def values(record: LabelRecord) -> dict[str, str]:
    """The label's values as texts."""
    if record.label is None:
        raise ValueError("labeler 1 labels every prompt")
    return {name: str(value) for name, value in record.label.model_dump().items()}


def is_intent(record: LabelRecord) -> bool:
    """Whether the record says there is an intent."""
    return record.label is not None and record.label.has_nsfw_intent


def as_dict(interval: Interval) -> dict[str, float]:
    """The interval as JSON."""
    return {"value": interval.value, "low": interval.low, "high": interval.high}
