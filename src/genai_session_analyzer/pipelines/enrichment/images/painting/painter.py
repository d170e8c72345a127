"""The painter: one small picture from a prompt's labels, the same one every time."""

import hashlib
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFont
from pydantic import BaseModel, ConfigDict

from genai_session_analyzer.pipelines.enrichment.images.painting import figures, scenes, textures
from genai_session_analyzer.pipelines.enrichment.images.painting.canvas import SIDE_PX, Pixels
from genai_session_analyzer.pipelines.enrichment.images.painting.palettes import (
    Palette,
    palette_of,
)
from genai_session_analyzer.schema.values import ArtStyle, Domain, Mood

PAINTER_VERSION = "1"
"""To be raised with every change of what is painted."""
_MARK = "painted"

_Composition = Callable[[np.random.Generator, Palette], Pixels]
_Finish = Callable[[Pixels, np.random.Generator, Palette], Pixels]

_COMPOSITIONS: dict[Domain, _Composition] = {
    "portrait": figures.portrait,
    "character": figures.character,
    "animal": figures.animal,
    "environment": scenes.environment,
    "object": figures.still_life,
    "fantasy": scenes.fantasy,
    "scifi": scenes.scifi,
    "fanart": figures.hero,
    "unknown": scenes.abstract,
}
_FINISHES: dict[ArtStyle, _Finish] = {
    "photography": textures.photography,
    "digital art": textures.digital_art,
    "oil painting": textures.oil_painting,
    "watercolor": textures.watercolor,
    "sketch": textures.sketch,
    "3d render": textures.render_3d,
    "anime": textures.anime,
    "pixel art": textures.pixel_art,
    "concept art": textures.concept_art,
    "pop art": textures.pop_art,
}


class PaintingLabels(BaseModel):
    """What decides a painted picture besides the prompt's id; null where labelling failed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    domain: Domain | None
    art_style: ArtStyle | None
    mood: Mood | None

    def digest(self, prompt_id: str) -> str:
        """SHA-256 of all that decides the picture: painter, prompt and labels."""
        parts = (PAINTER_VERSION, prompt_id, self.domain, self.art_style, self.mood)
        return hashlib.sha256(repr(parts).encode()).hexdigest()


def paint(prompt_id: str, labels: PaintingLabels) -> Image.Image:
    """Return the picture of a prompt, RGB, 256 x 256 pixels, marked "painted" in its corner.

    The domain decides the composition, the mood the palette, the art style the texture; the
    prompt's id decides the rest. A label that is unknown or null gets an abstract composition,
    neutral colours or no texture: it is not guessed.
    """
    rng = np.random.default_rng(int(labels.digest(prompt_id)[:16], 16))
    palette = palette_of(labels.mood, rng)
    picture = _COMPOSITIONS[labels.domain or "unknown"](rng, palette)
    finish = _FINISHES.get(labels.art_style or "unknown")
    finished = finish(picture, rng, palette) if finish else picture
    image = Image.fromarray((np.clip(finished, 0, 1) * 255).astype(np.uint8))
    _mark(image)
    return image


def _mark(image: Image.Image) -> None:
    """Writes the mark into the lower right corner, light on dark."""
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(11)
    left, top, right, bottom = draw.textbbox((0, 0), _MARK, font=font)
    x, y = SIDE_PX - (right - left) - 7, SIDE_PX - (bottom - top) - 8
    draw.rectangle((x - 4, y - 3, SIDE_PX, SIDE_PX), fill=(24, 24, 28))
    draw.text((x - left, y - top), _MARK, fill=(240, 240, 240), font=font)
