"""Generation settings of the embedded corpus: sampler, steps, guidance, size and image count.

Source: shares among 32,774 jobs of the Stable Diffusion beta on Discord, August 2022, rounded.
"""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from genai_session_analyzer.pipelines.ingestion.corpus.decks import build_deck

SAMPLER_SHARES = {
    "k_lms": 98.48,
    "k_euler_ancestral": 0.44,
    "ddim": 0.27,
    "k_heun": 0.26,
    "plms": 0.21,
    "k_dpm_2_ancestral": 0.18,
    "k_euler": 0.12,
    "k_dpm_2": 0.04,
}
STEPS_SHARES = {
    50: 82.0, 150: 12.3, 100: 2.7, 120: 0.5, 75: 0.45, 40: 0.45, 125: 0.25, 130: 0.2, 70: 0.2,
    90: 0.15, 80: 0.15, 145: 0.1, 60: 0.1, 30: 0.1, 20: 0.1, 25: 0.1, 15: 0.05, 10: 0.1,
}  # fmt: skip
CFG_SCALE_SHARES = {
    7.0: 71.4, 10.0: 4.5, 15.0: 4.1, 12.0: 3.1, 13.0: 3.0, 9.0: 2.9, 8.0: 1.4, 14.5: 1.1,
    11.0: 1.1, 22.0: 1.0, 17.0: 1.0, 20.0: 1.0, 24.0: 0.7, 14.0: 0.6, 25.0: 0.5, 18.0: 0.4,
    5.0: 0.4, 8.5: 0.3, 16.0: 0.3, 6.0: 0.3, 7.5: 0.6, 4.0: 0.1, 2.0: 0.2,
}  # fmt: skip
SIZE_SHARES = {
    (512, 512): 48.0, (512, 704): 13.6, (512, 768): 7.8, (768, 512): 7.5, (1024, 512): 3.8,
    (512, 640): 3.2, (704, 512): 2.0, (640, 512): 1.9, (704, 704): 1.5, (832, 512): 1.1,
    (768, 768): 1.1, (512, 1024): 1.0, (1024, 1024): 0.8, (1024, 576): 0.8, (896, 512): 0.7,
    (768, 448): 0.5, (960, 512): 0.5, (1280, 640): 0.5, (512, 576): 0.5, (384, 832): 0.5,
    (1024, 768): 0.4, (1216, 512): 0.3, (576, 1024): 0.5, (640, 640): 0.5, (512, 896): 0.6,
}  # fmt: skip
IMAGE_COUNT_SHARES = {
    9: 37.6, 4: 33.9, 1: 15.5, 6: 6.1, 7: 1.8, 3: 1.8, 8: 1.7, 5: 1.4, 2: 0.2,
}  # fmt: skip

SETTING_COUNT = 5

_SAMPLER_DECK = build_deck(list(SAMPLER_SHARES.values()))
_STEPS = np.array(list(STEPS_SHARES), np.int32)[build_deck(list(STEPS_SHARES.values()))]
_CFG_SCALES = np.array(list(CFG_SCALE_SHARES))[build_deck(list(CFG_SCALE_SHARES.values()))]
_SIZES = np.array(list(SIZE_SHARES), np.int32)[build_deck(list(SIZE_SHARES.values()))]
_IMAGE_COUNTS = np.array(list(IMAGE_COUNT_SHARES), np.int32)[
    build_deck(list(IMAGE_COUNT_SHARES.values()))
]


def settings_columns(cards: npt.NDArray[np.uint16]) -> dict[str, pa.Array]:
    """The settings that the cards stand for.

    Args:
        cards: Setting by row, shape (`SETTING_COUNT`, rows), each below `DECK_SIZE`.

    Returns:
        sampler, steps, cfg_scale, width, height (pixels) and image_count, one value a row.
    """
    sampler, steps, cfg_scale, size, image_count = cards
    return {
        "sampler": pa.array(list(SAMPLER_SHARES)).take(pa.array(_SAMPLER_DECK[sampler])),
        "steps": pa.array(_STEPS[steps]),
        "cfg_scale": pa.array(_CFG_SCALES[cfg_scale]),
        "width": pa.array(_SIZES[size, 0]),
        "height": pa.array(_SIZES[size, 1]),
        "image_count": pa.array(_IMAGE_COUNTS[image_count]),
    }
