"""Periods that come first: "on which day was the error rate highest", "the 5 worst days"."""

import re
from dataclasses import replace
from typing import Literal

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea, Rank
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import (
    idea_at,
)

_GENERATIONS = Idea(kind="count", key="generations")


def read_period_rank(draft: Draft) -> None:
    """Find what periods are ranked by, or the most there was in one of them."""
    if draft.tagged.times.grain is None:
        return
    _read_peak(draft)
    _read_most_in_one(draft)
    _read_numbered(draft)
    _read_trailing(draft)
    _read_busiest_by(draft)


def _read_peak(draft: Draft) -> None:
    """`The peak day for cost`: the day, with its number."""
    sentence = draft.sentence
    match = sentence.first("(A)[opBY]*H?(A?)o?([QVE])")
    is_peak = re.search(r"\bpeak (?:day|week|month|hour)s?\b", draft.tagged.text)
    if not match or not is_peak or sentence.pieces[match.start(1)].text != "peak":
        return
    idea = idea_at(sentence, match, how=2, number=3)
    draft.rank = Rank(idea=idea, descending=True, limit=1)
    sentence.take_span(*match.span())


def _read_most_in_one(draft: Draft) -> None:
    """`The highest number of requests in a single day`: one number, the maximum over days."""
    sentence = draft.sentence
    match = sentence.first("(M)o?H?(A?)o?([QVE])")
    if not (match and draft.tagged.times.is_single) or sentence.first("[WB][EF]"):
        return
    if re.search("[EFT]", sentence.shape[: match.start()]):
        return  # "the model with the highest daily cost"
    idea = idea_at(sentence, match, how=2, number=3)
    most: Literal["max", "min"] = (
        "max" if sentence.pieces[match.start(1)].key == "descending" else "min"
    )
    one = re.compile("[opan]*(E)").match(sentence.shape, match.end())
    if one and sentence.pieces[one.start(1)].key != idea.key and idea.how is None:
        draft.per = sentence.pieces[one.start(1)].key  # "... of one user in a day"
        idea = replace(idea, how=most)
        sentence.take_span(*one.span())
    else:
        draft.over = most
    draft.ask(idea, match.start(3))
    sentence.take_span(*match.span())


def _read_numbered(draft: Draft) -> None:
    """`The 5 days with the most failures`."""
    sentence = draft.sentence
    match = sentence.first("(?<!C)(n)p?(M)o?H?(A?)o?([QVE])")
    if not match or draft.over:
        return
    limit = int(sentence.pieces[match.start(1)].number)
    _rank(draft, match.start(2), idea_at(sentence, match, how=3, number=4), limit)
    sentence.take_span(*match.span())


def _read_trailing(draft: Draft) -> None:
    """`On which day was the error rate highest`, "when do people generate the most"."""
    sentence = draft.sentence
    if draft.rank or draft.over or sentence.first("[WB][opI]*[EF]"):
        return
    done = sentence.first("E[op_]*[av]+(M)[op]*$")
    match = sentence.first("(A?)o?([QV])(M)[op]*$")
    if match:
        _rank(draft, match.start(3), idea_at(sentence, match, how=1, number=2), 1)
        sentence.take_span(*match.span())
    elif done and sentence.pieces[done.start()].key == "users":
        _rank(draft, done.start(1), _GENERATIONS, 1)
        sentence.take(done.start(), done.start(1))


def _read_busiest_by(draft: Draft) -> None:
    """`The busiest day by requests`: what "busiest" is about is said."""
    sentence = draft.sentence
    match = sentence.first("(S)[op]*[BY]H?(A?)o?([QVE])")
    key = sentence.pieces[match.start(1)].key if match else ""
    if not match or draft.rank or not re.fullmatch("generations (?:de|a)scending", key):
        return
    idea = idea_at(sentence, match, how=2, number=3)
    draft.rank = Rank(idea=idea, descending=key.endswith(" descending"), limit=1)
    sentence.take_span(*match.span())


def _rank(draft: Draft, most: int, idea: Idea, limit: int) -> None:
    descending = draft.sentence.pieces[most].key == "descending"
    draft.rank = Rank(idea=idea, descending=descending, limit=limit)
