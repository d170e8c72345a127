"""SQL by a model, and which route answers, with models and runners that do as they are told."""

import json
from datetime import date

import pytest
from plan_world import world

from genai_session_analyzer.copilot.compiling import plan_sql
from genai_session_analyzer.copilot.evaluation.results import Result
from genai_session_analyzer.copilot.guard import allowed_in, check_sql
from genai_session_analyzer.copilot.memory import SimilarQueries, VerifiedQuery, packaged_verified
from genai_session_analyzer.copilot.model_planning.combined import Routes
from genai_session_analyzer.copilot.model_planning.combining import CombinedPlanner
from genai_session_analyzer.copilot.model_planning.model_planner import ModelPlanner, PlanWords
from genai_session_analyzer.copilot.model_planning.model_sql import ModelSql, SqlEffort
from genai_session_analyzer.copilot.model_planning.routes import Ran, agree
from genai_session_analyzer.copilot.model_planning.sql_prompt import SqlWords
from genai_session_analyzer.copilot.model_planning.term_ranking import TermRanking
from genai_session_analyzer.copilot.model_planning.value_finder import ValueFinder
from genai_session_analyzer.copilot.plan import MeasureUse, QueryPlan, TimeRange
from genai_session_analyzer.copilot.roles import Ambiguous, Declined, Question, Understood
from genai_session_analyzer.errors import AnalyzerError
from genai_session_analyzer.language_model import ScriptedModel

COUNT = "SELECT count(*) FROM fct_generations"
PLAN = QueryPlan(entity="generations", measures=(MeasureUse(name="generation_count"),))
SAID = json.dumps({"answerable": True, "about": "generations", "show": ["generation_count"]})
NOT_UNDERSTOOD = Declined(reason="I did not understand 'blorp'.")


class Runs:
    """The guard, and DuckDB on the small build."""

    def __init__(self):
        self.said = []

    def explain(self, sql):
        self._run(f"EXPLAIN {self._checked(sql)}")

    def run(self, sql):
        cursor = self._run(self._checked(sql))
        return Result.of(cursor.fetchall(), len(cursor.description))

    def _checked(self, sql):
        return check_sql(sql, allowed_in(world().backend.con)).sql

    def _run(self, sql):
        self.said.append(sql)
        try:
            return world().backend.con.execute(sql)
        except Exception as problem:
            raise AnalyzerError(str(problem).splitlines()[0]) from problem


class Lexicon:
    """Reads every question the same way."""

    name = "lexicon"

    def __init__(self, outcome):
        self.outcome = outcome

    def plan(self, question):
        return self.outcome


def sql_words(**chosen):
    here = world()
    return SqlWords(
        catalogue=here.catalogue,
        facts=here.facts,
        examples=SimilarQueries(packaged_verified()),
        **chosen,
    )


def combined(read, replies, question="How many requests overall", confirmed=(), **chosen):
    here = world()
    model = ScriptedModel(list(replies))
    terms = PlanWords(
        catalogue=here.catalogue,
        facts=here.facts,
        ranking=TermRanking(here.catalogue),
        values=ValueFinder(here.catalogue, here.facts),
        examples=SimilarQueries(packaged_verified()),
    )
    routes = Routes(
        lexicon=Lexicon(read),
        model=ModelPlanner(model, terms),
        sql=ModelSql(model, sql_words()),
        catalogue=here.catalogue,
        facts=here.facts,
        confirmed=SimilarQueries(confirmed),
        sentence=lambda plan: "Number of generations.",
        **chosen,
    )
    return CombinedPlanner(routes).combined(Question(text=question), Runs()), model


def test_sql_is_taken_out_of_its_fence_checked_and_run():
    reply = f"Sure:\n```sql\n{COUNT};\n```\nThat counts."
    runs = Runs()
    found = ModelSql(ScriptedModel([reply]), sql_words()).written("How many?", runs)
    assert found.ran.sql == COUNT
    assert found.ran.result.rows == ((len(world().generations),),)
    assert runs.said == [f"EXPLAIN {COUNT}", COUNT]


def test_one_repair_with_the_message_of_the_engine_and_no_second():
    wrong = "SELECT count(*) FROM fct_generations WHERE tier = 'pro'"
    model = ScriptedModel([wrong, COUNT])
    found = ModelSql(model, sql_words()).written("How many?", Runs())
    assert found.ran.sql == COUNT
    assert found.attempts == 2
    assert "tier" in model.requests[1].messages[-1].content
    model = ScriptedModel([wrong, wrong, COUNT])
    found = ModelSql(model, sql_words()).written("How many?", Runs())
    assert found.ran.result is None
    assert found.votes == 0
    assert found.attempts == 2


@pytest.mark.parametrize("sql", ["DROP TABLE dim_users", "SELECT * FROM read_csv('/etc/passwd')"])
def test_what_the_guard_refuses_is_not_run(sql):
    runs = Runs()
    effort = SqlEffort(repairs=0)
    found = ModelSql(ScriptedModel([sql]), sql_words(), effort).written("How many?", runs)
    assert found.ran.result is None
    assert "rule" in found.ran.problem
    assert runs.said == []


def test_of_several_candidates_the_rows_that_most_have_are_taken():
    replies = ["SELECT 1", COUNT, "SELECT count(generation_id) FROM fct_generations"]
    effort = SqlEffort(repairs=0, candidates=3)
    found = ModelSql(ScriptedModel(replies), sql_words(), effort).written("How many?", Runs())
    assert found.ran.sql == COUNT
    assert (found.votes, found.candidates) == (2, 3)


def test_variants_show_a_model_more_or_less():
    def told(**chosen):
        model = ScriptedModel([COUNT])
        ModelSql(model, sql_words(**chosen)).written("Error rate last week", Runs())
        return "\n".join(each.content for each in model.requests[0].messages)

    raw = told(has_comments=False, has_glossary=False, example_count=0)
    assert "CREATE TABLE fct_generations" in raw
    assert "failure_count" not in raw
    whole = told()
    assert "error_rate = " in whole
    assert "'rate_limited'" in whole
    assert '"last week" is requested_at >= TIMESTAMP' in whole
    assert "Question: " in whole.split("SQL:")[0]


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ([("a", 1.0), ("b", 2.0)], [(2, "b"), (1.00001, "a")], True),
        ([("a", 1.0)], [("a", 1.01)], False),
        ([("a", 1.0)], [("a", 1.0), ("b", 1.0)], False),
        ([], [], False),
        ([(None,)], [(None,)], False),
    ],
)
def test_results_agree_as_in_the_evaluation_and_nothing_proves_nothing(one, other, is_same):
    first, second = (Ran(sql="", result=Result.of(rows, len(rows[0]) if rows else 1))
                     for rows in (one, other))  # fmt: skip
    assert agree(first, second) is is_same


def test_what_failed_agrees_with_nothing():
    failed = Ran(sql="", problem="no")
    assert not agree(failed, failed)


def test_what_the_lexicon_understands_asks_no_model():
    read = Understood(plan=PLAN, confidence=0.9)
    found, model = combined(read, [])
    assert found.outcome == read
    assert model.requests == []


@pytest.mark.parametrize(
    "read",
    [
        Declined(reason="There is no age.", is_out_of_scope=True),
        Ambiguous(sentence="Which?", readings=()),
    ],
)
def test_what_is_out_of_scope_or_ambiguous_asks_no_model(read):
    found, model = combined(read, [])
    assert found.outcome == read
    assert model.requests == []


def test_a_plan_and_sql_with_the_same_rows_are_an_answer_verified_by_two_routes():
    found, _ = combined(NOT_UNDERSTOOD, [SAID, COUNT], question="How many blorps overall")
    assert isinstance(found.outcome, Understood)
    assert found.is_verified
    assert "two routes" in found.outcome.notes[0]
    assert found.attempts == 2


def test_a_plan_that_nothing_bears_out_is_a_reading_to_confirm():
    found, _ = combined(NOT_UNDERSTOOD, [SAID, "SELECT 1"], question="How many blorps are purple")
    assert isinstance(found.outcome, Ambiguous)
    assert found.outcome.readings[0].sentence == "Number of generations."
    assert found.outcome.readings[0].plan == PLAN
    assert not found.is_verified


def test_a_plan_that_accounts_for_every_word_is_an_answer_only_where_that_is_enough():
    found, _ = combined(NOT_UNDERSTOOD, [SAID, "SELECT 1"])
    assert isinstance(found.outcome, Ambiguous)
    found, _ = combined(NOT_UNDERSTOOD, [SAID, "SELECT 1"], enough=1.0)
    assert isinstance(found.outcome, Understood)
    assert not found.is_verified


def test_where_the_model_has_no_plan_the_lexicon_has_the_last_word():
    no = json.dumps({"answerable": False, "missing": "blorps"})
    found, _ = combined(NOT_UNDERSTOOD, [no])
    assert found.outcome == NOT_UNDERSTOOD


def test_a_question_that_was_confirmed_is_answered_by_its_plan_with_todays_dates():
    query = VerifiedQuery(
        question="Volume last week?",
        plan=PLAN.model_copy(update={"time": TimeRange(said="last week")}),
        confirmed_by="ana",
        confirmed_at=date(2024, 3, 1),
    )
    found, model = combined(NOT_UNDERSTOOD, [], "volume last week", confirmed=(query,))
    assert isinstance(found.outcome, Understood)
    assert found.outcome.plan.time.start is not None
    assert "ana" in found.outcome.notes[0]
    assert model.requests == []
    assert "2024-03-04" in plan_sql(found.outcome.plan, world().catalogue)
