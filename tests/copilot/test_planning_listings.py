"""Rows that are listed, with columns, conditions, order and limit in any place of the question."""

import pytest
from planning_build import FACTS, ask, in_short, the_catalogue

from genai_session_analyzer.copilot.planning import LexiconPlanner

FAILED = "status in timeout,safety_violation,rate_limited,model_error"
CASES = {
    "List the ten most recent failed generations with their user and model": "generations; columns "
    f"generation_id, user_id, model_version; where {FAILED}; order -requested_at; first 10",
    "list the failed generations with their user, newest first": "generations; columns "
    f"generation_id, user_id; where {FAILED}; order -requested_at",
    "What are the 5 generations of pro users with the most retries with sampler, status, user":
    "generations; columns generation_id, sampler, status, user_id; where user_tier in pro; "
    "order -retry_count; first 5",
    "Give me the region and user of the ten generations that cost more than 2 credits with the "
    "lowest latency": "generations; columns region, user_id; where cost_credits above 2; "
    "order +latency_ms; first 10",
    "Retrieve the session id and the start time of the three longest sessions with high friction":
    "sessions; columns session_id, started_at; where friction_band in high; order -duration_s; "
    "first 3",
    "Show sessions with more than 5 generations with their duration, friction score":
    "sessions; columns session_id, duration_s, friction_score; where generation_count above 5",
    "the ten longest sessions: duration, region and user":
    "sessions; columns duration_s, region, user_id; order -duration_s; first 10",
    "Display the 5 newest users in Asia with their region and tier":
    "users; columns user_id, region, user_tier; where region in asia; order -signup_date; first 5",
    "Show the user id, lifetime cost, tier of users in Asia":
    "users; columns user_id, lifetime_cost_credits, user_tier; where region in asia",
    "List the 20 shortest prompts in the portrait domain, including their art style and number of "
    "uses": "prompts; columns prompt_text, art_style, times_used; where domain in portrait; "
    "order +token_count; first 20",
    "Give all moods of requests on mobile": "generations; by mood; where device_type in mobile",
    "Which samplers are used by pro users?": "generations; by sampler; where user_tier in pro",
    "what are the possible art styles": "generations; by art_style",
    "Give the names of all friction bands": "sessions; by friction_band",
    "number of sessions per user": "sessions; session_count; by user_id",
    "how many sessions does a user have?": "users; sessions_per_user",
    "How many requests have at least 2 retries by model?":
    "generations; generation_count; by model_version; where retry_count at_least 2",
}  # fmt: skip


@pytest.fixture(scope="module")
def planner() -> LexiconPlanner:
    return LexiconPlanner(the_catalogue(), FACTS)


@pytest.mark.parametrize("question", CASES)
def test_rows_are_listed_as_asked(planner: LexiconPlanner, question: str) -> None:
    assert in_short(ask(planner, question)) == CASES[question]
