"""The step `label_with_language_model`."""

import hashlib
from collections.abc import Sequence

import ibis.expr.types as ir
import pyarrow as pa

from genai_session_analyzer import __version__
from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model import LanguageModel
from genai_session_analyzer.model_results import (
    Configuration,
    Place,
    ResultStore,
    counted,
    work_through,
)
from genai_session_analyzer.pipelines.enrichment.labels.llm_configuration import (
    STEP,
    label_configuration,
)
from genai_session_analyzer.pipelines.enrichment.labels.llm_labeling import (
    LABELER,
    Labeler,
    PromptToLabel,
    concurrently,
)
from genai_session_analyzer.pipelines.enrichment.labels.llm_measures import (
    COMPARED_FIELDS,
    failure_sample,
    label_metrics,
    with_confidences,
    work_metrics,
)
from genai_session_analyzer.pipelines.enrichment.labels.llm_parameters import (
    LanguageModelLabelParameters,
)
from genai_session_analyzer.pipelines.enrichment.labels.llm_selection import selected_prompts
from genai_session_analyzer.pipelines.enrichment.labels.llm_setup import LanguageModelLabeling
from genai_session_analyzer.pipelines.enrichment.labels.table import (
    LABEL_ROWS,
    LabelOrigin,
    label_table,
)
from genai_session_analyzer.pipelines.enrichment.tracking import StepRun, TrackedDataset, Tracker
from genai_session_analyzer.pipelines.progress import progress


def set_up_language_model_labeling(
    language_model: LanguageModel | None, language_model_labels: LanguageModelLabelParameters
) -> LanguageModelLabeling:
    """The language model with how it is to label; nothing is loaded."""
    return LanguageModelLabeling(language_model, language_model_labels)


def label_with_language_model(
    dim_prompts: ir.Table,
    first_labels: ir.Table,
    labeling: LanguageModelLabeling,
    result_store: ResultStore,
    tracker: Tracker,
) -> pa.Table:
    """One row per selected prompt (key `prompt_id`), columns of `LABEL_ROWS`.

    Asks only about prompts whose label is not in the store; with `select: none` nothing happens.

    Args:
        dim_prompts: One row per prompt, key prompt_id.
        first_labels: Labeler 1's, one row per prompt, key prompt_id.
        labeling: The model, and which prompts it is asked about.
        result_store: Where labels are kept.
        tracker: Of the run.

    Raises:
        ModelError: Labels are asked for and no model is configured, or it does not answer; finished
            batches are kept.
        ResultStoreError: The store cannot be read or written.
    """
    wanted = labeling.parameters
    if wanted.select == "none":
        return LABEL_ROWS.empty_table()
    labeler = labeling.labeler()
    configuration = label_configuration(labeler)
    selected = selected_prompts(dim_prompts, first_labels, wanted)
    with tracker.step(STEP) as run:
        _log_start(run, labeler, wanted, selected["prompt_id"])
        place = Place(result_store, configuration, run.run_id)
        _label_pending(selected, labeler, place, wanted, run)
        rows = _labels(result_store, configuration, labeler, selected["prompt_id"])
        labels = with_confidences(rows, wanted.measured_accuracy)
        agreeing = first_labels.select("prompt_id", *COMPARED_FIELDS)
        of_these = agreeing.filter(agreeing.prompt_id.isin(selected["prompt_id"].to_pylist()))
        run.log_metrics(label_metrics(labels, of_these.to_pyarrow(), selected.num_rows))
        _log_failures(run, result_store.failures(configuration), selected)
    return labels


def _label_pending(
    selected: pa.Table,
    labeler: Labeler,
    place: Place,
    wanted: LanguageModelLabelParameters,
    run: StepRun,
) -> None:
    """Labels what the store does not hold; what it took is told even where it ends early."""
    settled = place.store.settled_ids(place.configuration)
    pending = [
        PromptToLabel(prompt_id, text)
        for prompt_id, text in zip(*selected.to_pydict().values(), strict=True)
        if prompt_id not in settled
    ]

    def work() -> tuple[int, int]:
        return _worked(pending, labeler, place, wanted)

    try:
        counts = counted(selected.num_rows - len(pending), work)
    except ModelError:
        usage = labeler.usage
        run.log_metrics(
            {
                "prompt_tokens": usage.prompt_tokens,
                "completion_tokens": usage.completion_tokens,
            }
        )
        raise
    run.log_metrics(work_metrics(counts, labeler.usage, wanted))


def _worked(
    pending: Sequence[PromptToLabel],
    labeler: Labeler,
    place: Place,
    wanted: LanguageModelLabelParameters,
) -> tuple[int, int]:
    compute, threads = concurrently(labeler, wanted.concurrency)
    with threads, progress("asking a language model about prompts", len(pending)) as advance:
        return work_through(pending, compute, place, wanted.batch_size, advance)


def _labels(
    store: ResultStore, configuration: Configuration, labeler: Labeler, ids: pa.ChunkedArray
) -> pa.Table:
    model = labeler.model
    origin = LabelOrigin(LABELER, model.name, model.revision, labeler.instructions.version)
    return label_table(store.read(configuration), configuration, origin, ids.combine_chunks())


def _log_start(
    run: StepRun, labeler: Labeler, wanted: LanguageModelLabelParameters, ids: pa.ChunkedArray
) -> None:
    run.log_parameters(
        {
            "model": labeler.model.name,
            "revision": labeler.model.revision,
            "prompt_version": labeler.instructions.version,
            "taxonomy_version": labeler.instructions.taxonomy_version,
            "code_version": __version__,
            **wanted.model_dump(mode="json"),
        }
    )
    lines = "\n".join(ids.to_pylist())
    digest = hashlib.sha256(lines.encode()).hexdigest()
    run.log_dataset(TrackedDataset("dim_prompts", "warehouse", len(ids), digest))


def _log_failures(run: StepRun, failures: pa.Table, selected: pa.Table) -> None:
    texts = dict(zip(*selected.to_pydict().values(), strict=True))
    sample = failure_sample(failures, texts)
    if sample:
        run.log_text(sample, "failures.jsonl")
