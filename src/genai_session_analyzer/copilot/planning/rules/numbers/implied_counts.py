"""Counts where no number was named: of rows, of what happened to them, of periods."""

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea


def read_implied_count(draft: Draft) -> None:
    """`Sessions longer than 10 minutes`: the entity is counted where no number was named."""
    sentence = draft.sentence
    has_number = draft.ideas or draft.rows_of or (draft.rank and draft.rank.idea)
    if has_number or _is_about_before(draft):
        return
    entity = sentence.first("(E)")
    bounded = entity and _is_behind_bounded(draft, entity.start(1))
    if entity and not bounded and not (draft.subject and draft.conditions):
        at = entity.start(1)
        draft.counted = sentence.pieces[at].key
        draft.ask(Idea(kind="count", key=draft.counted), at)
        sentence.take(at)
        sentence.take(*(p for p in sentence.left("H") if sentence.pieces[p].key == "count"))
    elif draft.subject and not draft.conditions and draft.rank is None:
        _ask_which(draft)


def _is_behind_bounded(draft: Draft, at: int) -> bool:
    """`Regions with a latency above 5 s for pro users`: the users are not counted."""
    before = [piece for piece in draft.sentence.pieces[:at] if piece.kind == "F"]
    return bool(before) and any(each.position < at for each in draft.conditions)


def _ask_which(draft: Draft) -> None:
    """`Which users never failed`: the rows themselves, of users in a range of time the ids."""
    times = draft.tagged.times
    if draft.subject != "users" or times.other or not (times.range or times.grain):
        draft.rows_of = draft.subject


def _is_about_before(draft: Draft) -> bool:
    """Whether a follow-up changes something else than what is counted."""
    times = draft.tagged.times
    found = draft.keeps or draft.conditions or draft.groups or draft.rank or draft.has_share
    return draft.is_follow_up and bool(
        found
        or times.is_earlier
        or draft.transform != "value"
        or times.weekdays
        or times.range
        or times.grain
        or times.comparison
    )


def read_trailing_count(draft: Draft) -> None:
    """`Blocked for safety: how many`: what is counted is named by what happened to it."""
    sentence = draft.sentence
    counts = [at for at in sentence.left("H") if sentence.pieces[at].key == "count"]
    if not counts or draft.is_follow_up:
        return
    if draft.ideas and all(idea.kind in ("count", "event") for idea in draft.ideas):
        sentence.take(*counts)
    elif not draft.ideas and draft.rank is None and draft.keeps and not draft.groups:
        draft.ask(Idea(kind="count", key="generations"), counts[0])
        sentence.take(*counts)


def read_counted_periods(draft: Draft) -> None:
    """`How many days had more than 200 generations`."""
    if draft.tagged.times.counts_periods:
        draft.over = "share" if draft.tagged.times.shares_periods else "count"
