"""Rules for what the others have left: late averages, joined numbers, fields without "by"."""

import re
from dataclasses import replace
from itertools import pairwise

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea, Rank
from genai_session_analyzer.copilot.planning.rules.averaging import adds_up
from genai_session_analyzer.copilot.planning.rules.ideas import idea_of


def read_joined_entities(draft: Draft) -> None:
    """`Users and sessions by device` counts both."""
    sentence = draft.sentence
    joined = _joined(draft)
    while joined is not None:
        draft.ask(idea_of(sentence.pieces[joined]), joined)
        sentence.take(joined)
        joined = _joined(draft)
    in_order = sorted(zip(draft.places, draft.ideas, strict=False), key=lambda pair: pair[0])
    if len(in_order) == len(draft.ideas):
        draft.places, draft.ideas = [at for at, _ in in_order], [idea for _, idea in in_order]


def _joined(draft: Draft) -> int | None:
    """The place of an entity that "and", a comma or "versus" joins to a number asked for."""
    kinds = "".join(piece.kind for piece in draft.sentence.pieces)
    for at in draft.sentence.left("E"):
        before = re.search("([^DGHo])[Ho]*[DG]+[Ho]*$", kinds[:at])
        after = re.match("[Ho]*[DG]+[AHo]*([^DGAHo])", kinds[at + 1 :])
        if before and before.start(1) in draft.places:
            return at
        if after and at + 1 + after.start(1) in draft.places:
            return at
    return None


def read_late_average(draft: Draft) -> None:
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


def read_late_count(draft: Draft) -> None:
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


def _average_over_mentioned(draft: Draft) -> None:
    """`Average generations of users who ...` is per user."""
    idea = draft.ideas[0]
    others = [draft.sentence.pieces[at].key for at in draft.sentence.left("E")]
    if draft.tagged.times.grain:
        return
    if idea.kind == "count" and len(others) == 1 and others[0] != idea.key and not draft.per:
        draft.per = others[0]


def read_counted_periods(draft: Draft) -> None:
    """`How many days had more than 200 generations`."""
    if draft.tagged.times.counts_periods:
        draft.over = "share" if draft.tagged.times.shares_periods else "count"


def read_comparatives(draft: Draft) -> None:
    """`Higher than` adds nothing where two times or two values are compared anyway."""
    sentence = draft.sentence
    if draft.tagged.times.comparison or draft.tagged.times.is_split or sentence.has("G"):
        sentence.take(*sentence.left("x"))
    if any(keep.field in draft.groups and len(keep.values) > 1 for keep in draft.keeps):
        sentence.take(*sentence.left("y"))


def check_joined(draft: Draft) -> None:
    """Two numbers that are not joined by "and" are one that was not understood."""
    places = sorted(draft.places)
    for first, second in pairwise(places):
        between = draft.sentence.pieces[first + 1 : second]
        if not any(piece.kind in "DG" for piece in between) and first != second:
            words = (draft.sentence.pieces[first].text, draft.sentence.pieces[second].text)
            draft.trouble = f"how '{words[0]}' and '{words[1]}' belong together"


def check_alternatives(draft: Draft) -> None:
    """`In Asia or of the enterprise tier`: a plan's conditions hold all at once."""
    named = [(keep.position, keep.field or keep.event) for keep in draft.keeps]
    named += [(each.position, each.idea.key) for each in draft.conditions]
    pieces = draft.sentence.pieces
    for (first, one), (second, other) in pairwise(sorted(named)):
        listed = [at for at in range(first, min(second, len(pieces))) if one in pieces[at].fields]
        last = max(listed, default=first)  # "in Asia or Europe" is one condition
        joins = [p.text for p in pieces[last + 1 : second] if p.kind == "D"]
        if one != other and second < len(pieces) and joins[-1:] == ["or"]:
            draft.trouble = f"'or' between {one.replace('_', ' ')} and {other.replace('_', ' ')}"


def _follows_period(draft: Draft, at: int) -> bool:
    """`By month and tier`: the period was read with the words of time."""
    return draft.tagged.times.grain is not None and sentence_before(draft, at).endswith("D")


def sentence_before(draft: Draft, at: int) -> str:
    """Return the kinds of what is left before a place."""
    return draft.sentence.shape[:at]


def read_leftover_fields(draft: Draft) -> None:
    """`Which models are there`, "list all regions", "compare tiers by success rate"."""
    sentence = draft.sentence
    is_compared = sentence.has("G")
    for at in sentence.left("F"):
        if sentence.pieces[at].key in draft.groups:
            sentence.take(at)  # "which sampler ..., only samplers with ..."
    for match in sentence.find("[HZW]?[oI]*(F)(?:D(F))?"):
        names = [sentence.pieces[match.start(n)] for n in (1, 2) if match[n]]
        wanted = not draft.ideas or is_compared or all(each.is_plural for each in names)
        wanted = wanted or _follows_period(draft, match.start(1))
        wanted = wanted or (draft.has_share and not draft.groups and not draft.keeps)
        if not wanted or draft.rows_of:
            continue
        draft.groups += [each.key for each in names if each.key not in draft.groups]
        sentence.take_span(match.start(), match.end())
    if draft.groups or draft.ideas or (draft.rank and draft.subject):
        sentence.take(*sentence.left("Z"))
