"""Every confirmed query that comes with the package still answers: it compiles, passes and runs."""

from collections import Counter

import pytest
from plan_world import world

from genai_session_analyzer.copilot.compiling import plan_sql
from genai_session_analyzer.copilot.guard import allowed_in, check_sql
from genai_session_analyzer.copilot.memory import packaged_verified
from genai_session_analyzer.copilot.memory.dating import dated
from genai_session_analyzer.copilot.memory.verified import same_question

QUERIES = packaged_verified()
PLANS = [each.plan for each in QUERIES if each.plan is not None]


def test_there_are_enough_and_no_question_twice():
    assert len(QUERIES) >= 40
    for place, each in enumerate(QUERIES):
        assert not any(same_question(other, each.question) for other in QUERIES[:place])


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.question)
def test_it_runs_on_the_documented_tables(query):
    here = world()
    sql = query.sql
    if query.plan is not None:
        plan = dated(query, here.facts)
        assert plan is not None, "its words stand for other times than its plan has"
        sql = plan_sql(plan, here.catalogue)
    checked = check_sql(sql, allowed_in(here.backend.con))
    here.run(checked.sql)


def test_they_show_all_that_plans_can_say():
    transforms = {use.transform for plan in PLANS for use in plan.measures}
    assert transforms >= {"share_of_total", "share_where", "running_total", "moving_average_7",
                          "change", "relative_change"}  # fmt: skip
    operators = {each.operator for plan in PLANS for each in plan.filters}
    assert operators >= {"in", "not_in", "above", "is_known", "is_unknown"}
    assert Counter(plan.entity for plan in PLANS).keys() == {
        "generations", "sessions", "users", "prompts",
    }  # fmt: skip
    for name in ("grain", "time", "comparison", "having", "over_groups", "limit", "limit_within",
                 "columns"):  # fmt: skip
        assert any(getattr(plan, name) for plan in PLANS), name
