"""The node that names clusters."""

import csv
import io
import logging
from collections.abc import Sequence

import pyarrow as pa

from genai_session_analyzer.language_model import LanguageModel, Request
from genai_session_analyzer.model_results import (
    Outcome,
    Place,
    ResultStore,
    counted,
    work_through,
)
from genai_session_analyzer.pipelines.enrichment.clusters.title_writing import (
    request_id,
    title_configuration,
    title_request,
    written_title,
)
from genai_session_analyzer.pipelines.enrichment.clusters.titles import (
    Evidence,
    Title,
    evidence_of,
    titles_from_keywords,
)
from genai_session_analyzer.pipelines.enrichment.tracking import StepRun, Tracker
from genai_session_analyzer.pipelines.progress import progress

LOGGER = logging.getLogger(__name__)
_TITLES_A_BATCH = 4


def title_clusters(
    stg_clusters: pa.Table,
    language_model: LanguageModel | None,
    result_store: ResultStore,
    tracker: Tracker,
) -> pa.Table:
    """Return one row per cluster (key `cluster_id`): title, description, and why not written.

    A language model, where there is one, writes them once for each evidence. A reply that is no
    valid title is never patched: that cluster gets its title from keywords, and the reason is
    logged, tracked and in the column `fallback_reason` (null otherwise).

    Args:
        stg_clusters: One row per cluster.
        language_model: None for titles from keywords.
        result_store: Where written titles are kept.
        tracker: Opens the run `title_clusters`.

    Raises:
        ModelError: The model is missing or does not answer; what it wrote is kept.
    """
    with tracker.step("title_clusters") as run:
        evidence = evidence_of(stg_clusters.to_pylist())
        titles: Sequence[Title] = titles_from_keywords(evidence)
        reasons: list[str | None] = [None] * len(evidence)
        run.log_parameters({"model": language_model.name if language_model else "keywords"})
        if language_model is not None:
            requests = [title_request(each) for each in evidence]
            written = _written(requests, language_model, result_store, run)
            titles, reasons = _chosen(evidence, titles, written)
        failed = sum(reason is not None for reason in reasons)
        run.log_metrics({"titles": float(len(titles)), "fallbacks": float(failed)})
        table = pa.table(
            {
                "cluster_id": stg_clusters["cluster_id"],
                "title": pa.array([each.title for each in titles], pa.string()),
                "description": pa.array([each.description for each in titles], pa.string()),
                "fallback_reason": pa.array(reasons, pa.string()),
            }
        )
        run.log_text(_as_csv(table), "cluster_titles.csv")
    return table


def _written(
    requests: Sequence[Request], model: LanguageModel, store: ResultStore, run: StepRun
) -> list[Title | str]:
    """The title of each request, or why there is none."""
    configuration = title_configuration(model)
    settled = store.settled_ids(configuration)
    pending = [each for each in requests if request_id(each) not in settled]

    def write(batch: Sequence[Request]) -> list[Outcome]:
        return [written_title(model, request) for request in batch]

    place = Place(store, configuration, run.run_id)
    with progress("writing titles of clusters", len(pending)) as advance:
        counts = counted(
            len(requests) - len(pending),
            lambda: work_through(pending, write, place, _TITLES_A_BATCH, advance),
        )
    run.log_metrics(counts.as_metrics())
    found: dict[str, Title | str] = {}
    for batch in store.read(configuration):
        for row in batch.to_pylist():
            payload = row["payload"]
            found[row["content_id"]] = (
                str(row["error"]) if payload is None else Title.model_validate_json(payload)
            )
    return [found[request_id(request)] for request in requests]


def _chosen(
    evidence: Sequence[Evidence], defaults: Sequence[Title], written: Sequence[Title | str]
) -> tuple[list[Title], list[str | None]]:
    """Written titles where they are valid and no two alike, with the reason where they are not."""
    owners: dict[str, int] = {}
    titles: list[Title] = []
    reasons: list[str | None] = []
    for cluster, default, found in zip(evidence, defaults, written, strict=True):
        reason = found if isinstance(found, str) else None
        if isinstance(found, Title):
            owner = owners.setdefault(found.title.casefold(), cluster.cluster_id)
            if owner != cluster.cluster_id:
                reason = f"title: the same as of cluster {owner}"
        if reason is not None:
            LOGGER.warning("Cluster %s is titled by keywords: %s", cluster.cluster_id, reason)
        titles.append(default if reason is not None or isinstance(found, str) else found)
        reasons.append(reason)
    return titles, reasons


def _as_csv(titles: pa.Table) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, titles.column_names)
    writer.writeheader()
    writer.writerows(titles.to_pylist())
    return text.getvalue()
