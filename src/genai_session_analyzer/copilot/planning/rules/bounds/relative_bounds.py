"""Bounds that are no number: "slower than average", "as wide as high"."""

import re

from genai_session_analyzer.copilot.plan import Operator
from genai_session_analyzer.copilot.planning.drafts import Condition, Draft, Idea
from genai_session_analyzer.copilot.planning.rules.bounds.bound import OPERATORS
from genai_session_analyzer.copilot.planning.rules.bounds.number_bounds import (
    OF_GROUPS,
    is_of_period,
)
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import LENGTHS, idea_of

_OPERATORS: dict[str, Operator] = {
    **OPERATORS,
    **dict.fromkeys(("more", "higher", "greater", "larger", "longer"), "above"),
    **dict.fromkeys(("less", "fewer", "lower", "shorter"), "below"),
}
_ALL = "(?P<all>[op]*B?[op]*E)?"
_THAN_MEAN = (
    rf"(?P<thing>Q)[op]*(?P<sign>[Ch])[op]*(?P<mean>A)o?(?P<again>[QE])?{_ALL}(?![QVn])",
    rf"(?P<thing>Q)[op]*(?P<sign>x)p(?P<mean>A)o?(?P<again>[QE])?{_ALL}(?![QVn])",
    rf"(?P<sign>h)[op]*(?P<mean>A)o?(?P<again>[QE])?{_ALL}(?![QVn])",
    "(?P<sign>C)(?P<mean>A)(?P<thing>Q)(?P<again>)(?P<all>)(?![CcnU])",
)
_OTHER = (
    "(?P<thing>Q)[op]*(?P<sign>C)[op]*(?P<other>Q)",
    "(?P<sign>x)(?P<thing>[QV])p(?P<other>[QV])",
)
_DEARER = ("cheaper than", "more expensive than", "costlier than", "dearer than", "pricier than")
_PAIRS = ({"width", "height"}, {"thumbs_up", "thumbs_down"}, {"steps", "tokens"})


def read_relative_bounds(draft: Draft) -> None:
    """Find bounds that are the mean of the number, or another number of the same row."""
    for pattern in _THAN_MEAN:
        for match in draft.sentence.find(pattern):
            _read_mean(draft, match)
    for pattern in _OTHER:
        for match in draft.sentence.find(pattern):
            _read_other(draft, match)


def _read_mean(draft: Draft, match: re.Match[str]) -> None:
    pieces = draft.sentence.pieces
    sign = pieces[match.start("sign")]
    operator = _OPERATORS.get(sign.text if sign.kind == "x" else sign.key.rpartition(" ")[2])
    idea = _idea(draft, match)
    again = pieces[match.start("again")] if match["again"] else None
    is_same = again is None or again.kind == "E" or idea_of(again) == idea
    if operator is None or idea is None or not is_same or pieces[match.start("mean")].key != "mean":
        return
    of_group = _is_of_groups(draft, match, idea)
    if of_group and sign.text in _DEARER:
        idea = Idea(kind="quantity", key="mean_cost")  # "models cheaper than average"
    draft.conditions.append(
        Condition(idea=idea, operator=operator, number=0, than_mean=True, position=match.start(),
                  of_group=of_group)
    )  # fmt: skip
    is_named = match["all"] or (again is not None and again.kind == "E")
    if not (is_named or of_group) and (draft.sentence.first("[Lv]") or draft.tagged.times.range):
        draft.trouble = "whether the average is that of all rows or of these only"
    draft.sentence.take_span(*match.span())


def _is_of_groups(draft: Draft, match: re.Match[str], idea: Idea) -> bool:
    """`Models slower than average` are groups, "requests slower than average" rows."""
    if idea.kind == "rate" or idea.how or idea.key.endswith(OF_GROUPS) or is_of_period(draft):
        return True
    before = draft.sentence.shape[: match.start()]
    return idea.kind == "quantity" and bool(re.search("^[^EFB]*F[^EFB]*$", before))


def _idea(draft: Draft, match: re.Match[str]) -> Idea | None:
    """The number: named before or behind its mean, or what "longer" is about."""
    pieces = draft.sentence.pieces
    if match.groupdict().get("thing"):
        return idea_of(pieces[match.start("thing")])
    again = pieces[match.start("again")] if match["again"] else None
    if again is not None and again.kind == "Q":
        return idea_of(again)
    key = pieces[match.start("sign")].key.rpartition(" ")[0]
    entity = next((p.key for p in pieces if p.kind == "E"), "")
    return Idea(kind="quantity", key=LENGTHS.get(entity, key) if key == "duration" else key)


def _read_other(draft: Draft, match: re.Match[str]) -> None:
    first, second, sign = (
        draft.sentence.pieces[match.start(part)] for part in ("thing", "other", "sign")
    )
    operator = _OPERATORS.get(sign.text if sign.kind == "x" else sign.key)
    if operator is None or {first.key, second.key} not in _PAIRS:
        return
    idea, other = idea_of(first), idea_of(second)
    draft.conditions.append(
        Condition(idea=idea, operator=operator, number=0, other=other, position=match.start())
    )
    draft.sentence.take_span(*match.span())
