"""What the data does not have, and what can be read in several ways."""

from genai_session_analyzer.copilot.planning.words.lexicon import entries
from genai_session_analyzer.copilot.planning.words.settling.shares import is_origin
from genai_session_analyzer.copilot.planning.words.settling.where import is_clear_where
from genai_session_analyzer.copilot.planning.words.tagging import Tagged
from genai_session_analyzer.copilot.roles import Declined

_PRECISE = ("requests with a latency above 5 seconds in the last 7 days",)


def outside(tagged: Tagged) -> Declined | None:
    """Return why the data cannot answer at all, None where it may."""
    for at, piece in enumerate(tagged.sentence.pieces):
        if piece.kind == "!" and not is_origin(tagged.sentence, at):
            entry = entries("scope")["out_of_scope"][piece.key]
            closest = tuple(entry["closest"])
            say = entry.get("say", f"the data says nothing about {piece.key}")
            reason = f"'{piece.text}': {say}"
            return Declined(reason=reason, closest=closest, is_out_of_scope=True)
        if piece.key in ("improved", "worsened") and tagged.times.comparison is None:
            closest = tuple(entries("scope")["out_of_scope"]["advice"]["closest"])
            reason = f"'{piece.text}': say from when to when, such as from January to February"
            return Declined(reason=reason, closest=closest, is_out_of_scope=True)
    return None


def vague(tagged: Tagged) -> Declined | None:
    """Return what was said too vaguely to count, None where nothing was."""
    for at, piece in enumerate(tagged.sentence.pieces):
        if piece.kind == "^" and not is_clear_where(tagged.sentence, at):
            say = entries("scope")["vague"][piece.key]["say"]
            reason = f"'{piece.text}': {say}"
            return Declined(reason=reason, closest=_PRECISE, is_out_of_scope=True)
    return None
