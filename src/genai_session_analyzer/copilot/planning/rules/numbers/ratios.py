"""One number over another: "thumbs up per thumbs down", "ratio of failures to successes"."""

import re
from dataclasses import replace

from genai_session_analyzer.copilot.planning.drafts import Draft, Keep
from genai_session_analyzer.copilot.planning.rules.groups.values_side_by_side import shared_field
from genai_session_analyzer.copilot.planning.rules.numbers.event_ratios import read_event_ratio
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import idea_of
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_BELOW = ("retries", "images", "cost")
"""Amounts that others are divided by; per step or per token they would be groups."""

_NOT_SUMMED = ("latency", "duration", "friction", "complexity", "guidance", "width", "height")

_PAIR = "(?:C[op]*)?[AHo]*(?P<upper>[QVEv]|X?L(?P<rows>E)?)(?:[pDo]|G)[AHo]*(?P<lower>[QVEv]|X?L)"
_EACH = ("for each", "for every", "to each", "to every", "on each", "on every", "each", "every")
_MANY = "H?[op]*(?P<upper>[QVE])[opav]*(?P<per>B)[op]*(?P<many>n)[op]*(?P<lower>[EQV])"
_ONE = "A?o?H?[op]*(?P<upper>V)[opav]*(?P<per>B)(?P<many>)(?P<lower>E)"
_ROWS = ("generations", "images", "sessions", "prompts", "users")
_WEEK_RATIO = re.compile(
    r"\bratio\b.*?\b(?:week(?P<one>[- ]?end)?|work)|\bweek(?P<two>[- ]?end)?\b.*\bratio\b"
)


def read_ratio(draft: Draft) -> None:
    """Find two numbers of which one is divided by the other."""
    sentence = draft.sentence
    if read_week_ratio(draft) or read_per_many(draft):
        return
    per = sentence.first("([QVE])[opa]*(B)([QV])")
    if per and _is_each(sentence, per):
        _divide(draft, per.start(1), per.start(3), per.span())
        return
    values = sentence.first("H(?P<upper>L)E[opa]*(?P<by>B)(?P<lower>L)E")
    if values and sentence.pieces[values.start("by")].text in (*_EACH, "per"):
        _divide_values(draft, values.start("upper"), values.start("lower"), values.span())
        draft.ask(idea_of(sentence.pieces[values.end() - 1]), values.start())
        sentence.take_span(*values.span())
        return
    if read_event_ratio(draft):
        return
    named = sentence.first(f"(R)[op]*{_PAIR}") or sentence.first(f"{_PAIR}E?(?P<ratio>R)")
    if named and "ratio" in (sentence.pieces[at].text for at in range(*named.span())):
        upper, lower = (named.start(part) for part in ("upper", "lower"))
        are_values = ["L" in named[part] for part in ("upper", "lower")]
        if all(are_values):
            _divide_values(draft, upper, lower, named.span())
        elif not any(are_values):
            _divide(draft, upper, lower, named.span())


def _is_each(sentence: Sentence, per: re.Match[str]) -> bool:
    """`Downloads per thumbs up`, "how many timeouts are there for each success"."""
    by, below = sentence.pieces[per.start(2)], sentence.pieces[per.start(3)]
    is_each = by.text in _EACH
    return by.key == "per" or (is_each and below.kind == "V")


def _divide_values(draft: Draft, upper: int, lower: int, span: tuple[int, int]) -> None:
    """`Ratio of mobile to desktop generations`: rows of one value over rows of the other."""
    sentence = draft.sentence
    denied = [sentence.shape[at] == "X" for at in (upper, lower)]
    places = [at + is_not for at, is_not in zip((upper, lower), denied, strict=True)]
    shared = shared_field(sentence, places)
    if shared is None:
        return
    draft.ratio_of = tuple(
        Keep(field=shared, values=(sentence.pieces[at].value,), position=at,
             operator="not_in" if is_not else "in")
        for at, is_not in zip(places, denied, strict=True)
    )  # fmt: skip
    is_named_again = re.match("[EQ]", sentence.shape[span[1] :]) is not None
    sentence.take(*(at for at in range(*span) if sentence.shape[at] != "E" or is_named_again))


def _divide(draft: Draft, upper: int, lower: int, span: tuple[int, int]) -> None:
    pieces = draft.sentence.pieces
    if pieces[lower].kind == "Q" and pieces[lower].key not in _BELOW:
        return
    mean = re.search("(A)[Hop]*$", draft.sentence.shape[:upper])
    if pieces[lower].kind == "V" and mean and pieces[mean.start()].key == "mean":
        draft.sentence.take(mean.start())  # "average cost per download" is one number over another
    if pieces[lower].kind == "V" and pieces[upper].key in _NOT_SUMMED:
        draft.trouble = f"the {pieces[upper].key} of one {pieces[lower].text}"
    if re.match("D[op]*B[QV]", draft.sentence.shape[span[1] :]):
        draft.trouble = "several numbers that it is divided by"
    draft.ask(idea_of(pieces[upper]), upper)
    draft.divided_by = idea_of(pieces[lower])
    draft.sentence.take_span(*span)


def read_per_many(draft: Draft) -> bool:
    """Read "thumbs up per 100 generations"; return whether that is what is asked for."""
    sentence = draft.sentence
    match = sentence.first(_MANY) or sentence.first(_ONE)
    if match is None or sentence.pieces[match.start("per")].key not in ("per", "by"):
        return False
    lower = sentence.pieces[match.start("lower")]
    many = sentence.pieces[match.start("many")].number if match["many"] else 1
    is_event = lower.kind == "V" and match["many"] is not None
    if not is_event and lower.key not in (_ROWS if match["many"] else ("generations",)):
        return False
    if many < 1 or many % 1:
        return False
    draft.ask(idea_of(sentence.pieces[match.start("upper")]), match.start("upper"))
    draft.divided_by, draft.per_many = idea_of(lower), int(many)
    sentence.take_span(*match.span())
    return True


def read_week_ratio(draft: Draft) -> bool:
    """Read "ratio of weekend to weekday generations"; return whether that is asked for."""
    said = _WEEK_RATIO.search(draft.tagged.text) if draft.tagged.times.is_split else None
    ratio = [at for at in draft.sentence.left("R") if draft.sentence.pieces[at].text == "ratio"]
    if said is None or not ratio:
        return False
    parts = ("weekend", "weekday") if said["one"] or said["two"] else ("weekday", "weekend")
    draft.ratio_of = tuple(
        Keep(field="week_part", values=(each,), position=ratio[0]) for each in parts
    )
    draft.tagged = replace(draft.tagged, times=replace(draft.tagged.times, is_split=False))
    draft.sentence.take(*ratio)
    return True
