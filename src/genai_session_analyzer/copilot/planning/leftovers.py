"""Whether a question was read in full."""

import re

from genai_session_analyzer.copilot.planning.drafts import NO_PLACE, Draft

IGNORED = "_opaDWEOqi"
"""Kinds of pieces that need not be accounted for once a plan is there."""


def unread(draft: Draft) -> tuple[str, ...]:
    """Return the words that no rule accounted for, in the question's order.

    Where some are not known at all, only those: the others hang on them.
    """
    unknown = tuple(
        piece.text
        for at, piece in enumerate(draft.sentence.pieces)
        if draft.sentence.shape[at] == "?"
    )
    return unknown or tuple(
        draft.sentence.pieces[at].text
        for at, kind in enumerate(draft.sentence.shape)
        if kind not in IGNORED
    )


def is_rows_or_number(draft: Draft) -> bool:
    """Return whether rows with a bound are named without saying if to count or to list them."""
    says = any(piece.kind in "HRIZG" for piece in draft.sentence.pieces)
    is_one = draft.counted is not None and len(draft.ideas) == 1 and draft.ideas[0].kind == "count"
    is_one = is_one and draft.ideas[0].how is None
    is_grouped = draft.groups or draft.tagged.times.grain or draft.rank or draft.per
    has_bound = draft.conditions or any(keep.event for keep in draft.keeps)
    return bool(has_bound) and is_one and not says and not is_grouped


_SHOWN = re.compile(
    r"^\W*(?:(?:please|now|then|can you|could you|i want to|let me|i would like to)\W+)*"
    r"(?:show|display|find|fetch|get|give|pull up|pull|return|print|output|see)\b"
)


def wants_rows(draft: Draft) -> bool:
    """Return whether the question begins with an order to show: rows, not how many there are."""
    return _SHOWN.match(draft.tagged.text) is not None


def is_empty(draft: Draft) -> bool:
    """Return whether nothing was found that could be counted or listed."""
    has_rank = draft.rank is not None and draft.rank.idea is not None
    if draft.sentence.has("G") and not draft.ideas and not has_rank and not draft.conditions:
        return not draft.is_follow_up
    only_grouped = not draft.ideas and not has_rank and not draft.rows_of
    if only_grouped and draft.group_at < NO_PLACE and not draft.conditions:
        return True
    return not (draft.ideas or draft.groups or draft.rows_of or has_rank or draft.conditions)
