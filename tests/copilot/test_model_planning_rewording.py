"""Questions in the lexicon's words: what a rewording may change, and which voices count."""

from dataclasses import replace

import pytest
from plan_world import world

from genai_session_analyzer.copilot.memory import SimilarQueries
from genai_session_analyzer.copilot.model_planning.combined import Routes
from genai_session_analyzer.copilot.model_planning.combining import CombinedPlanner
from genai_session_analyzer.copilot.model_planning.kept_meaning import changed_meaning
from genai_session_analyzer.copilot.model_planning.model_planner import ModelPlanner, PlanWords
from genai_session_analyzer.copilot.model_planning.rewording import agreed, rewording, settled
from genai_session_analyzer.copilot.model_planning.term_ranking import TermRanking
from genai_session_analyzer.copilot.model_planning.value_finder import ValueFinder
from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.planning.words.lexicon import build_lexicon
from genai_session_analyzer.copilot.planning.words.tagging import Tagger
from genai_session_analyzer.copilot.roles import Ambiguous, Declined, Question, Understood
from genai_session_analyzer.language_model import ScriptedModel

ODD = "blorpiness by region on mobile"
KNOWN = "mobile, regions, error rate each of them"
"""Of known words in an order that is not read."""


def changes(before, after):
    here = world()
    tagger = Tagger(build_lexicon(here.catalogue), here.facts)
    return changed_meaning(tagger.tag(before), tagger.tag(after))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ODD, "error rate by region on mobile"),
        ("typical blorp of pro users last week", "mean latency for pro users last week"),
        ("blorps per plan with more than 50 requests", "users by tier with more than 50 requests"),
        ("how long do people stay on desktop", "session length on desktop"),
        ("pictures of blorp, how many in January", "number of generations in January"),
        ("blorpy wait between request and answer", "mean latency"),
        ("blorp of the registered user base", "number of users"),
        ("of the votes people blorp, the thumbs up", "share of thumbs up"),
    ],
)
def test_unknown_words_may_become_anything(before, after):
    assert changes(before, after) == ()


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        (ODD, "error rate on mobile", "region"),
        (ODD, "error rate by region", "mobile"),
        (ODD, "error rate by region on mobile of pro users", "pro"),
        (ODD, "top error rate by region on mobile", "rank"),
        (ODD, "running total of generations by region on mobile", "running_total"),
        ("latency of blorps", "error rate of generations", "latency"),
        ("p95 latency of blorps", "median latency of generations", "average p95"),
        ("blorps last week", "generations last month", "the times"),
        ("blorps above 5 seconds", "generations above 50 seconds", "50"),
        ("blorps above 5 seconds", "generations below 5 seconds", "compared above"),
        ("blorpy users who registered in January", "number of users", "signup"),
        ("blorps without downloads", "downloads of generations", "not"),
    ],
)
def test_what_is_known_may_not_change(before, after, changed):
    assert changed in changes(before, after)


def asked(replies, question=ODD):
    here = world()
    model = ScriptedModel(list(replies))
    lexicon = LexiconPlanner(here.catalogue, here.facts)
    found = rewording(model, lexicon, here.catalogue, here.facts).reworded(question)
    return found, model


def test_two_rewordings_of_one_plan_are_enough():
    found, model = asked(["error rate by region on mobile", "failure rate by region on mobile"])
    both = agreed(found)
    assert isinstance(both.outcome, Understood)
    assert both.outcome.plan.measures[0].name == "error_rate"
    assert len(model.requests) == 2
    assert [each.temperature > 0 for each in model.requests] == [False, True]


@pytest.mark.parametrize(
    ("question", "may_help"),
    [
        (ODD, True),
        ("is the blorp alright?", False),
        ("blorpy performance by region", False),
        ("and by blorp of region?", False),
        ("Add a column with the blorp latency", False),
    ],
)
def test_a_model_is_not_asked_to_make_up_what_is_meant(question, may_help):
    here = world()
    lexicon = LexiconPlanner(here.catalogue, here.facts)
    reworder = rewording(ScriptedModel([]), lexicon, here.catalogue, here.facts)
    assert reworder.may_help(question) is may_help


def test_what_never_changes_is_sent_first():
    _, model = asked(["?", "?", "?"])
    _, other = asked(["?", "?", "?"], "glorpiness of tablets")
    assert model.requests[0].messages[:-1] == other.requests[0].messages[:-1]
    assert model.requests[0].messages[-1].content == f'"{ODD}"'


@pytest.mark.parametrize(
    "replies",
    [
        ("error rate by region on mobile", "success rate by region on mobile", "?"),
        ("?", "?", "?"),
        ("error rate", "error rate", "error rate"),
        ("flarp by region on mobile",) * 3,
    ],
)
def test_voices_that_differ_or_change_the_question_do_not_count(replies):
    found, _ = asked(replies)
    assert agreed(found) is None
    assert len(found) == 3


@pytest.mark.parametrize(
    ("question", "reply", "is_enough"),
    [
        (KNOWN, "error rate by region on mobile", True),
        (KNOWN, "downloads by region on mobile", False),
        (ODD, "error rate by region on mobile", False),
    ],
)
def test_one_voice_is_enough_where_it_only_puts_known_words_in_order(question, reply, is_enough):
    found, _ = asked([reply, "?", "?"], question)
    by = settled(found)
    assert (by is not None) == is_enough
    assert by is None or by.text == reply


def test_two_orders_of_the_same_words_with_two_meanings_settle_nothing():
    found, _ = asked(["error rate by region on mobile", "?", "?"], KNOWN)
    other = replace(found[0], outcome=LexiconPlanner(world().catalogue, world().facts).plan(
        Question(text="error rate by device")))  # fmt: skip
    assert settled(found) is found[0]
    assert settled((found[0], other)) is None


class NoRuns:
    """Nothing is to be run."""

    def explain(self, sql):
        raise AssertionError(sql)

    def run(self, sql):
        raise AssertionError(sql)


def combined(replies):
    here = world()
    model = ScriptedModel(list(replies))
    lexicon = LexiconPlanner(here.catalogue, here.facts)
    words = PlanWords(
        catalogue=here.catalogue,
        facts=here.facts,
        ranking=TermRanking(here.catalogue),
        values=ValueFinder(here.catalogue, here.facts),
        examples=SimilarQueries(()),
    )
    routes = Routes(
        lexicon=lexicon,
        model=ModelPlanner(model, words),
        catalogue=here.catalogue,
        facts=here.facts,
        confirmed=SimilarQueries(()),
        sentence=lambda plan: plan.measures[0].name,
        rewording=rewording(model, lexicon, here.catalogue, here.facts),
    )
    return CombinedPlanner(routes).combined(Question(text=ODD), NoRuns()), model


def test_an_agreed_rewording_is_the_answer_and_says_how_it_was_read():
    found, model = combined(["error rate by region on mobile"] * 2)
    assert isinstance(found.outcome, Understood)
    assert "error rate by region on mobile" in found.outcome.notes[-1]
    assert found.attempts == len(model.requests) == 2
    assert "reworded" in found.by


def test_one_voice_alone_is_asked_back():
    replies = ["error rate by region on mobile", "?", "?", '{"answerable": false, "missing": "it"}']
    found, _ = combined(replies)
    assert isinstance(found.outcome, Ambiguous)
    assert [each.sentence for each in found.outcome.readings] == ["error_rate"]


def test_no_voice_at_all_leaves_the_lexicon_the_last_word():
    found, _ = combined(["?", "?", "?", '{"answerable": false, "missing": "it"}'])
    assert isinstance(found.outcome, Declined)
    assert "blorpiness" in found.outcome.reason
