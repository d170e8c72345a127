"""The planner without a language model: words, rules and the catalogue."""

from dataclasses import replace

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.facts import DataFacts
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.active_users import as_users
from genai_session_analyzer.copilot.planning.binding.binding import bind
from genai_session_analyzer.copilot.planning.binding.bound_filters import BindError
from genai_session_analyzer.copilot.planning.closest import near_questions
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.follow_ups.follow_ups import edited
from genai_session_analyzer.copilot.planning.follow_ups.lifted_filters import takes_away
from genai_session_analyzer.copilot.planning.follow_ups.pointing_back import is_follow_up
from genai_session_analyzer.copilot.planning.leftovers import (
    all_of_users,
    is_empty,
    is_of_one_row,
    is_rows_or_number,
    is_users_by_activity,
    unread,
    wants_rows,
)
from genai_session_analyzer.copilot.planning.notes import notes_on
from genai_session_analyzer.copilot.planning.rules.reading import read
from genai_session_analyzer.copilot.planning.scope import outside, readings, vague
from genai_session_analyzer.copilot.planning.times.data_span import within_data
from genai_session_analyzer.copilot.planning.unknown_values import no_such_value
from genai_session_analyzer.copilot.planning.words.lead_sentences import without_lead
from genai_session_analyzer.copilot.planning.words.lexicon import build_lexicon, term_words
from genai_session_analyzer.copilot.planning.words.pieces import Sentence
from genai_session_analyzer.copilot.planning.words.tagging import Tagged, Tagger
from genai_session_analyzer.copilot.planning.words.two_sentences import (
    merged,
    says_twice,
    sentences_of,
)
from genai_session_analyzer.copilot.roles import (
    Ambiguous,
    Declined,
    Outcome,
    Question,
    Reading,
    Understood,
)
from genai_session_analyzer.copilot.wording import plan_sentence
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
        self._terms = term_words()

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
        whole = self._plan(question)
        found = self._of_two(both, whole) if both and isinstance(whole, Understood) else whole
        return within_data(found, self._facts)

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
            return self._ambiguous(choices)
        return vague(tagged) or self._planned(tagged)

    def _planned(self, tagged: Tagged) -> Outcome:
        draft = read(_fresh(tagged))
        problem = self._problem(draft)
        if problem:
            return problem
        if is_users_by_activity(draft):
            return self._bound(as_users(draft))
        if is_rows_or_number(draft):
            return self._rows_or_number(tagged, draft)
        return self._bound(draft)

    def _bound(self, draft: Draft) -> Outcome:
        try:
            plan = bind(draft, self._catalogue)
        except BindError as found:
            return Declined(reason=f"I cannot answer that: {found}")
        if plan.grain and plan.dimensions and not plan.measures:
            return Declined(reason=f"I did not find what to count per {plan.grain}")
        return Understood(plan=plan, confidence=_confidence(draft), notes=notes_on(draft, plan))

    def _problem(self, draft: Draft) -> Declined | None:
        """What keeps a draft from being a reading of the whole question; None where nothing."""
        if draft.tagged.times.is_unclear:
            return Declined(reason="I did not understand which times are meant")
        if draft.trouble:
            return Declined(reason=f"I did not understand {draft.trouble}")
        words = unread(draft)
        missing = no_such_value(draft, self._catalogue) if words else None
        if missing:
            return missing
        if words:
            quoted = ", ".join(f"'{word}'" for word in words[:3])
            closest = near_questions(words[0], self._terms, self._tagger.tag, self._catalogue)
            return Declined(reason=f"I did not understand {quoted}", closest=closest)
        if is_empty(draft):
            return Declined(reason="I did not find what to count or list")
        return None

    def _ambiguous(self, choices: tuple[Tagged, ...]) -> Outcome:
        outcomes = [self._planned(each) for each in choices]
        plans = [each.plan for each in outcomes if isinstance(each, Understood)]
        if len(set(plans)) == 1 and len(plans) == len(outcomes):
            return outcomes[0]
        if len(plans) < 2:
            return next(
                (each for each in outcomes if isinstance(each, Declined)),
                Declined(reason="the question can be read in several ways"),
            )
        sentence = "That can mean several things. Which one?"
        return Ambiguous(sentence=sentence, readings=self._readings(plans))

    def _rows_or_number(self, tagged: Tagged, draft: Draft) -> Outcome:
        """`Sessions longer than 10 minutes`: how many, or which."""
        listed = read(_fresh(tagged))
        listed.rows_of, listed.ideas = draft.counted, []
        if (
            draft.counted == "users"
            and draft.conditions
            and all_of_users(draft)
            and not is_of_one_row(draft)
        ):
            return self._bound(as_users(listed))
        if wants_rows(draft):
            return self._bound(listed)
        try:
            plans = [bind(each, self._catalogue) for each in (draft, listed)]
        except BindError as found:
            return Declined(reason=f"I cannot answer that: {found}")
        return Ambiguous(sentence="Their number, or a list?", readings=self._readings(plans))

    def _readings(self, plans: list[QueryPlan]) -> tuple[Reading, ...]:
        return tuple(
            Reading(sentence=plan_sentence(plan, self._catalogue), plan=plan) for plan in plans
        )


def _fresh(tagged: Tagged) -> Tagged:
    """The question with nothing read yet: reading takes pieces off the sentence."""
    return replace(tagged, sentence=Sentence(tagged.sentence.pieces))


def _confidence(draft: Draft) -> float:
    return max(0.5, draft.confidence - 0.05 * len(draft.tagged.corrections))
