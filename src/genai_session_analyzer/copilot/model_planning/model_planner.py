"""Plans by a language model: its words are limited to what is on offer, its plan is checked."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pydantic import ValidationError

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.compiling import validate_plan
from genai_session_analyzer.copilot.facts import DataFacts
from genai_session_analyzer.copilot.memory import SimilarQueries
from genai_session_analyzer.copilot.model_planning.accounting import account
from genai_session_analyzer.copilot.model_planning.asking import Generated, Watch, generated
from genai_session_analyzer.copilot.model_planning.offer import NamedValue, Offer, offer_for
from genai_session_analyzer.copilot.model_planning.plan_prompt import plan_messages
from genai_session_analyzer.copilot.model_planning.plan_schema import plan_schema
from genai_session_analyzer.copilot.model_planning.said_plan import (
    PlanTimes,
    SaidPlan,
    query_plan,
)
from genai_session_analyzer.copilot.model_planning.term_ranking import TermRanking
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.times.time_page import TimeWords
from genai_session_analyzer.copilot.planning.times.time_words import find_times
from genai_session_analyzer.copilot.roles import Declined, Outcome, Question, Understood
from genai_session_analyzer.errors import AnalyzerError
from genai_session_analyzer.language_model import LanguageModel, Request

FindValues = Callable[[str], Iterable[NamedValue]]
_MOST_TOKENS = 220
_NOT_USABLE = "The language model gave no plan that can be used"


@dataclass(frozen=True, kw_only=True)
class PlanWords:
    """What a model's plan is made from, for one build.

    Attributes:
        catalogue: The words of plans.
        facts: Of the build: its newest time is now.
        ranking: Of the catalogue's terms.
        values: Finds the values that a question names.
        examples: Confirmed questions.
        example_count: How many of them a prompt shows.
    """

    catalogue: Catalogue
    facts: DataFacts
    ranking: TermRanking
    values: FindValues
    examples: SimilarQueries
    example_count: int = 3


@dataclass(frozen=True, kw_only=True)
class Planned:
    """An outcome and what the model wrote for it."""

    outcome: Outcome
    written: tuple[Generated, ...] = ()


class ModelPlanner:
    """A planner by a language model; may be used by several threads, which wait their turn."""

    def __init__(self, model: LanguageModel, words: PlanWords) -> None:
        """Load nothing yet.

        Args:
            model: Where it cannot be held to a schema, its reply is checked all the same.
            words: Of the build that is asked.
        """
        self._model = model
        self._words = words

    @property
    def name(self) -> str:
        """What an answer calls it."""
        return f"language model {self._model.name}"

    def plan(self, question: Question) -> Outcome:
        """Return the reading, or why there is none; its confidence is what the plan accounts for.

        Raises:
            ModelError: The model does not answer.
        """
        return self.planned(question).outcome

    def planned(self, question: Question, watch: Watch | None = None) -> Planned:
        """Return the outcome with what the model wrote, for someone who may watch and cancel.

        Raises:
            ModelError: The model does not answer.
            AskCancelledError: It was cancelled.
        """
        times = self._times(question.text)
        if times.is_unclear or times.weekdays or times.hours:
            return Planned(
                outcome=Declined(reason="The times of the question were not understood.")
            )
        asked = without_spans(question.text, times)
        offer = offer_for(
            asked,
            self._words.catalogue,
            self._words.ranking,
            self._words.values(asked),
            question.previous,
        )
        reply = generated(self._model, self._request(question, offer, times), "plan", watch)
        return Planned(outcome=self._outcome(reply.text, question, times), written=(reply,))

    def _times(self, text: str) -> TimeWords:
        return find_times(text, self._words.facts.newest_at, self._words.facts.first_at)

    def _request(self, question: Question, offer: Offer, times: TimeWords) -> Request:
        examples = self._words.examples.nearest(question.text, self._words.example_count)
        return Request(
            messages=plan_messages(question.text, offer, examples, question.previous),
            max_tokens=_MOST_TOKENS,
            json_schema=plan_schema(offer, has_grain=times.grain is not None),
        )

    def _outcome(self, text: str, question: Question, times: TimeWords) -> Outcome:
        try:
            said = SaidPlan.model_validate(json.loads(text))
            if not said.answerable:
                return _declined(said)
            plan = query_plan(said, _plan_times(times, question.previous))
            validate_plan(plan, self._words.catalogue)
        except json.JSONDecodeError:
            return Declined(reason=f"{_NOT_USABLE}: it is no JSON.")
        except ValidationError as problem:
            first = problem.errors(include_url=False, include_input=False)[0]
            return Declined(reason=f"{_NOT_USABLE}: {first['msg']}.")
        except AnalyzerError as problem:
            return Declined(reason=f"{_NOT_USABLE}: {problem}")
        found = account(without_spans(question.text, times), plan, self._words.catalogue)
        return Understood(plan=plan, confidence=found.share)


def without_spans(text: str, times: TimeWords) -> str:
    """Return the text with its words about time blanked out."""
    for start, end in times.spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _plan_times(times: TimeWords, previous: QueryPlan | None) -> PlanTimes:
    if previous is None or times.range is not None:
        return PlanTimes(time=times.range, comparison=times.comparison, grain=times.grain)
    return PlanTimes(
        time=previous.time, comparison=previous.comparison, grain=times.grain or previous.grain
    )


def _declined(said: SaidPlan) -> Declined:
    missing = " ".join(said.missing.split()) or "that"
    return Declined(reason=f"The language model found nothing in the data about {missing}.")
