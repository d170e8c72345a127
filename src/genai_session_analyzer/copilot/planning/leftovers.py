"""Whether a question was read in full."""

import re

from genai_session_analyzer.copilot.planning.drafts import NO_PLACE, Draft
from genai_session_analyzer.copilot.planning.rules.averaging import adds_up

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


def all_of_users(draft: Draft) -> bool:
    """Return whether all bounds are on numbers of a user: counts, sums, rates and averages."""
    return all(
        each.of_group or each.of_rows or each.idea.kind in ("count", "event") or adds_up(each.idea)
        for each in draft.conditions
    )


_OWN = ("user_tier", "region", "device_type", "user_id")


def is_users_by_activity(draft: Draft) -> bool:
    """Return whether users are listed by how much of something they did: some time, some kind."""
    if draft.rows_of != "users" or not draft.conditions or draft.columns or draft.rank:
        return False
    if not all_of_users(draft) or is_of_one_row(draft):
        return False
    is_of_kind = any(keep.event or keep.field not in _OWN for keep in draft.keeps)
    has_range = draft.tagged.times.range is not None and draft.signup is None
    counts = any(
        each.idea.kind == "event" or each.of_group or each.of_rows for each in draft.conditions
    )
    return is_of_kind or has_range or counts


def is_of_one_row(draft: Draft) -> bool:
    """Return whether bounds are on single generations: "users with a request above 2 credits"."""
    amounts = [each for each in draft.conditions
               if each.idea.kind == "quantity" and not (each.of_group or each.of_rows)]  # fmt: skip
    return bool(amounts) and draft.sentence.has("E", "generations")
