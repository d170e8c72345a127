"""What a rank is of, and how many of it are wanted."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.rules.groups.grouping import keep_failures

DEFAULT_LIMIT = 10


def number_at(draft: Draft, at: int) -> int:
    """Return the number at a place."""
    return int(draft.sentence.pieces[at].number)


def number_before(draft: Draft, subject: int | None) -> int | None:
    """Return the number just before a term, and take it; None where there is none."""
    if subject is not None and subject > 0 and draft.sentence.shape[subject - 1] == "n":
        draft.sentence.take(subject - 1)
        return number_at(draft, subject - 1)
    return None


def term_before(draft: Draft, at: int) -> int | None:
    """The term just before, as of "which model has the highest", or the one asked for."""
    shape = draft.sentence.shape[:at]
    found = re.search(r"([EF])[opaGR_]*$", shape) or re.search(r"[Wn]L*([EF])", shape)
    return found.start(1) if found else None


def limit_of(draft: Draft, subject: int | None) -> int:
    """One for "which model", ten for "which models"; a period of time is one."""
    if subject is None:
        return 1
    return DEFAULT_LIMIT if draft.sentence.pieces[subject].is_plural else 1


def take_subject(draft: Draft, subject: int | None) -> None:
    """Read a term as what is ranked."""
    if subject is None:
        return
    piece = draft.sentence.pieces[subject]
    if piece.kind == "F":
        draft.groups.append(piece.key)
        draft.ranked_group = piece.key
        keep_failures(draft, subject)
    else:
        draft.subject = piece.key
    draft.sentence.take(subject)
    if subject > 0 and draft.sentence.shape[subject - 1] in "WnZ":
        draft.sentence.take(subject - 1)
