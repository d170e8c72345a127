"""Generations and sessions together with what was asked for: labels and cluster of the prompt."""

from collections.abc import Iterable
from dataclasses import replace

import ibis.expr.types as ir
from ibis.backends import BaseBackend

from genai_session_analyzer.schema.facts import FCT_SESSIONS
from genai_session_analyzer.schema.features import FTR_PROMPT_CLUSTERS, FTR_PROMPT_LABELS
from genai_session_analyzer.semantic.columns import column_dimensions
from genai_session_analyzer.semantic.generations import GENERATIONS
from genai_session_analyzer.semantic.measures import Model
from genai_session_analyzer.semantic.sessions import SESSIONS
from genai_session_analyzer.semantic.view_filters import (
    GENERATION_DIMENSIONS,
    LABEL_DIMENSIONS,
    SESSION_DIMENSIONS,
    USER_DIMENSIONS,
    ViewFilters,
)

LABEL_COLUMNS = ("domain", "art_style", "mood", "complexity_score", "has_nsfw_intent")
CLUSTER_COLUMNS = ("cluster_id",)
FEATURE_COLUMNS = (*LABEL_COLUMNS, *CLUSTER_COLUMNS)
SESSION_COLUMNS = ("friction_band",)
"""What a generation can take from its session."""

_FEATURE_DIMENSIONS = (
    *column_dimensions(FTR_PROMPT_LABELS, LABEL_COLUMNS),
    *column_dimensions(FTR_PROMPT_CLUSTERS, CLUSTER_COLUMNS),
    *column_dimensions(FCT_SESSIONS, SESSION_COLUMNS),
)

LABELLED_GENERATIONS: Model = replace(
    GENERATIONS, dimensions=(*GENERATIONS.dimensions, *_FEATURE_DIMENSIONS)
)
"""`GENERATIONS` with the dimensions of the prompt's labels and cluster and the session's band."""

EXPLODED_DIMENSIONS = ("model_version", "status", "prompt_length_category", *FEATURE_COLUMNS)
"""Dimensions of a generation by which `sessions_by` tells sessions apart."""

LABELLED_SESSIONS: Model = replace(
    SESSIONS,
    dimensions=(
        *SESSIONS.dimensions,
        *(LABELLED_GENERATIONS.dimension(name) for name in EXPLODED_DIMENSIONS),
    ),
)
"""`SESSIONS` with dimensions of its generations, for the rows `sessions_by` returns."""


def generations_with_features(
    backend: BaseBackend, features: Iterable[str] = FEATURE_COLUMNS
) -> ir.Table:
    """Return fct_generations with labels and cluster of its prompt: one row per generation.

    Joined many-to-one by prompt_id, the session's band by session_id. A prompt without a label has
    null there; `unknown` is what a labeler answered.

    Args:
        backend: A connection to a build.
        features: The columns of `FEATURE_COLUMNS` and `SESSION_COLUMNS` wanted; a table none is
            wanted of is not joined.
    """
    wanted = set(features)
    generations = backend.table("fct_generations")
    for table, columns, key in (
        (FTR_PROMPT_LABELS.name, LABEL_COLUMNS, "prompt_id"),
        (FTR_PROMPT_CLUSTERS.name, CLUSTER_COLUMNS, "prompt_id"),
        (FCT_SESSIONS.name, SESSION_COLUMNS, "session_id"),
    ):
        chosen = [name for name in columns if name in wanted and name not in generations.columns]
        if chosen:
            facts = backend.table(table).select(*chosen, feature_key=key)
            joined = generations.left_join(facts, generations[key] == facts.feature_key)
            generations = joined.drop("feature_key")
    return generations


def generations_in_view(
    backend: BaseBackend, filters: ViewFilters, dimensions: Iterable[str] = ()
) -> ir.Table:
    """Return the generations that pass the filters, with the features they or `dimensions` need.

    Args:
        backend: A connection to a build.
        filters: What to keep.
        dimensions: Names that will be grouped by; of these, features are joined.
    """
    joined = (*LABEL_DIMENSIONS, *SESSION_COLUMNS)
    used = [name for name in joined if filters.uses((name,))]
    generations = generations_with_features(backend, (*used, *dimensions))
    return LABELLED_GENERATIONS.filtered(generations, filters.as_filters())


def labelled_sessions(backend: BaseBackend, filters: ViewFilters) -> ir.Table:
    """Return the sessions in view: one row per session, columns of fct_sessions.

    Days, tier, region, device and friction band are the session's own. By model, status, length of
    the prompt, its labels and its cluster a session counts where any one of its generations
    matches all of these together; its numbers stay those of the whole session.
    """
    own = (*filters.days("session_date"), *filters.of(SESSION_DIMENSIONS))
    sessions = SESSIONS.filtered(backend.table(FCT_SESSIONS.name), own)
    if not filters.uses(GENERATION_DIMENSIONS):
        return sessions
    matching = matching_generations(backend, filters).select("session_id")
    return sessions.semi_join(matching, "session_id")


def sessions_by(backend: BaseBackend, filters: ViewFilters, dimensions: Iterable[str]) -> ir.Table:
    """Return the sessions in view once for each value of generation dimensions they have.

    Grain: one row per session and combination of values among its matching generations, with
    fct_sessions' columns and the dimensions'. Dimensions that a session itself has (tier, region,
    device, friction_band) add no rows. Sums over several values count a session more than once.

    Args:
        backend: A connection to a build.
        filters: What to keep; generations that do not match give no value.
        dimensions: Names of `LABELLED_SESSIONS`.
    """
    wanted = [name for name in dimensions if name in EXPLODED_DIMENSIONS]
    if not wanted:
        return labelled_sessions(backend, filters)
    own = (*filters.days("session_date"), *filters.of(SESSION_DIMENSIONS))
    sessions = SESSIONS.filtered(backend.table(FCT_SESSIONS.name), own)
    values = matching_generations(backend, filters, wanted)
    return sessions.inner_join(values.select("session_id", *wanted).distinct(), "session_id")


def matching_generations(
    backend: BaseBackend, filters: ViewFilters, dimensions: Iterable[str] = ()
) -> ir.Table:
    """Return the generations that match by what a session does not have itself.

    Those of other users than the sessions' are left out too: the rest is joined faster.
    """
    used = [name for name in LABEL_DIMENSIONS if filters.uses((name,))]
    generations = generations_with_features(backend, (*used, *dimensions))
    own = (*USER_DIMENSIONS, *GENERATION_DIMENSIONS)
    return LABELLED_GENERATIONS.filtered(generations, filters.of(own))
