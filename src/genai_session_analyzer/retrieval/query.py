"""What may be asked of the search."""

from datetime import date
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from genai_session_analyzer.schema.values import (
    ArtStyle,
    DeviceType,
    Domain,
    Mood,
    Region,
    Status,
    UserTier,
)

MOST_RESULTS = 1000
Unknown = Literal["unknown"]


class SearchFilters(BaseModel):
    """Which prompts are ranked at all; an empty tuple keeps everything.

    A prompt passes the conditions on generations (status to the last day) where one of its
    generations passes all of them; the facts of a result count just those generations. `unknown`
    keeps generations where the value is not known.

    Attributes:
        art_style: Labels of the prompt; a prompt whose label failed has none.
        mood: Likewise.
        domain: Likewise.
        cluster_id: Clusters of level 1; -1 = prompts in none.
        status: Outcomes; of generations.
        user_tier: Tiers of the user who asked.
        region: Regions of the user who asked.
        device_type: Devices of the user who asked.
        model_version: Models that were asked.
        first_day: First day of requests, UTC, included.
        last_day: Last day of requests, UTC, included.
        include_nsfw: Also prompts whose words or pictures were found unsafe.
        prompt_ids: Only these prompts; None: all, empty: none.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    art_style: tuple[ArtStyle, ...] = ()
    mood: tuple[Mood, ...] = ()
    domain: tuple[Domain, ...] = ()
    cluster_id: tuple[int, ...] = ()
    status: tuple[Status | Unknown, ...] = ()
    user_tier: tuple[UserTier | Unknown, ...] = ()
    region: tuple[Region | Unknown, ...] = ()
    device_type: tuple[DeviceType | Unknown, ...] = ()
    model_version: tuple[str, ...] = ()
    first_day: date | None = None
    last_day: date | None = None
    include_nsfw: bool = False
    prompt_ids: tuple[str, ...] | None = None


class SearchQuery(BaseModel):
    """What is looked for: by text, vector, prompt or picture; by nothing = the most used prompts.

    Attributes:
        text: Words; those in double quotes must occur in the prompt as they stand.
        vector: A vector of the build's encoder; any length but zero, only its direction counts.
        prompt_id: Prompts like this one; itself is left out.
        like_image: Path of a picture: prompts whose pictures look like it; itself is left out.
        filters: Which prompts are ranked.
        limit: Most rows returned.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str | None = Field(default=None, min_length=1, max_length=4000)
    vector: tuple[float, ...] | None = None
    prompt_id: str | None = None
    like_image: str | None = None
    filters: SearchFilters = SearchFilters()
    limit: int = Field(default=12, ge=1, le=MOST_RESULTS)

    @model_validator(mode="after")
    def _one_thing(self) -> Self:
        given = (self.text, self.vector, self.prompt_id, self.like_image)
        if sum(each is not None for each in given) > 1:
            message = "Give one of text, vector, prompt_id and like_image."
            raise ValueError(message)
        return self
