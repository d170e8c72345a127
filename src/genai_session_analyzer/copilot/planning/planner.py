"""The planner without a language model: words, rules and the catalogue."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.facts import DataFacts
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.ambiguities import readings
from genai_session_analyzer.copilot.planning.follow_ups.follow_ups import edited
from genai_session_analyzer.copilot.planning.follow_ups.lifted_filters import takes_away
from genai_session_analyzer.copilot.planning.follow_ups.pointing_back import is_follow_up
from genai_session_analyzer.copilot.planning.forms.planning import planned_by_form
from genai_session_analyzer.copilot.planning.forms.row_listings import planned_listing
from genai_session_analyzer.copilot.planning.frames.parts import Tag
from genai_session_analyzer.copilot.planning.frames.reading import (
    before_the_whole,
    instead_of_the_whole,
)
from genai_session_analyzer.copilot.planning.out_of_scope import outside, vague
from genai_session_analyzer.copilot.planning.outcomes import Vocabulary, asked_back, planned
from genai_session_analyzer.copilot.planning.times.data_span import within_data
from genai_session_analyzer.copilot.planning.words.lead_sentences import without_lead
from genai_session_analyzer.copilot.planning.words.lexicon import build_lexicon, term_words
from genai_session_analyzer.copilot.planning.words.respelling import only_one, respelt
from genai_session_analyzer.copilot.planning.words.tagging import Tagger
from genai_session_analyzer.copilot.planning.words.two_sentences import (
    merged,
    says_twice,
    sentences_of,
)
from genai_session_analyzer.copilot.roles import (
    Declined,
    Outcome,
    Question,
    Understood,
)
from genai_session_analyzer.embedding import TextEncoder

LONGEST = 500
"""Characters of a question; longer ones are no questions."""


class LexiconPlanner:
    """Plans by an explicit grammar; answers only what it can account for word by word."""

    def __init__(
        self, catalogue: Catalogue, facts: DataFacts, encoder: TextEncoder | None = None
    ) -> None:
        """Prepare the words of one build.

        Args:
            catalogue: What plans may use.
            facts: Newest time and values of the build.
            encoder: Finds the nearest term of words the lexicon does not have; None leaves those
                questions unanswered.
        """
        self._catalogue, self._facts = catalogue, facts
        self._tagger = Tagger(build_lexicon(catalogue), facts, encoder)
        self._vocabulary = Vocabulary(catalogue, self._tagger, term_words())

    @property
    def name(self) -> str:
        """What an answer calls it."""
        return "lexicon"

    def plan(self, question: Question) -> Outcome:
        """Return the reading, the readings, or why there is none.

        A word that no rule accounts for makes it decline: a wrong number is worse than none.
        """
        if len(question.text) > LONGEST:
            return Declined(reason=f"a question has at most {LONGEST} characters")
        question = replace(question, text=without_lead(question.text, self._tagger.tag))
        both = None if question.previous else sentences_of(question.text)
        whole = self._unframed(question, before_the_whole) or self._whole(question)
        found = self._of_two(both, whole) if both and isinstance(whole, Understood) else whole
        if not isinstance(found, Understood):
            found = self._unframed(question, instead_of_the_whole) or found
        if isinstance(found, Declined):
            found = self._respelt(question) or found
        return within_data(_said_once(found), self._facts)

    def _whole(self, question: Question) -> Outcome:
        formed = planned_by_form(question.text, self._plan, self._catalogue, self._facts)
        return formed or self._listed(question) or self._plan(question)

    def _listed(self, question: Question) -> Understood | None:
        if question.previous:
            return None
        return planned_listing(question.text, self._plan, self._catalogue)

    def _unframed(
        self, question: Question, simpler: Callable[[str, Tag], Iterator[str]]
    ) -> Understood | None:
        """The plan of the first simpler question that has one; None where none has."""
        if question.previous and is_follow_up(self._tagger.tag(question.text)):
            return None
        for text in simpler(question.text, self._tagger.tag):
            found = self._whole(Question(text=text))
            if isinstance(found, Understood):
                return found
        return None

    def _respelt(self, question: Question) -> Understood | None:
        """What a question with misspelt words means, where all ways to read them mean the same."""
        outcomes: dict[str, Understood] = {}

        def plan_of(text: str) -> QueryPlan | None:
            outcome = self._whole(replace(question, text=text))
            if not isinstance(outcome, Understood):
                return None
            return outcomes.setdefault(outcome.plan.model_dump_json(), outcome).plan

        known, fillers = self._tagger.known, self._tagger.fillers
        found = only_one(respelt(question.text.lower(), known, fillers), plan_of)
        if found is None:
            return None
        plan, read = found
        notes = tuple(f"Read '{word}' as '{meant}'." for word, meant in read.items())
        outcome = outcomes[plan.model_dump_json()]
        return replace(outcome, notes=(*notes, *outcome.notes))

    def _of_two(self, both: tuple[str, str], whole: Understood) -> Outcome:
        """A question and the order after it, which may say the question once more."""
        first, second = (self._plan(Question(text=each)) for each in both)
        if isinstance(first, Understood) and isinstance(second, Understood):
            plan = merged(first.plan, second.plan)
            if plan:
                return replace(whole, plan=plan)
        if says_twice(whole.plan.filters):
            return Declined(reason="I did not understand how the two sentences belong together")
        return whole

    def _plan(self, question: Question) -> Outcome:
        tagged = self._tagger.tag(question.text)
        if question.previous and takes_away(tagged):
            return edited(tagged, question.previous, self._catalogue)
        refused = outside(tagged)
        if refused:
            return refused
        if question.previous and is_follow_up(tagged):
            return edited(tagged, question.previous, self._catalogue)
        choices = readings(tagged)
        if choices:
            return asked_back(choices, self._vocabulary)
        return vague(tagged) or planned(tagged, self._vocabulary)


def _said_once(found: Outcome) -> Outcome:
    """The same with each condition once: "in portrait format (taller than wide)"."""
    if not isinstance(found, Understood):
        return found
    filters = tuple(dict.fromkeys(found.plan.filters))
    return replace(found, plan=found.plan.model_copy(update={"filters": filters}))
