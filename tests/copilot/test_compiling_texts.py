"""Tests of a prompt's text, against the same tests in Python."""

from collections.abc import Callable, Sequence

import pytest
from plan_world import world

from genai_session_analyzer.copilot.compiling import plan_sql
from genai_session_analyzer.copilot.plan import MeasureUse, PlanFilter, QueryPlan

TESTS: dict[str, Callable[[str, Sequence[str]], bool]] = {
    "contains": lambda text, given: any(each in text for each in given),
    "not_contains": lambda text, given: not any(each in text for each in given),
    "starts_with": lambda text, given: text.startswith(tuple(given)),
    "ends_with": lambda text, given: text.endswith(tuple(given)),
}


@pytest.mark.parametrize("operator", TESTS)
@pytest.mark.parametrize("given", [("Number 1",), ("100%", "number 2"), ("a",), ("no such text",)])
def test_texts_are_compared_without_regard_to_case(operator: str, given: tuple[str, ...]) -> None:
    asked = QueryPlan.model_validate({
        "entity": "prompts",
        "measures": (MeasureUse(name="prompt_count"),),
        "filters": ({"field": "prompt_text", "operator": operator, "values": given},),
    })  # fmt: skip
    test, lowered = TESTS[operator], [each.lower() for each in given]
    texts = [each["prompt_text"].lower() for each in world().prompts]
    assert world().run(plan_sql(asked, world().catalogue)) == [
        (sum(test(text, lowered) for text in texts),)
    ]


def test_alternatives_stay_together_beside_another_condition() -> None:
    asked = QueryPlan(
        entity="prompts",
        measures=(MeasureUse(name="prompt_count"),),
        filters=(
            PlanFilter(field="prompt_text", operator="contains", values=("1", "2")),
            PlanFilter(field="times_used", operator="above", values=(1_000_000,)),
        ),
    )
    assert world().run(plan_sql(asked, world().catalogue)) == [(0,)]


def test_a_text_filter_needs_a_text() -> None:
    with pytest.raises(ValueError, match="with 0 values"):
        PlanFilter(field="prompt_text", operator="starts_with")
