"""Pieces that name a number, as ideas of it."""

import re

from genai_session_analyzer.copilot.planning.drafts import ENTITIES, Idea
from genai_session_analyzer.copilot.planning.words.lexicon import entries
from genai_session_analyzer.copilot.planning.words.pieces import Piece, Sentence

LENGTHS = {"sessions": "duration", "prompts": "prompt_length", "generations": "latency"}
"""What "long" is about, by what it is said of."""

MEASURES_PER = {
    ("cost", "users"): "cost_per_user_credits",
    ("cost", "sessions"): "mean_session_cost_credits",
    ("generations", "users"): "generations_per_user",
    ("generations", "sessions"): "generations_per_session",
    ("sessions", "users"): "sessions_per_user",
}
"""By what is put together and over what: the measure that has both in its name."""


def idea_of(piece: Piece, how: str | None = None) -> Idea:
    """Return the number a piece stands for: an amount, an event's count, or an entity's."""
    if piece.kind == "Q":
        return Idea(kind="quantity", key=piece.key, how=how)
    if piece.kind in "Vv":
        return Idea(kind="event", key=piece.key, how=how)
    return Idea(kind="count", key=piece.key, how=how)


def key_at(sentence: Sentence, match: re.Match[str], part: int) -> str | None:
    """Return the key of the piece that a part of a pattern matched; None where it matched none."""
    return sentence.pieces[match.start(part)].key if match[part] else None


def idea_at(sentence: Sentence, match: re.Match[str], how: int, number: int) -> Idea:
    """Return the number that a part of a pattern matched, with the average of another part."""
    return idea_of(sentence.pieces[match.start(number)], key_at(sentence, match, how))


def idea_named(key: str) -> Idea:
    """Return the idea of a name in the superlatives: a quantity, an event, or an entity."""
    if key in ENTITIES:
        return Idea(kind="count", key=key)
    if key in ("thumbs_up", "thumbs_down"):
        return Idea(kind="event", key=key)
    return Idea(kind="quantity", key=key)


def more_is_better(idea: Idea) -> bool:
    """Return whether more of a number is good: of success rates, not of latencies."""
    return idea.key in entries("polarity")["more_is_better"]


def adds_up(idea: Idea) -> bool:
    """Return whether an amount is usually summed: cost and retries are, latency is not."""
    return idea.key in ("cost", "retries", "images", "wasted_cost", "failure_cost", "retry_cost")
