"""Threads: an idea, then edits and re-rolls of it, one row after the other."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from genai_session_analyzer.pipelines.ingestion.corpus.decks import DECK_SIZE, Integers
from genai_session_analyzer.pipelines.ingestion.corpus.parameters import CorpusParameters
from genai_session_analyzer.pipelines.ingestion.corpus.settings import SETTING_COUNT
from genai_session_analyzer.pipelines.ingestion.corpus.tables import Tables
from genai_session_analyzer.pipelines.ingestion.corpus.templates import SLOT_COUNT

Draws = npt.NDArray[np.uint16]
Flags = npt.NDArray[np.bool_]

COLUMN_COUNT = SLOT_COUNT + SETTING_COUNT
"""Columns of the draws of a block: slots, then settings."""
TOKEN_LIMIT = 75
"""Tokens of a prompt that CLIP reads, without its start and end marks (77 in all)."""

_QUANTILE_LEVELS = (0.0, 0.05, 0.25, 0.5, 0.75, 0.9, 1.0)
_TOKEN_QUANTILES = (3.0, 6.5, 16.0, 35.0, 57.0, 67.0, 70.5)
"""Estimated tokens that the first prompt of a thread may cost, long ones apart.

Source: quantiles of words in prompts of the Stable Diffusion beta on Discord, August 2022 (5 % 4,
25 % 11, 50 % 22, 75 % 36, 90 % 47), as tokens, set so that the corpus meets the middle three.
"""
_LONG_TAIL_TOKENS = 9.0


@dataclass(frozen=True)
class Threads:
    """The threads of a block; `thread` and `edited` are by row, the others by thread."""

    first_rows: npt.NDArray[np.int64]
    templates: Integers
    fewest_parts: Integers
    hands: Integers
    thread: npt.NDArray[np.int64]
    """Index of the row's thread within the block."""
    edited: Flags
    """Rows whose prompt is an edit of the one before."""


def draw_threads(
    rng: np.random.Generator, row_count: int, parameters: CorpusParameters, tables: Tables
) -> Threads:
    """Splits a block into threads and gives each a template and a hand."""
    uniform = rng.random(row_count, dtype=np.float32)
    starts = uniform >= parameters.reroll_share + parameters.edit_share
    starts[0] = True
    first_rows = np.flatnonzero(starts)
    cards = rng.integers(0, DECK_SIZE, (2, row_count), dtype=np.uint16)[:, first_rows]
    unsafe = rng.random(row_count, dtype=np.float32)[first_rows] < parameters.unsafe_share
    safe_count = len(tables.templates.kinds) // 2
    templates = tables.templates.deck[cards[0]] + unsafe * np.int32(safe_count)
    return Threads(
        first_rows=first_rows,
        templates=templates,
        fewest_parts=tables.templates.fewest_parts[templates] + parameters.fewest_details,
        hands=tables.hand_deck[cards[1]],
        thread=np.cumsum(starts) - 1,
        edited=~starts & (uniform < parameters.edit_share),
    )


def count_first_parts(
    rng: np.random.Generator, threads: Threads, draws: Draws, long_share: float, tables: Tables
) -> Integers:
    """Parts of each thread's first prompt: as many as a drawn budget of tokens pays for.

    A long prompt takes one part more than its budget, which starts above `TOKEN_LIMIT`.
    """
    cards = draws[:SLOT_COUNT, threads.first_rows].T % DECK_SIZE
    phrases = tables.decks[tables.templates.kinds[threads.templates, :SLOT_COUNT], cards]
    cost = np.cumsum(tables.token_counts[phrases], axis=1)
    uniform, longer = rng.random((2, draws.shape[1]), dtype=np.float32)[:, threads.first_rows]
    is_long = longer < long_share
    usual_budget = np.interp(uniform, _QUANTILE_LEVELS, _TOKEN_QUANTILES)
    long_budget = TOKEN_LIMIT + 3 - _LONG_TAIL_TOKENS * np.log1p(-uniform)
    budget = np.where(is_long, long_budget, usual_budget)
    parts = np.count_nonzero(cost <= budget[:, None], axis=1) + is_long
    clipped: Integers = np.clip(parts, threads.fewest_parts, SLOT_COUNT).astype(np.int32)
    return clipped


def draw_edits(
    rng: np.random.Generator, threads: Threads, first_parts: Integers, parameters: CorpusParameters
) -> tuple[Flags, Integers]:
    """What the edits do: rows that replace a part, and the number of parts of every row.

    A thread that begins with hardly more than its subject grows rather than shrinks.
    """
    uniform = rng.random(len(threads.thread), dtype=np.float32)
    swaps = threads.edited & (uniform < parameters.swap_share)
    adds = uniform < parameters.swap_share + parameters.add_share
    short = (first_parts <= threads.fewest_parts + 1)[threads.thread]
    change = np.where(threads.edited & ~swaps, np.where(adds | short, 1, -1), 0)
    total = np.cumsum(change)
    parts = (first_parts - total[threads.first_rows])[threads.thread] + total
    clipped = np.clip(parts, threads.fewest_parts[threads.thread], SLOT_COUNT)
    return swaps, clipped.astype(np.int32)


def settle(
    rng: np.random.Generator,
    threads: Threads,
    draws: Draws,
    edits: tuple[Flags, Integers],
    setting_change_share: float,
) -> Draws:
    """The draws that count: each column keeps what its thread drew last.

    Args:
        rng: The block's generator.
        threads: The block's threads.
        draws: A draw for each column and row, as if every part of every row were new.
        edits: Rows that replace a part, and the number of parts, as `draw_edits` gives them.
        setting_change_share: Share of rows that change one setting.

    Returns:
        Draw by column and row, same shape as `draws`.
    """
    swaps, parts = edits
    uniform, which = rng.random((2, len(parts)), dtype=np.float32)
    source = np.zeros(draws.shape, dtype=np.int32)
    source[:, threads.first_rows] = threads.first_rows
    swapped = np.flatnonzero(swaps)
    source[(which[swapped] * parts[swapped]).astype(np.intp), swapped] = swapped
    changed = np.flatnonzero(uniform < setting_change_share)
    source[SLOT_COUNT + (which[changed] * SETTING_COUNT).astype(np.intp), changed] = changed
    np.maximum.accumulate(source, axis=1, out=source)
    return np.take_along_axis(draws, source, axis=1)
