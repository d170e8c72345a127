"""Follow-ups: "and by region?", "only pro", "same for last month" change the plan before."""

import re

from pydantic import ValidationError

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.compiling import PlanError, validate_plan
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.bound_filters import BindError
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.leftovers import unread
from genai_session_analyzer.copilot.planning.plan_edits import THEM, edit_plan
from genai_session_analyzer.copilot.planning.reading import read
from genai_session_analyzer.copilot.planning.tagging import Tagged
from genai_session_analyzer.copilot.planning.whole_plans import is_whole
from genai_session_analyzer.copilot.planning.wider_entities import entities_for, moved
from genai_session_analyzer.copilot.roles import Ambiguous, Declined, Outcome, Reading, Understood
from genai_session_analyzer.copilot.wording import plan_sentence

_OPENINGS = re.compile(
    r"\W*(?:and|or|but|what about|how about|same|the same|only|just|without|excluding|exclude"
    r"|except"
    r"|not|also|now|ok|okay|by|per|for|in|on|as|sort|order|rank|make|break|split|then|versus|vs"
    r"|compared|compare (?:that|this|it)|add|drop|remove|group|instead|limit|restrict|filter|again"
    r"|since|during|from|at|do the same|with|each|show (?:it|that|this|them|only)|keep|use"
    r"|switch)\b"
)
_THEM = re.compile(
    r"\b(?:of|among|for|in) (?:those|them|these|that)\b|\binstead\b"
    r"|\b(?:was|were|is|are) (?:that|those|these|they|it)\W*$"
)
_OF = re.compile(r"\W*of\b")


def is_follow_up(tagged: Tagged) -> bool:
    """Return whether a question changes the one before rather than being one of its own."""
    if _OPENINGS.match(tagged.text) or _THEM.search(tagged.text) or is_whole(tagged.text):
        return True
    if re.fullmatch("H[op]*v[op]*", tagged.sentence.shape):
        return True
    if _OF.match(tagged.text) and tagged.sentence.first("[HQVvRWTSAZ]") is None:
        return True
    if tagged.times.is_earlier and tagged.sentence.first("[QVESHZv]") is None:
        return True
    return tagged.sentence.first("[QVESHZv]") is None or (
        tagged.sentence.first("^T") is not None and tagged.sentence.first("[QVESF]") is None
    )


def edited(tagged: Tagged, previous: QueryPlan, catalogue: Catalogue) -> Outcome:
    """Return the previous plan with what the follow-up changes."""
    as_share = _takes_share(tagged)
    if is_whole(tagged.text):
        tagged.sentence.take_span(0, len(tagged.sentence.pieces))
    if re.search(THEM, tagged.text) or _counts_events(tagged, previous, catalogue):
        tagged.sentence.take(*tagged.sentence.left("H"))
    _settle_removed(tagged)
    draft = read(tagged, is_follow_up=True)
    if draft.tagged.times.is_unclear and not draft.tagged.times.is_earlier:
        return Declined(reason="I did not understand which times are meant")
    ways = {piece.text for piece in tagged.sentence.pieces if piece.kind == "A"}
    left = [words for words in unread(draft) if words not in ways]
    if left:
        return Declined(reason=f"I did not understand '{left[0]}'")
    problem: BindError | None = None
    for entity in entities_for(draft, previous, catalogue):
        try:
            start = moved(previous, entity, catalogue)
            plans = list(edit_plan(draft, start, catalogue, as_share))
            for plan in plans:
                validate_plan(plan, catalogue)
        except BindError as found:
            problem = problem or found
        except (PlanError, ValidationError) as found:
            problem = problem or BindError(str(found).splitlines()[0])
        else:
            return _outcome(draft, plans, previous, catalogue)
    return Declined(reason=f"I cannot change the question before like that: {problem}")


def _counts_events(tagged: Tagged, previous: QueryPlan, catalogue: Catalogue) -> bool:
    """`How many failed`, of what was counted before."""
    kinds = {catalogue.measure(previous.entity, use.name).kind for use in previous.measures}
    return kinds == {"count"} and tagged.sentence.first("H[ov]*v[op]*$") is not None


def _settle_removed(tagged: Tagged) -> None:
    """`Drop enterprise` leaves it out, "instead of the median" what was there before."""
    sentence = tagged.sentence
    for match in re.finditer("q(?=[op]*L)", sentence.shape):
        if sentence.pieces[match.start()].key == "remove":
            sentence.replace(match.start(), "X", "not")
    for match in reversed(list(re.finditer("i(o[ALFQEV])", sentence.shape))):
        sentence.drop(match.start(1) + 1)  # "the mean instead of the median"
        sentence.drop(match.start(1))


def _takes_share(tagged: Tagged) -> bool:
    """`As a share` is about the numbers of before, where no number is named with it."""
    sentence = tagged.sentence
    if sentence.first("[QVEvL]") is not None:
        return False
    places = sentence.left("R")
    sentence.take(*places)
    return bool(places)


def _outcome(
    draft: Draft, plans: list[QueryPlan], previous: QueryPlan, catalogue: Catalogue
) -> Outcome:
    if plans == [previous]:
        return Declined(reason="I did not see what to change in the question before")
    if len(plans) == 1:
        return Understood(plan=plans[0], confidence=0.9)
    readings = tuple(Reading(sentence=plan_sentence(plan, catalogue), plan=plan) for plan in plans)
    return Ambiguous(sentence="That can change the question before in two ways.", readings=readings)
