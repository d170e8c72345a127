"""From a question in pieces to a plan, readings to choose from, or why there is none."""

from dataclasses import dataclass, replace

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.binding import bind
from genai_session_analyzer.copilot.planning.closest import near_questions
from genai_session_analyzer.copilot.planning.conventions import notes_on
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.leftovers import (
    is_empty,
    is_rows_or_number,
    unread,
    wants_rows,
)
from genai_session_analyzer.copilot.planning.rules.reading import read
from genai_session_analyzer.copilot.planning.unknown_values import no_such_value
from genai_session_analyzer.copilot.planning.users_by_activity import (
    all_of_users,
    as_users,
    is_of_one_row,
    is_users_by_activity,
)
from genai_session_analyzer.copilot.planning.words.pieces import Sentence
from genai_session_analyzer.copilot.planning.words.tagging import Tagged, Tagger
from genai_session_analyzer.copilot.roles import (
    Ambiguous,
    Declined,
    Outcome,
    Reading,
    Understood,
)
from genai_session_analyzer.copilot.wording import plan_sentence


@dataclass(frozen=True)
class Vocabulary:
    """The words of one build: what plans may use, what cuts a question, the terms it knows."""

    catalogue: Catalogue
    tagger: Tagger
    terms: tuple[str, ...]


def planned(tagged: Tagged, vocabulary: Vocabulary) -> Outcome:
    """Return the plan of a question, the readings to choose from, or why there is none."""
    draft = read(_fresh(tagged))
    problem = _problem(draft, vocabulary)
    if problem:
        return problem
    if is_users_by_activity(draft):
        return _bound(as_users(draft), vocabulary)
    if is_rows_or_number(draft):
        return _rows_or_number(tagged, draft, vocabulary)
    return _bound(draft, vocabulary)


def _bound(draft: Draft, vocabulary: Vocabulary) -> Outcome:
    try:
        plan = bind(draft, vocabulary.catalogue)
    except BindError as found:
        return Declined(reason=f"I cannot answer that: {found}")
    if plan.grain and plan.dimensions and not plan.measures:
        return Declined(reason=f"I did not find what to count per {plan.grain}")
    return Understood(plan=plan, confidence=_confidence(draft), notes=notes_on(draft, plan))


def _problem(draft: Draft, vocabulary: Vocabulary) -> Declined | None:
    """What keeps a draft from being a reading of the whole question; None where nothing."""
    if draft.tagged.times.is_unclear:
        return Declined(reason="I did not understand which times are meant")
    if draft.trouble:
        return Declined(reason=f"I did not understand {draft.trouble}")
    words = unread(draft)
    missing = no_such_value(draft, vocabulary.catalogue) if words else None
    if missing:
        return missing
    if words:
        quoted = ", ".join(f"'{word}'" for word in words[:3])
        closest = near_questions(
            words[0], vocabulary.terms, vocabulary.tagger.tag, vocabulary.catalogue
        )
        return Declined(reason=f"I did not understand {quoted}", closest=closest)
    if is_empty(draft):
        return Declined(reason="I did not find what to count or list")
    return None


def asked_back(choices: tuple[Tagged, ...], vocabulary: Vocabulary) -> Outcome:
    """Return the readings of a question to choose from; the one plan where all are the same."""
    outcomes = [planned(each, vocabulary) for each in choices]
    plans = [each.plan for each in outcomes if isinstance(each, Understood)]
    if len(set(plans)) == 1 and len(plans) == len(outcomes):
        return outcomes[0]
    if len(plans) < 2:
        return next(
            (each for each in outcomes if isinstance(each, Declined)),
            Declined(reason="the question can be read in several ways"),
        )
    sentence = "That can mean several things. Which one?"
    return Ambiguous(sentence=sentence, readings=_readings(plans, vocabulary))


def _rows_or_number(tagged: Tagged, draft: Draft, vocabulary: Vocabulary) -> Outcome:
    """`Sessions longer than 10 minutes`: how many, or which."""
    listed = read(_fresh(tagged))
    listed.rows_of, listed.ideas = draft.counted, []
    if (
        draft.counted == "users"
        and draft.conditions
        and all_of_users(draft)
        and not is_of_one_row(draft)
    ):
        return _bound(as_users(listed), vocabulary)
    if wants_rows(draft):
        return _bound(listed, vocabulary)
    if draft.counted == "generations":
        return _their_number(_bound(draft, vocabulary))
    try:
        plans = [bind(each, vocabulary.catalogue) for each in (draft, listed)]
    except BindError as found:
        return Declined(reason=f"I cannot answer that: {found}")
    return Ambiguous(sentence="Their number, or a list?", readings=_readings(plans, vocabulary))


def _their_number(found: Outcome) -> Outcome:
    """Generations are too many to read: `generations over 20 seconds` asks how many."""
    if not isinstance(found, Understood):
        return found
    return replace(found, notes=(*found.notes, "This is their number; ask 'list them' for rows."))


def _readings(plans: list[QueryPlan], vocabulary: Vocabulary) -> tuple[Reading, ...]:
    return tuple(
        Reading(sentence=plan_sentence(plan, vocabulary.catalogue), plan=plan) for plan in plans
    )


def _fresh(tagged: Tagged) -> Tagged:
    """The question with nothing read yet: reading takes pieces off the sentence."""
    return replace(tagged, sentence=Sentence(tagged.sentence.pieces))


def _confidence(draft: Draft) -> float:
    return max(0.5, draft.confidence - 0.05 * len(draft.tagged.corrections))
