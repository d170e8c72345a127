"""One number over another: "thumbs up per thumbs down", "ratio of failures to successes"."""

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.rules.ideas import idea_of

_BELOW = ("retries", "images", "cost")
"""Amounts that others are divided by; per step or per token they would be groups."""


def read_ratio(draft: Draft) -> None:
    """Find two numbers of which one is divided by the other."""
    sentence = draft.sentence
    per = sentence.first("([QVE])(B)([QV])")
    if per and sentence.pieces[per.start(2)].key == "per":
        _divide(draft, per.start(1), per.start(3), per.span())
        return
    named = sentence.first("(R)o?([QVE])(?:[pD]|G)([QVE])")
    if named and sentence.pieces[named.start(1)].text == "ratio":
        _divide(draft, named.start(2), named.start(3), named.span())


def _divide(draft: Draft, upper: int, lower: int, span: tuple[int, int]) -> None:
    pieces = draft.sentence.pieces
    if pieces[lower].kind == "Q" and pieces[lower].key not in _BELOW:
        return
    draft.ask(idea_of(pieces[upper]), upper)
    draft.divided_by = idea_of(pieces[lower])
    draft.sentence.take_span(*span)
