"""Follow-ups: "and by region?", "only pro", "same for last month" change the plan before."""

import re

from pydantic import ValidationError

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.compiling import PlanError, validate_plan
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError, in_words
from genai_session_analyzer.copilot.planning.binding.naming import measure_name
from genai_session_analyzer.copilot.planning.binding.wider_entities import entities_for, moved
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.follow_ups.bare_bounds import refuse_unnamed
from genai_session_analyzer.copilot.planning.follow_ups.doubtful import (
    DoubtfulError,
    refuse_doubtful,
)
from genai_session_analyzer.copilot.planning.follow_ups.edits_by_wording import edited_by_wording
from genai_session_analyzer.copilot.planning.follow_ups.kept_conditions import kept_notes
from genai_session_analyzer.copilot.planning.follow_ups.plan_edits import THEM, edit_plan
from genai_session_analyzer.copilot.planning.follow_ups.pronouns import settle_pronouns
from genai_session_analyzer.copilot.planning.follow_ups.settled_words import settle_words
from genai_session_analyzer.copilot.planning.follow_ups.whole_plans import asks_for_whole
from genai_session_analyzer.copilot.planning.leftovers import unread
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import idea_of
from genai_session_analyzer.copilot.planning.rules.reading import read
from genai_session_analyzer.copilot.planning.words.pieces import Sentence
from genai_session_analyzer.copilot.planning.words.tagging import Tagged
from genai_session_analyzer.copilot.roles import Ambiguous, Declined, Outcome, Reading, Understood
from genai_session_analyzer.copilot.wording import plan_sentence

_SHARE_OF = re.compile(
    r"\W*(?:and |now )*(?:as (?:a |the )?(?:share|percentage|percent|fraction|proportion|part) of"
    r"|relative to|in relation to|out of|divided by)\b"
)
_COUNTS = re.compile(r"\b(?:how many|number|count)\b")


def edited(tagged: Tagged, previous: QueryPlan, catalogue: Catalogue) -> Outcome:
    """Return the previous plan with what the follow-up changes."""
    try:
        refuse_doubtful(tagged.text)
        changed = edited_by_wording(tagged, previous, catalogue)
    except BindError as found:
        return Declined(reason=f"I cannot change the question before like that: {found}")
    if changed:
        return _outcome([changed], previous, catalogue)
    as_share = _takes_share(tagged, previous, catalogue)
    if _SHARE_OF.match(tagged.text) and not as_share:
        return Declined(reason="I cannot change the question before like that: a share of what")
    draft = _read(tagged, previous, catalogue)
    if draft.tagged.times.is_unclear and not draft.tagged.times.is_earlier:
        return Declined(reason="I did not understand which times are meant")
    ways = {piece.text for piece in tagged.sentence.pieces if piece.kind == "A"}
    left = [words for words in unread(draft) if words not in ways]
    if left:
        return Declined(reason=f"I did not understand '{left[0]}'")
    return _changed(draft, previous, catalogue, as_share)


def _read(tagged: Tagged, previous: QueryPlan, catalogue: Catalogue) -> Draft:
    if asks_for_whole(tagged.text, previous):
        tagged.sentence.take_span(0, len(tagged.sentence.pieces))
    if re.search(THEM, tagged.text) or _counts_events(tagged, previous, catalogue):
        tagged.sentence.take(*tagged.sentence.left("H"))
    settle_words(tagged.sentence, previous)
    settle_pronouns(tagged)
    if tagged.times.range:
        tagged.sentence.take(*tagged.sentence.left("x"))  # "was it higher in January?"
    draft = read(tagged, is_follow_up=True)
    if draft.signup and not _COUNTS.search(tagged.text):
        draft.ideas = [idea for idea in draft.ideas if (idea.kind, idea.key) != ("count", "users")]
    return draft


def _changed(draft: Draft, previous: QueryPlan, catalogue: Catalogue, as_share: bool) -> Outcome:
    problem: BindError | None = None
    for entity in entities_for(draft, previous, catalogue):
        try:
            start = moved(previous, entity, catalogue)
            if previous.measures and not (start.measures or draft.ideas):
                raise BindError(f"{entity} do not have the numbers of before")
            refuse_unnamed(draft)
            plans = list(edit_plan(draft, start, catalogue, as_share))
            for plan in plans:
                validate_plan(plan, catalogue)
        except DoubtfulError as found:
            return Declined(reason=f"I cannot change the question before like that: {found}")
        except BindError as found:
            problem = problem or found
        except (PlanError, ValidationError) as found:
            problem = problem or BindError(in_words(found))
        else:
            return _outcome(plans, previous, catalogue)
    return Declined(reason=f"I cannot change the question before like that: {problem}")


def _counts_events(tagged: Tagged, previous: QueryPlan, catalogue: Catalogue) -> bool:
    """`How many failed`, of what was counted before."""
    kinds = {catalogue.measure(previous.entity, use.name).kind for use in previous.measures}
    if kinds <= {"count", "distinct"} and tagged.sentence.first("^[Dqop]*H[opa]*(?:L|$)"):
        return True  # "and how many in January"
    return kinds == {"count"} and tagged.sentence.first("H[ov]*v[op]*$") is not None


def _takes_share(tagged: Tagged, previous: QueryPlan, catalogue: Catalogue) -> bool:
    """`As a share` is about the numbers of before, where no number is named with it."""
    sentence = tagged.sentence
    if sentence.first("[QVEvL]") is not None and not _names_before(sentence, previous, catalogue):
        return False
    places = sentence.left("R")
    sentence.take(*places)
    return bool(places)


def _names_before(sentence: Sentence, previous: QueryPlan, catalogue: Catalogue) -> bool:
    """`As a share of all failures`, of a question that counted failures."""
    named = sentence.first("^[opq]*R[opA]*([QVE])[op]*$")
    if not named:
        return False
    piece = sentence.pieces[named.start(1)]
    if not (previous.dimensions or previous.grain):
        names = [use.name for use in previous.measures]
        is_whole_table = piece.kind == "E" and piece.key == previous.entity
        is_whole_table &= names == [catalogue.entity(previous.entity).count_measure]
        if is_whole_table:
            sentence.take(named.start(1))  # "as a share of all sessions"
        return is_whole_table
    if previous.filters:
        return False  # "as a share of all sessions", of the long ones by tier
    idea = idea_of(piece)
    is_same = [use.name for use in previous.measures] == [
        measure_name(idea, previous.entity, catalogue)
    ]
    if is_same:
        sentence.take(named.start(1))
    return is_same


def _outcome(plans: list[QueryPlan], previous: QueryPlan, catalogue: Catalogue) -> Outcome:
    if plans == [previous]:
        return Declined(reason="I did not see what to change in the question before")
    if len(plans) == 1:
        notes = kept_notes(plans[0], previous, catalogue)
        return Understood(plan=plans[0], confidence=0.9, notes=notes)
    readings = tuple(Reading(sentence=plan_sentence(plan, catalogue), plan=plan) for plan in plans)
    return Ambiguous(sentence="That can change the question before in two ways.", readings=readings)
