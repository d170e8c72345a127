"""Colours by mood, turned a little for each picture."""

import colorsys
from dataclasses import dataclass, fields

import numpy as np

from genai_session_analyzer.pipelines.enrichment.images.painting.canvas import Pixels
from genai_session_analyzer.schema.values import Mood

_MOST_HUE_TURN = 0.045  # of the circle, to either side


@dataclass(frozen=True)
class Palette:
    """Five colours, each an array of red, green and blue 0-1."""

    sky: Pixels
    horizon: Pixels
    middle: Pixels
    shade: Pixels
    accent: Pixels


_COLOURS: dict[Mood, tuple[str, str, str, str, str]] = {
    "dark": ("0b0d17", "4a2334", "3d2b3f", "07070c", "d8485c"),
    "cheerful": ("4db8ef", "fff1b8", "ffad42", "2b7a57", "ff5d6c"),
    "mysterious": ("0d1f3c", "3f4a86", "5a4f8a", "0a1024", "7ee0d0"),
    "epic": ("2a1a4a", "f2784b", "a3445a", "1c1230", "ffd166"),
    "serene": ("8fcbe3", "fbeedd", "7fb7a6", "35646a", "f2a48e"),
    "romantic": ("6d3566", "ffbfae", "d8768f", "43193f", "ffe3c9"),
    "melancholic": ("45586d", "b5bcc4", "76869a", "27323e", "dcb98a"),
    "energetic": ("e3245c", "ffb400", "08c4c6", "20244a", "fff65a"),
    "humorous": ("6fdccb", "ffe066", "ff8c61", "46368c", "ff5fa2"),
    "neutral": ("8fa3b8", "ece4d6", "93a0a8", "414b57", "d98a57"),
}


def palette_of(mood: Mood | None, rng: np.random.Generator) -> Palette:
    """Return a mood's colours, their hue turned together by up to 16 degrees.

    A prompt without a mood gets the neutral colours.
    """
    turn = rng.uniform(-_MOST_HUE_TURN, _MOST_HUE_TURN)
    colours = _COLOURS[mood or "neutral"]
    names = (field.name for field in fields(Palette))
    return Palette(**{name: _turned(each, turn) for name, each in zip(names, colours, strict=True)})


def _turned(colour: str, turn: float) -> Pixels:
    red, green, blue = bytes.fromhex(colour)
    hue, lightness, saturation = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    return np.array(colorsys.hls_to_rgb((hue + turn) % 1, lightness, saturation), dtype=np.float32)
