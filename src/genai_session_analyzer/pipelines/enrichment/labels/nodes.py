"""The step `label_prompts`: labeler 1 over the prompts that have no label yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from genai_session_analyzer import __version__
from genai_session_analyzer.embedding import TextEncoder
from genai_session_analyzer.model_results import (
    Configuration,
    Outcome,
    Place,
    ResultStore,
    WorkCounts,
    counted,
    work_through,
)
from genai_session_analyzer.pipelines.enrichment.embeddings.pending_prompts import ids_digest
from genai_session_analyzer.pipelines.enrichment.labels.calibration import load_calibration
from genai_session_analyzer.pipelines.enrichment.labels.gold_report import log_gold_scores
from genai_session_analyzer.pipelines.enrichment.labels.labeler import LexiconLabeler
from genai_session_analyzer.pipelines.enrichment.labels.nsfw_classifier import load_nsfw_classifier
from genai_session_analyzer.pipelines.enrichment.labels.parameters import LabelParameters
from genai_session_analyzer.pipelines.enrichment.labels.pending import (
    EmbeddedPrompt,
    embedded_prompts,
    pending_ids,
)
from genai_session_analyzer.pipelines.enrichment.labels.reporting import (
    log_distribution,
    log_unknowns,
)
from genai_session_analyzer.pipelines.enrichment.labels.similarity_evidence import LabelAnchors
from genai_session_analyzer.pipelines.enrichment.labels.table import label_table
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import load_taxonomy
from genai_session_analyzer.pipelines.enrichment.tracking import StepRun, TrackedDataset, Tracker
from genai_session_analyzer.pipelines.progress import progress

STEP = "label_prompts"


@dataclass(frozen=True)
class PromptLabeling:
    """A labeler with how it is to work; a catalog entry, so that nodes stay short."""

    labeler: LexiconLabeler
    parameters: LabelParameters

    @property
    def configuration(self) -> Configuration:
        """What a prompt's label depends on; the key of its results in the store."""
        encoder = self.labeler.anchors.encoder
        return Configuration(STEP, encoder.model, encoder.revision, self.labeler.settings)


def build_prompt_labeling(text_encoder: TextEncoder, labels: LabelParameters) -> PromptLabeling:
    """Return labeler 1 as the parameters say; the encoder is used when first something is labelled.

    Raises:
        SourceError: The taxonomy or the calibration is not valid.
        ModelError: The NSFW classifier's file holds none, or it was trained on another encoder.
    """
    classifier = load_nsfw_classifier(labels.nsfw_classifier)
    if classifier is not None:
        classifier.check_encoder(text_encoder)
    anchors = LabelAnchors(load_taxonomy(labels.taxonomy), text_encoder)
    labeler = LexiconLabeler(anchors, load_calibration(labels.calibration), classifier)
    return PromptLabeling(labeler, labels)


def label_prompts(
    dim_prompts: ir.Table,
    ftr_prompt_embeddings: ir.Table,
    prompt_labeling: PromptLabeling,
    result_store: ResultStore,
    tracker: Tracker,
) -> pa.Table:
    """One row per prompt (key `prompt_id`): ftr_prompt_labels, by labeler 1.

    Labels what the store does not hold yet for this taxonomy, lexicon, calibration, classifier and
    encoder. A prompt without an embedding fails; it is tried again when it has one, three times.

    Raises:
        ResultStoreError: The store cannot be read or written.
    """
    labeler, configuration = prompt_labeling.labeler, prompt_labeling.configuration
    with tracker.step(STEP) as run:
        prompt_ids = pending_ids(dim_prompts, set())
        pending = pending_ids(dim_prompts, result_store.settled_ids(configuration))
        _log_start(run, prompt_labeling, prompt_ids)
        place = Place(result_store, configuration, run.run_id)
        batch = prompt_labeling.parameters.batch_prompts

        def work() -> tuple[int, int]:
            """Return how many got a result, and how many failed."""
            compute = partial(_label, labeler=labeler)
            with progress("labelling prompts", len(pending)) as advance:
                done = [
                    work_through(stretch, compute, place, batch, advance)
                    for stretch in embedded_prompts(
                        dim_prompts, ftr_prompt_embeddings, pending, batch
                    )
                ]
            return sum(new for new, _ in done), sum(failed for _, failed in done)

        counts = counted(len(prompt_ids) - len(pending), work)
        results = result_store.read(configuration)
        labels = label_table(results, configuration, labeler.origin, prompt_ids)
        _log_end(run, tracker, counts, labels)
        log_unknowns(run, labels, dim_prompts, prompt_labeling.parameters.sample_rows)
        if counts.new and prompt_labeling.parameters.gold_labels:
            log_gold_scores(run, labeler, prompt_labeling.parameters.gold_labels)
        return labels


def _label(prompts: Sequence[EmbeddedPrompt], labeler: LexiconLabeler) -> list[Outcome]:
    """One outcome per prompt: its record, or that there is no embedding to go by."""
    embedded = [each for each in prompts if each.embedding is not None]
    vectors = [each.embedding for each in embedded if each.embedding is not None]
    matrix = np.stack(vectors) if vectors else np.empty((0, 0), dtype=np.float32)
    records = labeler.label([each.text for each in embedded], matrix)
    payloads = {
        each.prompt_id: record.to_payload() for each, record in zip(embedded, records, strict=True)
    }
    return [
        Outcome(each.prompt_id, payload=payloads[each.prompt_id])
        if each.prompt_id in payloads
        else Outcome(each.prompt_id, error="the prompt has no embedding")
        for each in prompts
    ]


def _log_start(run: StepRun, labeling: PromptLabeling, prompt_ids: pa.Array) -> None:
    labeler = labeling.labeler
    run.log_parameters(
        {
            "model": labeler.anchors.encoder.model,
            "revision": labeler.anchors.encoder.revision,
            "taxonomy_version": labeler.anchors.taxonomy.version,
            "prompt_version": labeler.origin.prompt_version,
            **labeler.settings,
            **labeling.parameters.model_dump(mode="json"),
            "code_version": __version__,
        }
    )
    digest = ids_digest(pa.chunked_array([prompt_ids]))
    run.log_dataset(TrackedDataset("dim_prompts", "warehouse", len(prompt_ids), digest))
    run.log_text(labeler.anchors.taxonomy.to_yaml(), "taxonomy.yml")


def _log_end(run: StepRun, tracker: Tracker, counts: WorkCounts, labels: pa.Table) -> None:
    run.log_metrics(counts.as_metrics())
    log_distribution(run, labels, tracker.previous_metrics(STEP))
