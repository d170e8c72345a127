"""A real language model, where GSA_LLM_MODEL names its file: schemas it can be held to, replies."""

import os
from functools import cache
from pathlib import Path

import pytest
from plan_world import world

from genai_session_analyzer.copilot.memory import SimilarQueries, packaged_verified
from genai_session_analyzer.copilot.model_planning.model_planner import ModelPlanner, PlanWords
from genai_session_analyzer.copilot.model_planning.rewording import agreed, rewording
from genai_session_analyzer.copilot.model_planning.term_ranking import TermRanking
from genai_session_analyzer.copilot.model_planning.value_finder import ValueFinder
from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.roles import Declined, Question, Understood
from genai_session_analyzer.language_model.llama_cpp import LlamaCppModel

FILE = os.environ.get("GSA_LLM_MODEL", "")
pytestmark = pytest.mark.skipif(not FILE.endswith(".gguf"), reason="GSA_LLM_MODEL names no GGUF")


@cache
def model():
    return LlamaCppModel(Path(FILE), threads=1, timeout_s=300)


@pytest.mark.parametrize(
    "question",
    [
        "Error rate by tier on mobile last week",
        "What share of requests from europe timed out?",
        "How many users made more than 20 requests?",
    ],
)
def test_whatever_it_says_is_a_plan_or_a_no(question):
    here = world()
    words = PlanWords(
        catalogue=here.catalogue,
        facts=here.facts,
        ranking=TermRanking(here.catalogue),
        values=ValueFinder(here.catalogue, here.facts),
        examples=SimilarQueries(packaged_verified()),
    )
    planned = ModelPlanner(model(), words).planned(Question(text=question))
    assert isinstance(planned.outcome, Understood | Declined)
    assert planned.written[0].prompt_tokens > 100


def test_an_unknown_word_is_reworded():
    here = world()
    lexicon = LexiconPlanner(here.catalogue, here.facts)
    found = rewording(model(), lexicon, here.catalogue, here.facts).reworded("newcomers per plan")
    both = agreed(found)
    assert both is not None
    assert both.outcome.plan.dimensions == ("user_tier",)
    assert both.outcome.plan.measures[0].name == "user_count"
