"""The columns of a block: prompts from their parts, and what the prompts mean."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from genai_session_analyzer.pipelines.ingestion.corpus.decks import DECK_SIZE, Integers
from genai_session_analyzer.pipelines.ingestion.corpus.phrases import UNNAMED_MOOD, UNNAMED_STYLE
from genai_session_analyzer.pipelines.ingestion.corpus.pieces import FLAW_COUNT
from genai_session_analyzer.pipelines.ingestion.corpus.tables import Tables
from genai_session_analyzer.pipelines.ingestion.corpus.templates import GLUE_COUNT
from genai_session_analyzer.pipelines.ingestion.corpus.threads import Draws, Threads
from genai_session_analyzer.pipelines.ingestion.corpus.vocabulary import read_vocabulary


def prompt_column(
    threads: Threads, draws: Draws, parts: Integers, tables: Tables
) -> pa.StringArray:
    """The prompts, one per row.

    The pieces of all rows are taken into one array of strings; their text then lies one after the
    other, so a prompt is a slice of it and nothing is joined.

    Args:
        threads: The block's threads.
        draws: Settled draw by column and row: a card in the low 12 bits, a flaw in the high 4.
        parts: Parts by row.
        tables: The compiled vocabulary.
    """
    lengths = parts + 1  # the ending is a piece of its own
    ends = np.cumsum(lengths)
    rows = np.repeat(np.arange(len(parts)), lengths)
    slots = np.arange(ends[-1]) - np.repeat(ends - lengths, lengths)
    templates, hands = threads.templates[threads.thread], threads.hands[threads.thread]
    drawn = draws[slots, rows]
    places = templates[rows] * tables.templates.kinds.shape[1] + slots
    phrases = tables.decks.take(tables.templates.kinds.take(places) * DECK_SIZE + drawn % DECK_SIZE)
    habits = hands[rows] * GLUE_COUNT + tables.templates.glues.take(places)
    pieces = tables.pieces.variants.take(habits * FLAW_COUNT + drawn // DECK_SIZE) + phrases
    pieces[ends - 1] = tables.pieces.endings[hands]
    _, offsets, text = tables.pieces.texts.take(pa.array(pieces)).buffers()
    bounds = np.frombuffer(offsets, dtype=np.int32)[np.append(0, ends)]
    return pa.StringArray.from_buffers(len(parts), pa.py_buffer(bounds), text)


def meaning_columns(
    threads: Threads, draws: Draws, parts: Integers, tables: Tables
) -> dict[str, pa.DictionaryArray]:
    """Domain, art style and mood by row, as far as the prompt's parts name them."""
    vocabulary = read_vocabulary()
    templates = threads.templates[threads.thread]

    def codes(slots: Integers, phrase_codes: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
        """Return the code of the phrase in each row's slot; -1 where the prompt has none."""
        slot = slots[templates]
        cards = draws[slot, np.arange(len(slot))] % DECK_SIZE
        phrases = tables.decks[tables.templates.kinds[templates, slot], cards]
        return np.where(slot < parts, phrase_codes[phrases], np.int8(-1))

    styles = codes(tables.templates.style_slots, tables.styles)
    moods = codes(tables.templates.mood_slots, tables.moods)
    domains = templates % len(vocabulary.domains)
    return {
        "meant_domain": _dictionary(domains, list(vocabulary.domains)),
        "meant_art_style": _dictionary(styles + 1, [UNNAMED_STYLE, *vocabulary.styles]),
        "meant_mood": _dictionary(moods + 1, [UNNAMED_MOOD, *vocabulary.moods]),
    }


def _dictionary(codes: npt.NDArray[np.integer], names: list[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int8)), pa.array(names))
