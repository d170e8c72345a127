"""Prompts whose pictures a service judged: text, user, whether one was flagged, and their part."""

import zlib
from dataclasses import dataclass
from pathlib import Path

import ibis
import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.label_training.parameters import NsfwParameters

_COLUMNS = {"prompt", "user_hash", "image_nsfw"}


@dataclass(frozen=True)
class FlaggedPrompts:
    """One entry per distinct prompt, in the order of its text.

    Attributes:
        texts: The prompts.
        users: The first user of each.
        is_flagged: Whether any of its pictures was flagged.
    """

    texts: NDArray[np.object_]
    users: NDArray[np.object_]
    is_flagged: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.texts)

    def where(self, rows: NDArray[np.bool_] | NDArray[np.int64]) -> "FlaggedPrompts":
        """Return these prompts only."""
        return FlaggedPrompts(self.texts[rows], self.users[rows], self.is_flagged[rows])


@dataclass(frozen=True)
class Parts:
    """Prompts split by user, so that nobody's habits are known beforehand."""

    fitting: FlaggedPrompts
    mixing: FlaggedPrompts
    held_out: FlaggedPrompts


def read_flagged_prompts(path: Path) -> FlaggedPrompts:
    """Read the prompts whose pictures were judged.

    Raises:
        SourceError: The file is missing, or lacks a column.
    """
    if not path.exists():
        raise SourceError(f"{path} does not exist. Set label_training.nsfw.flagged_prompts.")
    jobs = ibis.duckdb.connect().read_parquet(path)
    if missing := _COLUMNS - set(jobs.columns):
        raise SourceError(f"{path} lacks the columns {', '.join(sorted(missing))}.")
    judged = jobs.filter(jobs.prompt.notnull(), jobs.user_hash.notnull(), jobs.image_nsfw.notnull())
    prompts = judged.group_by("prompt").aggregate(
        user=judged.user_hash.min(), is_flagged=judged.image_nsfw.cast("boolean").max()
    )
    rows = prompts.order_by("prompt").to_pyarrow()
    return FlaggedPrompts(
        np.array(rows["prompt"].to_pylist(), dtype=object),
        np.array(rows["user"].to_pylist(), dtype=object),
        np.array(rows["is_flagged"].to_pylist(), dtype=bool),
    )


def split_by_user(prompts: FlaggedPrompts, nsfw: NsfwParameters) -> Parts:
    """Return the parts; a user's prompts are all in one, whoever else is there."""
    places = np.array([zlib.crc32(str(user).encode()) / 2**32 for user in prompts.users])
    is_held_out = places < nsfw.held_out_share
    rest = (places - nsfw.held_out_share) / (1 - nsfw.held_out_share)
    is_mixing = ~is_held_out & (rest < nsfw.mixing_share)
    return Parts(
        prompts.where(~is_held_out & ~is_mixing),
        prompts.where(is_mixing),
        prompts.where(is_held_out),
    )


def together(one: FlaggedPrompts, other: FlaggedPrompts) -> FlaggedPrompts:
    """Return the prompts of both parts."""
    return FlaggedPrompts(
        np.concatenate([one.texts, other.texts]),
        np.concatenate([one.users, other.users]),
        np.concatenate([one.is_flagged, other.is_flagged]),
    )


def some_prompts(prompts: FlaggedPrompts, most: int, flagged_first: bool) -> FlaggedPrompts:
    """Return at most so many of the prompts, drawn by a hash of their texts.

    Args:
        prompts: What is drawn from.
        most: How many.
        flagged_first: Up to half of them are flagged ones, if there are as many; else as drawn.
    """
    hashes = np.array([zlib.crc32(str(text).encode()) for text in prompts.texts], dtype=np.int64)
    order = np.argsort(hashes, kind="stable")
    if flagged_first:
        flagged = order[prompts.is_flagged[order]][: most // 2]
        others = order[~prompts.is_flagged[order]][: most - len(flagged)]
        order = np.concatenate([flagged, others])
    return prompts.where(np.sort(order[:most]))
