"""Pieces that name a number, as ideas of it."""

from genai_session_analyzer.copilot.planning.drafts import Idea
from genai_session_analyzer.copilot.planning.words.lexicon import entries
from genai_session_analyzer.copilot.planning.words.pieces import Piece

NUMBERED = "QVvE"


def idea_of(piece: Piece, how: str | None = None) -> Idea:
    """Return the number a piece stands for: an amount, an event's count, or an entity's."""
    if piece.kind == "Q":
        return Idea(kind="quantity", key=piece.key, how=how)
    if piece.kind in "Vv":
        return Idea(kind="event", key=piece.key, how=how)
    return Idea(kind="count", key=piece.key, how=how)


def named(key: str) -> Idea:
    """Return the idea of a name in the superlatives: a quantity, an event, or an entity."""
    if key in ("generations", "sessions", "users", "prompts"):
        return Idea(kind="count", key=key)
    if key in ("thumbs_up", "thumbs_down"):
        return Idea(kind="event", key=key)
    return Idea(kind="quantity", key=key)


def more_is_better(idea: Idea) -> bool:
    """Return whether more of a number is good: of success rates, not of latencies."""
    return idea.key in entries("polarity")["more_is_better"]
