"""Training as steps: each tracked, each leaving a file that labelling picks up."""

from genai_session_analyzer import __version__
from genai_session_analyzer.embedding import TextEncoder
from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.enrichment.labels.calibration import load_calibration
from genai_session_analyzer.pipelines.enrichment.labels.gold import read_gold
from genai_session_analyzer.pipelines.enrichment.labels.labeler import LexiconLabeler
from genai_session_analyzer.pipelines.enrichment.labels.parameters import LabelParameters
from genai_session_analyzer.pipelines.enrichment.labels.similarity_evidence import LabelAnchors
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import load_taxonomy
from genai_session_analyzer.pipelines.enrichment.tracking import TrackedDataset, Tracker
from genai_session_analyzer.pipelines.label_training.calibrating import (
    assign_folds,
    cross_validate,
    fit_calibration,
    fit_temperatures,
    gold_sample,
)
from genai_session_analyzer.pipelines.label_training.flagged_prompts import (
    read_flagged_prompts,
    split_by_user,
)
from genai_session_analyzer.pipelines.label_training.nsfw_scores import score_classifier
from genai_session_analyzer.pipelines.label_training.nsfw_training import train_classifier
from genai_session_analyzer.pipelines.label_training.parameters import LabelTrainingParameters
from genai_session_analyzer.pipelines.label_training.scores import out_of_fold_scores


def fit_label_calibration(
    text_encoder: TextEncoder,
    tracker: Tracker,
    labels: LabelParameters,
    label_training: LabelTrainingParameters,
) -> str:
    """Return the numbers of labeler 1 fitted to labelled prompts, as YAML.

    Raises:
        SourceError: No labelled prompts are given, or the file cannot be read.
    """
    fitting = label_training.calibration
    if fitting.gold_labels is None:
        raise SourceError("No labelled prompts. Set label_training.calibration.gold_labels.")
    with tracker.step("fit_label_calibration") as run:
        gold = read_gold(fitting.gold_labels)
        anchors = LabelAnchors(load_taxonomy(labels.taxonomy), text_encoder)
        start = load_calibration(labels.calibration)
        sample = gold_sample(
            LexiconLabeler(anchors, start), gold, text_encoder.encode(gold.prompts)
        )
        held_out = cross_validate(
            sample, start, assign_folds(len(sample), fitting.fold_count, fitting.seed)
        )
        fitted = fit_temperatures(sample, fit_calibration(sample, start), held_out)
        run.log_parameters({**fitting.model_dump(mode="json"), "code_version": __version__})
        run.log_dataset(TrackedDataset("labelled_prompts", "file", len(sample), fitted.digest))
        run.log_metrics(out_of_fold_scores(sample, fitted, held_out))
        run.log_text(fitted.to_yaml(), "calibration.yml")
        return fitted.to_yaml()


def train_nsfw_classifier(
    text_encoder: TextEncoder, tracker: Tracker, label_training: LabelTrainingParameters
) -> bytes:
    """Return the classifier as an npz archive; its scores on held-out users are tracked.

    Raises:
        SourceError: No flagged prompts are given, or the file cannot be read.
    """
    nsfw = label_training.nsfw
    if nsfw.flagged_prompts is None:
        raise SourceError("No flagged prompts. Set label_training.nsfw.flagged_prompts.")
    with tracker.step("train_nsfw_classifier") as run:
        prompts = read_flagged_prompts(nsfw.flagged_prompts)
        parts = split_by_user(prompts, nsfw)
        classifier = train_classifier(parts, text_encoder, nsfw)
        scores = score_classifier(classifier, parts, text_encoder, nsfw)
        run.log_parameters(
            {
                **nsfw.model_dump(mode="json"),
                "model": text_encoder.model,
                "revision": text_encoder.revision,
                "classifier": classifier.digest,
                "code_version": __version__,
            }
        )
        run.log_dataset(TrackedDataset("flagged_prompts", "file", len(prompts), classifier.digest))
        run.log_metrics(scores.as_metrics())
        run.log_text(
            "\n".join(f"{name}: {value}" for name, value in vars(scores).items()), "scores.txt"
        )
        return classifier.to_bytes()
