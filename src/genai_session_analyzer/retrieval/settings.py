"""Settings of the search."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class SearchSettings(BaseModel):
    """How the search runs.

    Attributes:
        model: Text encoder by name or folder; None: the installed one.
        cache: Folder of exported models.
        nsfw_from: Scores of the service from which a prompt or picture counts as unsafe.
        wait_s: Seconds a search waits for the index of a new build before it uses the old one.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    model: str | None = None
    cache: Path = Path("data/06_models")
    nsfw_from: float = Field(default=0.5, ge=0, le=2)
    wait_s: float = Field(default=2.0, ge=0)
