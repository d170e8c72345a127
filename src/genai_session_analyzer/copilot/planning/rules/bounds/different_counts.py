"""Bounds on how many different values users have: "tried at least 3 styles"."""

from genai_session_analyzer.copilot.planning.drafts import Condition, Draft, Idea
from genai_session_analyzer.copilot.planning.rules.bounds.bound import OPERATORS


def read_different_counts(draft: Draft) -> None:
    """Find how many different values of a field users have: "tried at least 3 styles"."""
    sentence = draft.sentence
    for match in sentence.find("([Ch])(n)I?(F)"):
        compare, number, thing = (sentence.pieces[match.start(part)] for part in (1, 2, 3))
        operator = OPERATORS.get(compare.key.rpartition(" ")[2])
        if operator is None or not sentence.has("E", "users"):
            continue
        idea = Idea(kind="distinct", key=thing.key)
        draft.conditions.append(
            Condition(idea=idea, operator=operator, number=number.number, of_group=True,
                      position=match.start())
        )  # fmt: skip
        sentence.take_span(*match.span())
