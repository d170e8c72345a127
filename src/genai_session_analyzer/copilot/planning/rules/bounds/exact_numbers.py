"""Exact numbers and none at all: "with 50 steps", "cluster 7", "without retries"."""

import re

from genai_session_analyzer.copilot.plan import Operator
from genai_session_analyzer.copilot.planning.binding.naming import column_name
from genai_session_analyzer.copilot.planning.drafts import Condition, Draft, Idea, Keep
from genai_session_analyzer.copilot.planning.rules.bounds.bound import Bound, in_data_unit
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import idea_of

_EXACT = ("steps", "guidance", "width", "height", "images", "retries", "complexity", "tokens")
_NUMBERED = {"seed": "seed", "cluster_id": "cluster_id", "cluster_title": "cluster_id",
             "part_id": "part_id"}  # fmt: skip


def read_exact_numbers(draft: Draft) -> None:
    """`With 50 steps`, "3 retries", "cfg scale of 7"."""
    sentence = draft.sentence
    for match in sentence.find("(X?)[opa]*(F)[op]*(n)(?![UQF])"):
        field, number = (sentence.pieces[match.start(part)] for part in (2, 3))
        if field.key in _NUMBERED:
            keep = Keep(field=_NUMBERED[field.key], values=(int(number.number),),
                        operator="not_in" if match[1] else "in",
                        position=match.start())  # fmt: skip
            draft.keeps.append(keep)
            sentence.take_span(*match.span())
    _read_several(draft)
    for match in sentence.find("(?P<thing>Q)[op]*(?P<number>n)(?P<unit>U)"):
        bound = Bound(draft, match)
        rate = str(bound.key("thing"))
        if rate.endswith(("_rate", "_share")) and bound.key("unit") == "percent":
            share = in_data_unit(bound.number("number"), "percent", Idea(kind="quantity", key=rate))
            draft.conditions.append(
                Condition(idea=Idea(kind="quantity", key=rate), operator="in", number=share,
                          of_group=True, position=match.start())
            )  # fmt: skip
            sentence.take_span(*match.span())
    for match in sentence.find("(?P<thing>Q)[op]*X[opa]*C?[op]*(?P<number>n)(?!U)"):
        bound = Bound(draft, match)
        compare = re.search("C", match[0])
        is_equal = not compare or sentence.pieces[match.start() + compare.start()].key == "in"
        if bound.idea is not None and is_equal:
            draft.conditions.append(
                Condition(idea=bound.idea, operator="not_in", number=bound.number("number"))
            )
            sentence.take_span(*match.span())
    for pattern in ("C?(?P<number>n)(?P<thing>Q)", "(?P<thing>Q)[op]*C?(?P<number>n)(?!U)"):
        for match in sentence.find(pattern):
            bound = Bound(draft, match)
            if bound.key("thing") not in _EXACT or bound.idea is None:
                continue
            draft.conditions.append(
                Condition(idea=bound.idea, operator="in", number=bound.number("number"))
            )
            sentence.take_span(*match.span())


def read_none(draft: Draft) -> None:
    """`Without retries`, "no feedback", "never failed"."""
    sentence = draft.sentence
    for match in sentence.find("(X)o?([QVv])"):
        piece = sentence.pieces[match.start(2)]
        if piece.kind == "Q" and piece.key in ("retries", "cost"):
            draft.conditions.append(Condition(idea=idea_of(piece), operator="in", number=0))
        elif piece.kind == "V" and _is_second_bound(draft, match.start()):
            idea = idea_of(piece)
            draft.conditions.append(Condition(idea=idea, operator="in", number=0, of_group=True,
                                              position=match.start()))  # fmt: skip
        elif piece.kind in "Vv":
            draft.keeps.append(Keep(event=piece.key, is_negated=True, position=match.start()))
        else:
            continue
        sentence.take_span(*match.span())


def _is_second_bound(draft: Draft, at: int) -> bool:
    """`Users with at least 30 requests and no timeouts`: both are bounds on the group."""
    counts = [each for each in draft.conditions if each.idea.kind in ("count", "event")]
    of_rows = draft.sentence.has("E", "sessions")  # a session is one row with those counts
    return bool(counts) and not of_rows and draft.sentence.shape[at - 1 : at] == "D"


def _read_several(draft: Draft) -> None:
    """`Steps in 20, 30 or 40`, "complexity 4 or 5"."""
    sentence = draft.sentence
    for match in sentence.find("(X?)(Q)[opX]*C?(n(?:D+n)+)(?![UQF])"):
        amount = sentence.pieces[match.start(2)]
        field = column_name(idea_of(amount), "generations")
        said = [sentence.pieces[at] for at in range(*match.span()) if sentence.shape[at] == "C"]
        if amount.key not in _EXACT or field is None or any(each.key != "in" for each in said):
            continue
        numbers = (sentence.pieces[at] for at in range(*match.span(3)))
        said_numbers = (each.number for each in numbers if each.kind == "n")
        values = tuple(int(n) if n == int(n) else n for n in said_numbers)
        operator: Operator = "not_in" if "X" in match[0] else "in"
        draft.keeps.append(
            Keep(field=field, values=values, operator=operator, position=match.start())
        )
        sentence.take_span(*match.span())
