"""Users who are named by what they did: "users with more than 300 requests"."""

from dataclasses import replace

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import adds_up


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


def as_users(listed: Draft) -> Draft:
    """Return the draft as a list of users, each with the number that is bounded."""
    listed.rows_of, listed.counted, listed.subject = None, None, "users"
    listed.conditions = [
        each if each.of_rows else replace(each, of_group=True) for each in listed.conditions
    ]
    return listed
