"""Labeler 1: words first, nearness of meaning behind them; no language model."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.pipelines.enrichment.labels.calibration import (
    DECIDED_FIELDS,
    DecidedField,
    LabelCalibration,
)
from genai_session_analyzer.pipelines.enrichment.labels.complexity import counts
from genai_session_analyzer.pipelines.enrichment.labels.evidence import Array, evidence
from genai_session_analyzer.pipelines.enrichment.labels.intent import (
    decide_intent,
    intent_counts,
)
from genai_session_analyzer.pipelines.enrichment.labels.lexicon import (
    Lexicon,
    Mention,
    build_lexicon,
)
from genai_session_analyzer.pipelines.enrichment.labels.nsfw_classifier import NsfwClassifier
from genai_session_analyzer.pipelines.enrichment.labels.phrases import stated, subject
from genai_session_analyzer.pipelines.enrichment.labels.prompt_label import (
    LABEL_FIELDS,
    Confidences,
    LabelRecord,
    PromptLabel,
)
from genai_session_analyzer.pipelines.enrichment.labels.similarity_evidence import LabelAnchors
from genai_session_analyzer.pipelines.enrichment.labels.table import LabelOrigin
from genai_session_analyzer.pipelines.enrichment.labels.words import PromptWords, split_words

LABELER = "lexicon"
RULES_VERSION = "2"
"""Version of the rules in code; to be raised where they label otherwise."""


@dataclass(frozen=True)
class ReadPrompts:
    """Prompts as words, and what they mention."""

    words: Sequence[PromptWords]
    mentions: Sequence[Sequence[Mention]]


@dataclass(frozen=True)
class LexiconLabeler:
    """Labels prompts that have embeddings; a prompt's label does not depend on those beside it.

    Attributes:
        anchors: What labels mean, in the space of the embeddings.
        calibration: The numbers by which evidence is weighed.
        classifier: Risk of a flagged picture; None: words alone decide the intent.
    """

    anchors: LabelAnchors
    calibration: LabelCalibration
    classifier: NsfwClassifier | None = None

    @cached_property
    def lexicon(self) -> Lexicon:
        """The taxonomy's and the shipped phrases."""
        return build_lexicon(self.anchors.taxonomy)

    @cached_property
    def settings(self) -> Mapping[str, str]:
        """What labels depend on besides the encoder; a change of any of it is a new labelling."""
        return {
            "taxonomy": self.anchors.taxonomy.digest,
            "lexicon": self.lexicon.digest,
            "calibration": self.calibration.digest,
            "classifier": self.classifier.digest if self.classifier else "",
            "rules": RULES_VERSION,
        }

    @cached_property
    def origin(self) -> LabelOrigin:
        """Where its labels come from."""
        encoder = self.anchors.encoder
        told = "\n".join(f"{name} {value}" for name, value in sorted(self.settings.items()))
        version = hashlib.sha256(told.encode()).hexdigest()
        return LabelOrigin(LABELER, encoder.model, encoder.revision, version)

    def read(self, prompts: Sequence[str]) -> ReadPrompts:
        """Return the prompts' words and what they mention."""
        words = [split_words(prompt) for prompt in prompts]
        return ReadPrompts(words, [self.lexicon.mentions(each) for each in words])

    def features(
        self, prompts: ReadPrompts, embeddings: NDArray[np.float32], field: DecidedField
    ) -> Array:
        """Return the evidence for each label of a field, shape (prompts, labels, FEATURES)."""
        labels = self.anchors.taxonomy.labels(field)
        features = evidence(prompts.words, prompts.mentions, field, labels)
        features[:, :, -2:] = self.anchors.similarities(embeddings, field)
        return features

    def label(self, prompts: Sequence[str], embeddings: NDArray[np.float32]) -> list[LabelRecord]:
        """Return one record per prompt, in their order.

        Args:
            prompts: Their texts.
            embeddings: Unit vectors of the anchors' encoder, shape (prompts, dimension).
        """
        if not prompts:
            return []
        read = self.read(prompts)
        columns: dict[str, _Column] = {
            field: self._decided(read, embeddings, field) for field in DECIDED_FIELDS
        }
        columns |= {
            "complexity_score": self._complexity(read),
            "has_nsfw_intent": self._intent(read, embeddings),
        }
        columns |= self._phrases(prompts, read)
        return [self._record(row) for row in _rows(columns)]

    def _decided(
        self, prompts: ReadPrompts, embeddings: NDArray[np.float32], field: DecidedField
    ) -> "_Column":
        labels = self.anchors.taxonomy.labels(field)
        weights = self.calibration.fields[field]
        likely = weights.probabilities(self.features(prompts, embeddings, field), labels)
        chosen, confidences = weights.decide(likely, labels)
        return [labels[position] for position in chosen.tolist()], confidences.tolist()

    def _complexity(self, prompts: ReadPrompts) -> "_Column":
        weights = self.calibration.complexity
        levels, confidences = weights.decide(
            weights.probabilities(counts(prompts.words, prompts.mentions))
        )
        return levels.tolist(), confidences.tolist()

    def _intent(self, prompts: ReadPrompts, embeddings: NDArray[np.float32]) -> "_Column":
        seen = intent_counts(prompts.mentions)
        risks = self.classifier.risks(prompts.words, embeddings) if self.classifier else None
        intents, confidences = decide_intent(seen, self.calibration.intent, risks)
        return intents.tolist(), confidences.tolist()

    def _phrases(self, prompts: Sequence[str], read: ReadPrompts) -> "dict[str, _Column]":
        told = self.calibration
        found = {
            "subject": [subject(prompt, told.subject) for prompt in prompts],
            "setting": [stated(each, "setting", told.setting) for each in read.mentions],
            "lighting": [stated(each, "lighting", told.lighting) for each in read.mentions],
        }
        return {
            field: ([each.text for each in column], [each.confidence for each in column])
            for field, column in found.items()
        }

    def _record(self, row: "Mapping[str, tuple[object, float]]") -> LabelRecord:
        origin = self.origin
        return LabelRecord(
            label=PromptLabel.model_validate({field: value for field, (value, _) in row.items()}),
            confidences=Confidences(**{field: round(sure, 4) for field, (_, sure) in row.items()}),
            labeler=origin.labeler,
            model=origin.model,
            revision=origin.revision,
            prompt_version=origin.prompt_version,
        )


_Column = tuple[Sequence[object], Sequence[float]]


def _rows(columns: "Mapping[str, _Column]") -> list[dict[str, tuple[object, float]]]:
    """Columns of values and confidences as one mapping per prompt."""
    pairs = [zip(*columns[field], strict=True) for field in LABEL_FIELDS]
    return [dict(zip(LABEL_FIELDS, row, strict=True)) for row in zip(*pairs, strict=True)]
