"""What a person looks for in the gallery, kept in the URL beside the filters."""

from typing import Literal, Self
from urllib.parse import parse_qsl, urlencode

from pydantic import BaseModel, ConfigDict, Field

from genai_session_analyzer.insights.map_region import Region

LONGEST_TEXT = 4000
PAGE_SIZE, MOST_CARDS = 24, 240
VIEW_KEYS = ("q", "like", "image", "nsfw", "pictures", "lasso", "n")
Pictures = Literal["only", "all"]


class GalleryView(BaseModel):
    """What is looked for, and where; the filters that all pages share are not part of it.

    Of text, prompt and picture the URL's last wins: only one can be looked for.

    Attributes:
        text: Words; those in double quotes must occur as they stand.
        like_prompt: Prompts like that of this id.
        like_image: Pictures like that of this path.
        include_nsfw: Also what was found unsafe.
        pictures: Only prompts with a picture, or all; None = only, while nothing is looked for.
        region: Only prompts inside it on the map.
        card_count: Results shown at most.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str | None = None
    like_prompt: str | None = None
    like_image: str | None = None
    include_nsfw: bool = False
    pictures: Pictures | None = None
    region: Region | None = None
    card_count: int = Field(default=PAGE_SIZE, ge=PAGE_SIZE, le=MOST_CARDS)

    @property
    def is_search(self) -> bool:
        """Whether anything is looked for: text, prompt or picture."""
        return bool(self.text or self.like_prompt or self.like_image)

    @property
    def only_pictures(self) -> bool:
        """Whether prompts without a picture are left out."""
        return (
            not (self.is_search or self.region)
            if self.pictures is None
            else self.pictures == "only"
        )

    @classmethod
    def from_query(cls, query: str | None) -> Self:
        """Return the view of a URL's query; what cannot be read is as if it were not there."""
        values = dict(parse_qsl((query or "").removeprefix("?")))
        sought = [key for key in values if key in ("q", "like", "image")][-1:]
        pictures = values.get("pictures")
        return cls(
            text=values["q"].strip()[:LONGEST_TEXT] or None if sought == ["q"] else None,
            like_prompt=values["like"] if sought == ["like"] else None,
            like_image=values["image"] if sought == ["image"] else None,
            include_nsfw=values.get("nsfw") == "1",
            pictures="only" if pictures == "only" else "all" if pictures == "all" else None,
            region=Region.parse(values["lasso"]) if "lasso" in values else None,
            card_count=_card_count(values.get("n", "")),
        )

    def into_query(self, query: str | None) -> str:
        """Return the query, from `?` on, with this view; its other keys are kept."""
        pairs = [
            pair for pair in parse_qsl((query or "").removeprefix("?")) if pair[0] not in VIEW_KEYS
        ]
        own = {
            "q": self.text,
            "like": self.like_prompt,
            "image": self.like_image,
            "nsfw": "1" if self.include_nsfw else None,
            "pictures": self.pictures,
            "lasso": self.region.text() if self.region else None,
            "n": str(self.card_count) if self.card_count > PAGE_SIZE else None,
        }
        pairs += [(key, value) for key, value in own.items() if value]
        return f"?{urlencode(pairs)}" if pairs else ""

    def seeking(
        self, text: str | None = None, like_prompt: str | None = None, like_image: str | None = None
    ) -> Self:
        """Return the view that looks for something else, from its first page on."""
        sought = {"text": text or None, "like_prompt": like_prompt, "like_image": like_image}
        return self.model_copy(update={**sought, "card_count": PAGE_SIZE})


def _card_count(text: str) -> int:
    count = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else PAGE_SIZE
    return min(max(count, PAGE_SIZE), MOST_CARDS)
