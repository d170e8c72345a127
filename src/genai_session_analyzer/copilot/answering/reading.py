"""Who reads a question: rules alone, or rules with a language model behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.facts import DataFacts
from genai_session_analyzer.copilot.memory import SimilarQueries
from genai_session_analyzer.copilot.model_planning.asking import Watch as ModelWatch
from genai_session_analyzer.copilot.model_planning.combining import (
    Combined,
    CombinedPlanner,
    Routes,
)
from genai_session_analyzer.copilot.model_planning.model_planner import ModelPlanner, PlanWords
from genai_session_analyzer.copilot.model_planning.model_sql import ModelSql
from genai_session_analyzer.copilot.model_planning.rewording import Rewording
from genai_session_analyzer.copilot.model_planning.routes import RunsSql
from genai_session_analyzer.copilot.model_planning.sql_prompt import SqlWords
from genai_session_analyzer.copilot.model_planning.term_ranking import TermRanking
from genai_session_analyzer.copilot.model_planning.value_finder import ValueFinder
from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.planning.words.lexicon import build_lexicon
from genai_session_analyzer.copilot.planning.words.tagging import Tagger
from genai_session_analyzer.copilot.roles import Planner, Question
from genai_session_analyzer.copilot.wording import plan_sentence
from genai_session_analyzer.embedding import TextEncoder, TextEncoderSettings, text_encoder
from genai_session_analyzer.language_model import LanguageModel

UNKNOWN_WORDS = "glimmering velocipedes"
"""No rule knows them, so only what compares meanings can read them."""


@dataclass(frozen=True, kw_only=True)
class BuildWords:
    """What readers of questions are made from.

    Attributes:
        catalogue: The words of plans.
        facts: Of the build.
        confirmed: Questions that people confirmed, those of the package first.
    """

    catalogue: Catalogue
    facts: DataFacts
    confirmed: SimilarQueries


class ReadsQuestions(Protocol):
    """Reads questions about one build; `ByRules` is one."""

    def combined(
        self, question: Question, runs: RunsSql, watch: ModelWatch | None = None
    ) -> Combined:
        """Return the outcome and how it came about; raises ModelError, AskCancelledError."""

    def warm(self) -> None:
        """Load what the first question would load; raises ModelError."""


class ByRules:
    """Reads with a planner that needs no language model."""

    def __init__(self, planner: Planner) -> None:
        """Read nothing yet."""
        self._planner = planner

    def combined(
        self, question: Question, runs: RunsSql, watch: ModelWatch | None = None
    ) -> Combined:
        """Return what the planner says; nothing is run."""
        del runs, watch
        return Combined(outcome=self._planner.plan(question), by=self._planner.name)

    def warm(self) -> None:
        """Read a question of words that only an encoder can read: that loads it."""
        self._planner.plan(Question(text=UNKNOWN_WORDS))


class ByRulesAndModel:
    """Reads by rules, and with a language model what they do not understand."""

    def __init__(self, rules: ByRules, combining: CombinedPlanner) -> None:
        """Read nothing yet."""
        self._rules = rules
        self._combining = combining

    def combined(
        self, question: Question, runs: RunsSql, watch: ModelWatch | None = None
    ) -> Combined:
        """Return what the rules and the model agree on; raises ModelError, AskCancelledError."""
        return self._combining.combined(question, runs, watch)

    def warm(self) -> None:
        """Load what the rules load late; the model is loaded elsewhere."""
        self._rules.warm()


ReaderFor = Callable[[BuildWords], ReadsQuestions]
"""Makes the reader of questions of a build."""


def reader_for(models: Path, model: LanguageModel | None) -> ReaderFor:
    """Return what makes the reader of a build: rules, with MiniLM for words they do not know.

    Args:
        models: Folder of exported encoders.
        model: Asked where the rules do not understand; None without one.
    """
    encoder = text_encoder(TextEncoderSettings(cache=models, threads=1))

    def make(words: BuildWords) -> ReadsQuestions:
        """Return the reader of one build."""
        lexicon = LexiconPlanner(words.catalogue, words.facts, encoder)
        return ByRules(lexicon) if model is None else _with_model(words, lexicon, model, encoder)

    return make


def _with_model(
    words: BuildWords, lexicon: Planner, model: LanguageModel, encoder: TextEncoder
) -> ReadsQuestions:
    examples = SimilarQueries(words.confirmed.queries, encoder)
    plan_words = PlanWords(
        catalogue=words.catalogue,
        facts=words.facts,
        ranking=TermRanking(words.catalogue, encoder),
        values=ValueFinder(words.catalogue, words.facts),
        examples=examples,
    )
    tagger = Tagger(build_lexicon(words.catalogue), words.facts, encoder)
    sql_words = SqlWords(catalogue=words.catalogue, facts=words.facts, examples=examples)
    combining = CombinedPlanner(
        Routes(
            lexicon=lexicon,
            model=ModelPlanner(model, plan_words),
            rewording=Rewording(model, lexicon, tagger),
            sql=ModelSql(model, sql_words),
            catalogue=words.catalogue,
            facts=words.facts,
            confirmed=words.confirmed,
            sentence=lambda plan: plan_sentence(plan, words.catalogue),
        )
    )
    return ByRulesAndModel(ByRules(lexicon), combining)
