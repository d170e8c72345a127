"""Questions for rows themselves: "list the 10 slowest generations", "newest prompts"."""

from genai_session_analyzer.copilot.planning.binding.naming import column_name
from genai_session_analyzer.copilot.planning.drafts import Draft, Idea


def read_listing(draft: Draft) -> None:
    """Rows themselves: "list the 10 slowest generations", "newest prompts"."""
    sentence, rank = draft.sentence, draft.rank
    if draft.columns:
        _take_listing_words(draft)
        return
    if draft.ideas or draft.groups or draft.tagged.times.grain:
        return
    if rank and draft.subject:
        is_row = rank.by_time or (
            rank.idea is not None
            and rank.idea.how not in ("max", "min")
            and _ranks_rows(draft, rank.idea, draft.subject)
        )
        if is_row:
            draft.rows_of = draft.subject
            _take_listing_words(draft)
        return
    listed = sentence.first("Z[oI]*(?:n)?[_L]*(E)")
    if listed and rank is None:
        draft.rows_of = sentence.pieces[listed.start(1)].key
        sentence.take(listed.start(1))
        _take_listing_words(draft)


def _ranks_rows(draft: Draft, idea: Idea, entity: str) -> bool:
    if entity == "users":
        return False
    if entity == "prompts" and draft.tagged.times.range:
        return False
    return column_name(idea, entity) is not None


def _take_listing_words(draft: Draft) -> None:
    draft.sentence.take(*draft.sentence.left("ZH"))
