"""Bounds on numbers: "more than 100 generations", "latency above 5 seconds", "no retries"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Condition, Draft, Idea
from genai_session_analyzer.copilot.planning.rules.bounds.bound import (
    FACTORS,
    OPERATORS,
    Bound,
    in_data_unit,
)
from genai_session_analyzer.copilot.planning.rules.bounds.counted_rows import mark_counted_rows
from genai_session_analyzer.copilot.planning.rules.bounds.exact_numbers import (
    read_exact_numbers,
    read_none,
)
from genai_session_analyzer.copilot.planning.rules.bounds.parted_bounds import (
    doubt_nested,
    join_bounded,
    read_parted_bounds,
    settle_credit_units,
)

OF_GROUPS = ("_rate", "_share", "_per_session", "_per_user", "wasted_cost")
"""How numbers end that groups have and rows have not."""

_BOUNDS = (
    "(?P<how>A?)o?(?P<thing>Q)[BE][op]?E?[op]*(?P<compare>C)(?P<number>n)(?P<unit>U?)(?!E)",
    "(?<![QVE])(?<![QVE][op])(?P<how>)(?P<compare>C)(?P<number>n)(?P<unit>U)o?(?P<of>E?)[pa]*"
    "(?P<thing>[vV])",
    "(?P<how>)(?P<thing>[vV])E?[opa]*(?P<compare>C)(?P<number>n)(?P<unit>U)",
    "(?P<how>A?)(?P<number>n)(?P<thing>[QV])(?P<compare>c)",
    "(?P<how>A?)o?(?P<thing>[QV])[op]*(?P<compare>C)(?P<number>n)(?P<unit>U?)(?![EQ])",
    "(?P<how>A?)(?P<thing>[QV])[op]*(?P<number>n)(?P<unit>U?)(?P<compare>c)(?!U?[QVE])",
    "(?P<how>A?)(?P<compare>C)(?P<number>n)(?P<unit>U?)o?(?P<thing>[QVvE]?)",
    "(?P<how>A?)(?P<number>n)(?P<unit>U?)(?P<compare>c)U?(?P<thing>[QVvE]?)",
)
_BETWEEN = (
    "(?P<how>A?)(?P<thing>[QV])[op]*(?P<compare>C)(?P<number>n)U?D(?P<last>n)(?P<unit>U?)",
    "(?P<how>A?)(?P<compare>C)(?P<number>n)U?D(?P<last>n)(?P<unit>U?)(?P<thing>[QVE]?)",
)


def read_number_bounds(draft: Draft) -> None:
    """Find every number that bounds another one."""
    join_bounded(draft.sentence)
    doubt_nested(draft)
    settle_credit_units(draft.sentence)
    read_parted_bounds(draft)
    for pattern in _BETWEEN:
        for match in draft.sentence.find(pattern):
            _read_between(Bound(draft, match))
    _read_named(draft)
    for pattern in _BOUNDS:
        for match in draft.sentence.find(pattern):
            _read_bound(Bound(draft, match))
    read_exact_numbers(draft)
    read_none(draft)
    mark_counted_rows(draft)


def _read_between(bound: Bound) -> None:
    idea = bound.idea
    if bound.key("compare") != "between" or idea is None:
        return
    for operator, part in (("at_least", "number"), ("at_most", "last")):
        number = in_data_unit(bound.number(part), bound.key("unit"), idea)
        bound.draft.conditions.append(
            Condition(idea=idea, operator=OPERATORS[operator], number=number, position=bound.at)
        )
    bound.take()


def _read_bound(bound: Bound) -> None:
    operator, idea = str(bound.key("compare")), bound.idea
    if operator == "between" or idea is None:
        return
    number = in_data_unit(bound.number("number"), bound.key("unit"), idea)
    is_of_group = _is_of_group(bound, idea)
    bound.draft.conditions.append(
        Condition(
            idea=idea,
            operator=OPERATORS[operator],
            number=number,
            of_group=is_of_group,
            position=bound.at,
        )
    )
    bound.take()


def _is_of_group(bound: Bound, idea: Idea) -> bool:
    """Whether the bound is on a group's number: "models with a latency above 5 s"."""
    if _is_of_sessions(bound):
        return False
    if idea.kind == "rate" or idea.how or idea.key.startswith("measure "):
        return True
    if idea.key.endswith(OF_GROUPS):
        return True
    if is_of_period(bound.draft):
        return True
    before = bound.draft.sentence.shape[: bound.match.start()]
    if re.search(r"B(?:I?[EF]D?B?)*I?F[op]*$", before):
        return False  # "requests by model with at least 2 retries"
    return bool(re.search(r"F[opH]*$", before)) and idea.kind == "quantity"


def _is_of_sessions(bound: Bound) -> bool:
    """`Sessions with a success rate below 50 % by tier`: each session has one of its own."""
    sentence = bound.draft.sentence
    before = sentence.shape[: bound.match.start()]
    owner = None if "F" in before else re.search("(E)[op]*$", before)
    return owner is not None and sentence.pieces[owner.start(1)].key == "sessions"


def is_of_period(draft: Draft) -> bool:
    """`Days where we spent over 200 credits`: only the bounded number is named, the period's."""
    named = sum(piece.kind in "QVvESK" for piece in draft.sentence.pieces)
    return draft.tagged.times.grain is not None and named <= 1


def _read_named(draft: Draft) -> None:
    """Comparisons that name their amount: "longer than 10 minutes"."""
    sentence = draft.sentence
    for match in sentence.find("(?P<how>A?)(?P<named>h)(?P<number>n)(?P<unit>U?)(?P<thing>Q?)"):
        bound = Bound(draft, match)
        name, operator = str(bound.key("named")).rsplit(" ", 1)
        key = bound.key("thing") or _by_context(draft, name, bound.key("unit"))
        idea = Idea(kind="quantity", key=key, how=bound.key("how"))
        number = in_data_unit(bound.number("number"), bound.key("unit"), idea)
        of_rows = re.search("E[op]*$", sentence.shape[: match.start()]) is not None
        of_group = (
            idea.how is not None
            or (is_of_period(draft) and not of_rows)  # "sessions longer than an hour per month"
            or (re.search("(?:^|[WZ])[opI]*F[opa]*$", sentence.shape[: match.start()]) is not None)
        )
        draft.conditions.append(
            Condition(idea=idea, operator=OPERATORS[operator], number=number, position=bound.at,
                      of_group=of_group)
        )  # fmt: skip
        sentence.take_span(*match.span())


def _by_context(draft: Draft, name: str, unit: str | None) -> str:
    """`Longer than` is about sessions' duration, prompts' tokens, or a wait."""
    if name == "duration" and unit in FACTORS and not draft.sentence.has("E", "sessions"):
        return "latency"
    if name == "duration" and unit is None and draft.sentence.has("E", "prompts"):
        return "prompt_length"
    return name
