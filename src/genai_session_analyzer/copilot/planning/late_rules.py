"""Rules for what the others have left: late averages, joined numbers, fields without "by"."""

from dataclasses import replace
from itertools import pairwise

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.ideas import idea_of


def read_joined_entities(draft: Draft) -> None:
    """`Users and sessions by device` counts both."""
    sentence = draft.sentence
    for match in sentence.find("[_E]D(E)"):
        if match.start() in draft.places:
            draft.ask(idea_of(sentence.pieces[match.start(1)]), match.start(1))
            sentence.take(match.start(1))


def read_late_average(draft: Draft) -> None:
    """`How many generations per day on average`; a total is what a count is anyway."""
    sentence = draft.sentence
    for at in sentence.left("A"):
        how = sentence.pieces[at].key
        if how == "total":
            sentence.take(at)
        elif len(draft.ideas) == 1 and draft.ideas[0].how is None:
            draft.ideas[0] = replace(draft.ideas[0], how=how)
            _average_over_mentioned(draft)
            sentence.take(at)


def _average_over_mentioned(draft: Draft) -> None:
    """`Average generations of users who ...` is per user."""
    idea = draft.ideas[0]
    others = [draft.sentence.pieces[at].key for at in draft.sentence.left("E")]
    if idea.kind == "count" and len(others) == 1 and others[0] != idea.key and not draft.per:
        draft.per = others[0]


def read_counted_periods(draft: Draft) -> None:
    """`How many days had more than 200 generations`."""
    if draft.tagged.times.counts_periods:
        draft.over = "count"


def read_comparatives(draft: Draft) -> None:
    """`Higher than` adds nothing where two times or two values are compared anyway."""
    sentence = draft.sentence
    if draft.tagged.times.comparison or sentence.has("G"):
        sentence.take(*sentence.left("x"))


def check_joined(draft: Draft) -> None:
    """Two numbers that are not joined by "and" are one that was not understood."""
    places = sorted(draft.places)
    for first, second in pairwise(places):
        between = draft.sentence.pieces[first + 1 : second]
        if not any(piece.kind in "DG" for piece in between) and first != second:
            words = (draft.sentence.pieces[first].text, draft.sentence.pieces[second].text)
            draft.trouble = f"how '{words[0]}' and '{words[1]}' belong together"


def read_leftover_fields(draft: Draft) -> None:
    """`Which models are there`, "list all regions", "compare tiers by success rate"."""
    sentence = draft.sentence
    is_compared = sentence.has("G")
    for match in sentence.find("[HZW]?[oI]*(F)(?:D(F))?"):
        names = [sentence.pieces[match.start(n)] for n in (1, 2) if match[n]]
        wanted = not draft.ideas or is_compared or all(each.is_plural for each in names)
        if not wanted or draft.rows_of:
            continue
        draft.groups += [each.key for each in names if each.key not in draft.groups]
        sentence.take_span(match.start(), match.end())
    if draft.groups or draft.ideas:
        sentence.take(*sentence.left("Z"))
