"""What the search answers."""

from collections.abc import Mapping
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from genai_session_analyzer.schema.values import Status

_FROZEN = ConfigDict(frozen=True, extra="forbid")


class NewestGeneration(BaseModel):
    """The prompt's newest generation among those the filters keep; None = unknown."""

    model_config = _FROZEN

    generation_id: str
    session_id: str
    requested_at: datetime
    status: Status | None
    user_tier: str
    model_version: str | None
    sampler: str | None
    steps: int | None
    cfg_scale: float | None
    width: int | None
    height: int | None
    seed: int | None


class FoundPrompt(BaseModel):
    """One prompt of the result, with what became of those generations the filters keep.

    Attributes:
        prompt_id: Its id.
        prompt_text: As typed, white space tidied.
        similarity: Cosine to the query, -1 to 1; None where nothing was looked for.
        generation_count: Generations the filters keep.
        status_counts: Of those, by known outcome; only outcomes that occur.
        error_rate: Failures of the known outcomes, 0-1; None = no outcome is known.
        mean_latency_ms: Of the known ones, in milliseconds.
        total_cost_credits: Known cost in credits.
        newest: The newest of them.
        image_path: Its picture, as `like_image` takes it; None = it has none.
        thumbnail_id: Stem of the thumbnail's file name, for the route of pictures.
        domain: Label; None = not labelled, or failed. Likewise the next four.
        cluster_id: Cluster of level 1; None = not clustered.
        cluster_title: Its title.
    """

    model_config = _FROZEN

    prompt_id: str
    prompt_text: str
    similarity: float | None
    generation_count: int = Field(ge=0)
    status_counts: Mapping[str, int]
    error_rate: float | None
    mean_latency_ms: float | None
    total_cost_credits: float | None
    newest: NewestGeneration | None
    image_path: str | None
    thumbnail_id: str | None
    domain: str | None
    art_style: str | None
    mood: str | None
    complexity_score: int | None
    has_nsfw_intent: bool | None
    cluster_id: int | None
    cluster_title: str | None


class GroupFacts(BaseModel):
    """What became of the generations of a group of prompts; None where nothing is known.

    Attributes:
        prompt_count: Prompts.
        generation_count: Generations: the n of the numbers below.
        known_status_count: Those of known outcome: the n of error_rate.
        error_rate: Failures of the known outcomes, 0-1.
        known_latency_count: Those of known latency: the n of mean_latency_ms.
        mean_latency_ms: In milliseconds.
        total_cost_credits: Known cost in credits.
        mean_cost_credits: Per generation of known cost.
        top_style: Style most of the prompts have, apart from unknown.
        top_style_count: Prompts that have it.
        styled_count: Prompts with a known style.
    """

    model_config = _FROZEN

    prompt_count: int
    generation_count: int
    known_status_count: int
    error_rate: float | None
    known_latency_count: int
    mean_latency_ms: float | None
    total_cost_credits: float | None
    mean_cost_credits: float | None
    top_style: str | None
    top_style_count: int
    styled_count: int


class SearchResult(BaseModel):
    """The rows, best first, and how they compare with the whole.

    Attributes:
        rows: Most similar first; the lower id first among equals.
        candidate_count: Prompts the filters and the quoted words leave, of which `rows` are best.
        found: Facts of the rows.
        whole: Facts of all prompts of the build, whatever the filters.
        build_id: Build they were read from.
        encoding_ms: Time to embed the query, in milliseconds.
        ranking_ms: Time to filter and rank, in milliseconds.
    """

    model_config = _FROZEN

    rows: tuple[FoundPrompt, ...]
    candidate_count: int
    found: GroupFacts
    whole: GroupFacts
    build_id: str
    encoding_ms: float
    ranking_ms: float
