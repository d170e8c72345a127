"""Groups ranked by one row of theirs: "which user has the longest session"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea, Rank
from genai_session_analyzer.copilot.planning.rules.groups.grouping import GROUPABLE
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import (
    LENGTHS,
    MEASURES_PER,
)
from genai_session_analyzer.copilot.planning.rules.ranks.rank_subjects import take_subject
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_HAVE_LENGTHS = ("sessions", "prompts")
PER = {**MEASURES_PER, ("cost", "generations"): "mean_cost_credits"}
"""By what is put together and over what: the measure that has both."""


def read_extreme_rows(draft: Draft) -> None:
    """Rank groups by the longest, slowest or dearest row of each, where nothing else ranks them."""
    if draft.rank:
        return
    sentence = draft.sentence
    _join_per(sentence)
    match = sentence.first("(?:W|^)([FE])[pa]*([AS])(E)")
    grain = None if match else sentence.first("[pa_]*()([AS])(E)")
    found = match or (grain if draft.tagged.times.grain and not sentence.first("[WF]") else None)
    if not found:
        _doubt_measured(draft)
        return
    idea = _idea(sentence, found)
    if idea is None or sentence.first("[QT]"):
        return
    if match and sentence.pieces[match.start(1)].key == sentence.pieces[match.start(3)].key:
        return
    draft.rank = Rank(idea=idea, descending=idea.how == "max", limit=1)
    subject = found.start(1) if match else None
    sentence.take(*range(found.start(2), found.end()))
    if subject is not None:
        take_subject(draft, subject)


def _doubt_measured(draft: Draft) -> None:
    """`Users by cost`: all of them in that order, or their cost in all."""
    sentence = draft.sentence
    match = sentence.first("^[ZoaI]*(E)B[HoA]*(Q)")
    if not match or draft.is_follow_up or sentence.first("[TSMbYJRW]"):
        return
    amount = sentence.pieces[match.start(2)]
    if amount.key not in GROUPABLE:
        draft.trouble = "whether to rank them by that number, or to put them together"


def _idea(sentence: Sentence, match: re.Match[str]) -> Idea | None:
    """The most or the least of what "longest", "slowest" or "cheapest" is about."""
    ranks, rows = (sentence.pieces[match.start(part)] for part in (2, 3))
    if rows.is_plural:
        return None
    if ranks.kind == "A" and ranks.text in ("longest", "shortest") and rows.key in _HAVE_LENGTHS:
        return Idea(kind="quantity", key=LENGTHS[rows.key], how=ranks.key)
    name, _, direction = ranks.key.rpartition(" ")
    if ranks.kind == "S" and name in ("latency", "cost", "duration"):
        how = "max" if direction == "descending" else "min"
        return Idea(kind="quantity", key=name, how=how)
    return None


def _join_per(sentence: Sentence) -> None:
    """`Highest cost per user`, "top regions by requests per session": one number."""
    for match in reversed(list(re.finditer("(S)[op]*(B)(E)", sentence.shape))):
        ranks, per, whom = (sentence.pieces[match.start(part)] for part in (1, 2, 3))
        amount, _, direction = ranks.key.rpartition(" ")
        name = PER.get((amount, whom.key))
        if name and per.key == "per":
            sentence.replace(match.start(1), "S", f"measure {name} {direction}")
            sentence.drop(match.start(3))
            sentence.drop(match.start(2))
    for match in reversed(list(re.finditer("(?<=[MbYB])A(?=(Q)B(E))", sentence.shape))):
        joined = tuple(sentence.pieces[match.start(part)].key for part in (1, 2))
        if sentence.pieces[match.start()].key == "mean" and joined in PER:
            sentence.drop(match.start())  # "the highest average cost per generation"
    for match in reversed(list(re.finditer("(?<=[MbYB])([QE])(B)(E)", sentence.shape))):
        what, per, whom = (sentence.pieces[match.start(part)] for part in (1, 2, 3))
        name = PER.get((what.key, whom.key))
        if name and per.key == "per":
            sentence.replace(match.start(), "Q", f"measure {name}")
            sentence.drop(match.start(3))
            sentence.drop(match.start(2))
