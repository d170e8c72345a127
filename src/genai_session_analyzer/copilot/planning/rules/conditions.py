"""Bounds on numbers: "more than 100 generations", "latency above 5 seconds", "no retries"."""

import re
from dataclasses import dataclass

from genai_session_analyzer.copilot.plan import Operator
from genai_session_analyzer.copilot.planning.drafts import Condition, Draft, Idea, Keep
from genai_session_analyzer.copilot.planning.rules.ideas import idea_of

_FACTORS = {"s": 1000.0, "ms": 1.0, "min": 60_000.0, "h": 3_600_000.0}
_OPERATORS: dict[str, Operator] = {
    "above": "above", "at_least": "at_least", "below": "below", "at_most": "at_most", "in": "in",
}  # fmt: skip
_EXACT = ("steps", "guidance", "width", "height", "images", "retries", "complexity", "tokens")
_NUMBERED = {"seed": "seed", "cluster_id": "cluster_id", "cluster_title": "cluster_id",
             "part_id": "part_id"}  # fmt: skip
_BOUNDS = (
    "(?P<how>)(?P<compare>C)(?P<number>n)(?P<unit>U)o?(?P<of>E?)[pa]*(?P<thing>[vV])",
    "(?P<how>)(?P<thing>[vV])[opa]*(?P<compare>C)(?P<number>n)(?P<unit>U)",
    "(?P<how>A?)(?P<number>n)(?P<thing>[QV])(?P<compare>c)",
    "(?P<how>A?)(?P<thing>[QV])[op]*(?P<compare>C)(?P<number>n)(?P<unit>U?)(?!E)",
    "(?P<how>A?)(?P<thing>[QV])[op]*(?P<number>n)(?P<unit>U?)(?P<compare>c)",
    "(?P<how>A?)(?P<compare>C)(?P<number>n)(?P<unit>U?)o?(?P<thing>[QVvE]?)",
    "(?P<how>A?)(?P<number>n)(?P<unit>U?)(?P<compare>c)U?(?P<thing>[QVvE]?)",
)
_BETWEEN = (
    "(?P<how>A?)(?P<thing>[QV])[op]*(?P<compare>C)(?P<number>n)U?D(?P<last>n)(?P<unit>U?)",
    "(?P<how>A?)(?P<compare>C)(?P<number>n)U?D(?P<last>n)(?P<unit>U?)(?P<thing>[QVE]?)",
)


@dataclass(frozen=True)
class _Bound:
    """The parts of a bound, by their names in the patterns."""

    draft: Draft
    match: re.Match[str]

    def key(self, part: str) -> str | None:
        """The key of the piece a part matched; None where it matched nothing."""
        if not self.match.groupdict().get(part):
            return None
        return self.draft.sentence.pieces[self.match.start(part)].key

    @property
    def at(self) -> int:
        """Its place in the question."""
        return self.match.start()

    def number(self, part: str) -> float:
        return self.draft.sentence.pieces[self.match.start(part)].number

    @property
    def idea(self) -> Idea | None:
        """The number that is bounded, from its name or from the unit of the bound."""
        unit = self.key("unit")
        if not self.match["thing"]:
            return _of_unit(self.draft, unit)
        piece = self.draft.sentence.pieces[self.match.start("thing")]
        if piece.kind == "E" and unit not in (None, "times"):
            return _of_unit(self.draft, unit)
        if piece.kind in "vV" and unit == "percent":
            return Idea(kind="rate", key=piece.key)
        if piece.kind in "vV" and piece.key == "retried":
            return Idea(kind="quantity", key="retries")
        return idea_of(piece, self.key("how"))

    def take(self) -> None:
        sentence = self.draft.sentence
        sentence.take_span(*self.match.span())
        before = self.match.start() - 1
        if before >= 0 and sentence.shape[before] == "B":
            sentence.take(before)  # "used by at least 3 users"


def read_conditions(draft: Draft) -> None:
    """Find every number that bounds another one."""
    for pattern in _BETWEEN:
        for match in draft.sentence.find(pattern):
            _read_between(_Bound(draft, match))
    _read_named(draft)
    for pattern in _BOUNDS:
        for match in draft.sentence.find(pattern):
            _read_bound(_Bound(draft, match))
    _read_exact(draft)
    _read_none(draft)


def _read_between(bound: _Bound) -> None:
    idea = bound.idea
    if bound.key("compare") != "between" or idea is None:
        return
    for operator, part in (("at_least", "number"), ("at_most", "last")):
        number = _in_unit(bound.number(part), bound.key("unit"), idea)
        bound.draft.conditions.append(
            Condition(idea=idea, operator=_OPERATORS[operator], number=number, position=bound.at)
        )
    bound.take()


def _read_bound(bound: _Bound) -> None:
    operator, idea = str(bound.key("compare")), bound.idea
    if operator == "between" or idea is None:
        return
    number = _in_unit(bound.number("number"), bound.key("unit"), idea)
    is_of_group = _is_of_group(bound, idea)
    bound.draft.conditions.append(
        Condition(
            idea=idea,
            operator=_OPERATORS[operator],
            number=number,
            of_group=is_of_group,
            position=bound.at,
        )
    )
    bound.take()


def _is_of_group(bound: _Bound, idea: Idea) -> bool:
    """Whether the bound is on a group's number: "models with a latency above 5 s"."""
    if idea.kind == "rate" or idea.how or idea.key.endswith(("_rate", "_share")):
        return True
    before = bound.draft.sentence.shape[: bound.match.start()]
    return bool(re.search(r"F[op]*$", before)) and idea.kind == "quantity"


def _in_unit(number: float, unit: str | None, idea: Idea) -> float:
    """The number in the unit of the data: milliseconds, but seconds of sessions; rates 0-1."""
    if unit in _FACTORS:
        return number * _FACTORS[unit] / (1000 if idea.key == "duration" else 1)
    is_rate = idea.key.endswith(("_rate", "_share"))
    return number / 100 if unit == "percent" or (is_rate and number > 1) else number


def _of_unit(draft: Draft, unit: str | None) -> Idea | None:
    if unit in _FACTORS:
        of_sessions = draft.sentence.has("E", "sessions") and unit in ("min", "h")
        return Idea(kind="quantity", key="duration" if of_sessions else "latency")
    names = {"credits": "cost", "times": "uses", "points": "friction"}
    return Idea(kind="quantity", key=names[unit]) if unit in names else None


def _read_named(draft: Draft) -> None:
    """Comparisons that name their amount: "longer than 10 minutes"."""
    sentence = draft.sentence
    for match in sentence.find("(?P<named>h)(?P<number>n)(?P<unit>U?)(?P<thing>Q?)"):
        bound = _Bound(draft, match)
        name, operator = str(bound.key("named")).rsplit(" ", 1)
        key = bound.key("thing") or _by_context(draft, name, bound.key("unit"))
        idea = Idea(kind="quantity", key=key)
        number = _in_unit(bound.number("number"), bound.key("unit"), idea)
        of_group = (
            re.search("(?:^|[WZ])[opI]*F[opa]*$", sentence.shape[: match.start()]) is not None
        )
        draft.conditions.append(
            Condition(idea=idea, operator=_OPERATORS[operator], number=number, position=bound.at,
                      of_group=of_group)
        )  # fmt: skip
        sentence.take_span(*match.span())


def _by_context(draft: Draft, name: str, unit: str | None) -> str:
    """`Longer than` is about sessions' duration, prompts' tokens, or a wait."""
    if name == "duration" and unit in _FACTORS and not draft.sentence.has("E", "sessions"):
        return "latency"
    if name == "duration" and unit is None and draft.sentence.has("E", "prompts"):
        return "prompt_length"
    return name


def _read_exact(draft: Draft) -> None:
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
    for match in sentence.find("(?P<thing>Q)[op]*(?P<number>n)(?P<unit>U)"):
        bound = _Bound(draft, match)
        rate = str(bound.key("thing"))
        if rate.endswith(("_rate", "_share")) and bound.key("unit") == "percent":
            share = _in_unit(bound.number("number"), "percent", Idea(kind="quantity", key=rate))
            draft.conditions.append(
                Condition(idea=Idea(kind="quantity", key=rate), operator="in", number=share,
                          of_group=True, position=match.start())
            )  # fmt: skip
            sentence.take_span(*match.span())
    for match in sentence.find("(?P<thing>Q)[op]*X[opa]*C?[op]*(?P<number>n)(?!U)"):
        bound = _Bound(draft, match)
        compare = re.search("C", match[0])
        is_equal = not compare or sentence.pieces[match.start() + compare.start()].key == "in"
        if bound.idea is not None and is_equal:
            draft.conditions.append(
                Condition(idea=bound.idea, operator="not_in", number=bound.number("number"))
            )
            sentence.take_span(*match.span())
    for pattern in ("C?(?P<number>n)(?P<thing>Q)", "(?P<thing>Q)[op]*C?(?P<number>n)(?!U)"):
        for match in sentence.find(pattern):
            bound = _Bound(draft, match)
            if bound.key("thing") not in _EXACT or bound.idea is None:
                continue
            draft.conditions.append(
                Condition(idea=bound.idea, operator="in", number=bound.number("number"))
            )
            sentence.take_span(*match.span())


def _read_none(draft: Draft) -> None:
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
