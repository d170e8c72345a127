"""Averages that are said last: "how many generations per day on average"."""

from dataclasses import replace

from genai_session_analyzer.copilot.planning.drafts import Draft, Rank
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import adds_up


def read_trailing_average(draft: Draft) -> None:
    """`How many generations per day on average`; a total is what a count is anyway."""
    sentence = draft.sentence
    for at in sentence.left("A"):
        how = sentence.pieces[at].key
        if draft.rank and draft.rank.idea and not draft.ideas:
            _average_ranked(draft, draft.rank, how)
            sentence.take(at)
            continue
        if how == "total" or any(idea.how == how for idea in draft.ideas):
            sentence.take(at)
        elif len(draft.ideas) == 1 and draft.ideas[0].how is None:
            draft.ideas[0] = replace(draft.ideas[0], how=how)
            _average_over_mentioned(draft)
            sentence.take(at)


def _average_ranked(draft: Draft, rank: Rank, how: str) -> None:
    """`Slowest region on average`: the number that ranks is a mean."""
    idea = rank.idea
    if idea and idea.key == "mean_cost" and how == "mean":
        return
    recurs = draft.tagged.times.grain is not None
    is_added = idea and (idea.kind in ("count", "event") or adds_up(idea)) and idea.how is None
    is_plain = idea is not None and idea.kind == "quantity" and idea.how is None
    if idea and ((recurs and is_added) or is_plain):
        draft.rank = replace(rank, idea=replace(idea, how=how))
    else:
        draft.trouble = f"an average of {idea.key if idea else 'it'}"


def _average_over_mentioned(draft: Draft) -> None:
    """`Average generations of users who ...` is per user."""
    idea = draft.ideas[0]
    others = [draft.sentence.pieces[at].key for at in draft.sentence.left("E")]
    if draft.tagged.times.grain:
        return
    if idea.kind == "count" and len(others) == 1 and others[0] != idea.key and not draft.per:
        draft.per = others[0]
