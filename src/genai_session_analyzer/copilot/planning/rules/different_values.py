"""Bounds on how many different values there are: "more than one model"."""

from genai_session_analyzer.copilot.plan import Operator
from genai_session_analyzer.copilot.planning.drafts import Condition, Draft, Idea

_OPERATORS: dict[str, Operator] = {
    "above": "above", "at_least": "at_least", "below": "below", "at_most": "at_most", "in": "in",
}  # fmt: skip


def read_different(draft: Draft) -> None:
    """Find how many different values of a field users have: "tried at least 3 styles"."""
    sentence = draft.sentence
    for match in sentence.find("([Ch])(n)I?(F)"):
        compare, number, thing = (sentence.pieces[match.start(part)] for part in (1, 2, 3))
        operator = _OPERATORS.get(compare.key.rpartition(" ")[2])
        if operator is None or not sentence.has("E", "users"):
            continue
        idea = Idea(kind="distinct", key=thing.key)
        draft.conditions.append(
            Condition(idea=idea, operator=operator, number=number.number, of_group=True,
                      position=match.start())
        )  # fmt: skip
        sentence.take_span(*match.span())
