"""Ranks said with "top" or "bottom", and how many of what they are of."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea, Rank
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import (
    idea_at,
)
from genai_session_analyzer.copilot.planning.rules.ranks.rank_subjects import (
    DEFAULT_LIMIT,
    limit_of,
    number_at,
    take_subject,
)


def read_top(draft: Draft) -> None:
    """Read "top 5 users by cost": what ranks, how many, and of what."""
    sentence = draft.sentence
    match = sentence.first("(T)(n?)")
    if not match:
        return
    number = number_at(draft, match.start(2)) if match[2] else None
    descending = sentence.pieces[match.start(1)].key == "descending"
    are_together = sentence.first("^[DopI_]*Ho?(E)[opa_]*T")
    if are_together and match[2]:
        draft.over = "sum"
    elif "H" in sentence.shape[: match.start()]:
        draft.trouble = "whether the top ones are meant together"
        return
    sentence.take_span(match.start(), match.end())
    after = re.compile("[opLS_]*([EF])")
    subject = after.match(sentence.shape, match.end())
    rank = draft.rank
    by = sentence.first("(?:B|p|Y|o)(H?)(A?)o?([QVvE])")
    if rank is None and by and (subject is None or by.start(3) != subject.start(1)):
        idea = idea_at(sentence, by, how=2, number=3)
        rank = Rank(idea=idea, descending=descending, limit=None)
        sentence.take_span(by.start(), by.end())
    limit = number or _limit_of_top(draft, subject)
    if rank is None:
        is_field = subject is not None and sentence.shape[subject.start(1)] == "F"
        by_count = is_field and not sentence.first("[QVvHR]") and not draft.is_follow_up
        counted = Idea(kind="count", key="generations") if by_count else None
        draft.rank = Rank(idea=counted, descending=descending, limit=limit)
    else:
        keep = rank.descending if rank.by_time or draft.rank else descending
        draft.rank = Rank(idea=rank.idea, descending=keep, limit=limit, by_time=rank.by_time)
    if subject is not None:
        take_subject(draft, subject.start(1))


def _limit_of_top(draft: Draft, subject: re.Match[str] | None) -> int:
    """`Top region` is one, "top regions" and "top" without a term are ten."""
    is_field = subject is not None and draft.sentence.shape[subject.start(1)] == "F"
    return limit_of(draft, subject.start(1)) if subject and is_field else DEFAULT_LIMIT
