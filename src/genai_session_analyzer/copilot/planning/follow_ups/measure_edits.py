"""Changes to the numbers of a plan: "what about the median", "timeouts instead", "as a rate"."""

import re
from dataclasses import replace
from typing import Any

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import MeasureUse, QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.naming import measure_name
from genai_session_analyzer.copilot.planning.drafts import Draft, Idea
from genai_session_analyzer.copilot.planning.follow_ups.pronouns import points_back
from genai_session_analyzer.copilot.planning.follow_ups.ranking_edits import HOWS
from genai_session_analyzer.copilot.planning.words.lexicon import entries

_RATE = re.compile(r"\W*(?:(?:and|now|the|as|a|their|its) )*(?:rate|ratio)s?\W*(?:instead\W*)?")
_ADDED = re.compile(
    r"^\W*(?:(?:and|now|then|please|show|give|me) )*(?:also|plus|alongside|together with|along with"
    r"|as well as|in addition|additionally|besides)\b"
)
_WHAT_ABOUT = re.compile(
    r"^\W*(?:(?:and|but|now|ok) )*(?:(?:what|how) about|and|the same (?:for|with)) (?:the |for )?"
    r"(?!number|count|total)"
)
_WITH_WHICH = re.compile(r"^\W*(?:and )?(?:with|by|for|from|to|on|in|of) (?:which|what)\b")
_FOR_ENTITY = re.compile(r"^\W*(?:(?:and|now|same|the) )*(?:for|in|of) (?:the |all )?\w+\W*$")
_AND_THEIR = re.compile(r"^\W*and (?:also )?(?:their|its|the corresponding)\b")
_WITH = re.compile(r"^\W*(?:(?:and|now|then|please) )*with\b")
_COMPARED = re.compile(r"\bcompar\w*|\bnext to (?:it|that|them)\b|\b(?:beside|alongside)\b")


def changed_measures(
    draft: Draft, plan: QueryPlan, catalogue: Catalogue, as_share: bool
) -> dict[str, Any]:
    """Return the changes of the plan's numbers: "the median", "timeouts instead", "as a rate".

    Raises:
        BindError: The plan's entity has no such number.
    """
    hows = [p.key for p in draft.sentence.pieces if p.kind == "A"]
    if len(hows) > 1 and not draft.ideas and len(plan.measures) == 1:
        uses = (_otherwise(plan.measures[0], how, plan, catalogue) for how in hows)
        return {"measures": tuple(dict.fromkeys(uses))}
    how = hows[0] if hows else None
    if draft.ideas:
        return {"measures": _named(draft, plan, catalogue), "over_groups": None}
    if as_share and _RATE.fullmatch(draft.tagged.text):
        return {"measures": tuple(as_rate_of(use, plan, catalogue) for use in plan.measures)}
    transform = "share_of_total" if as_share or draft.has_share else draft.transform
    if transform != "value":
        uses = (use.model_copy(update={"transform": transform}) for use in plan.measures)
        return {"measures": tuple(uses)}
    if how and plan.measures:
        others = tuple(_otherwise(use, how, plan, catalogue) for use in plan.measures)
        is_beside = _are_added(draft) or _AND_THEIR.match(draft.tagged.text) is not None
        return {"measures": (*plan.measures, *others) if is_beside else others}
    return {}


def _named(draft: Draft, plan: QueryPlan, catalogue: Catalogue) -> tuple[MeasureUse, ...]:
    ideas = [_as_rate(idea, draft, plan, catalogue) for idea in draft.ideas]
    names = [measure_name(idea, plan.entity, catalogue) for idea in ideas]
    if _FOR_ENTITY.match(draft.tagged.text) and any(i.kind == "count" for i in ideas):
        raise BindError("the numbers of before, of other rows")
    if _WITH_WHICH.match(draft.tagged.text):
        raise BindError("which of them, of a number")
    if any(name is None for name in names):
        raise BindError(f"{plan.entity} have no {draft.ideas[0].key.replace('_', ' ')}")
    added = tuple(MeasureUse(name=str(name)) for name in names)
    is_beside = _WITH.match(draft.tagged.text) and not draft.sentence.has("i")
    if (
        _is_about_groups(draft, plan)
        or _are_added(draft)
        or is_beside
        or _COMPARED.search(draft.tagged.text)
    ):
        return tuple(dict.fromkeys((*plan.measures, *added)))
    return added


def _are_added(draft: Draft) -> bool:
    """`Plus the cost`, "and the median too": shown beside the numbers of before."""
    is_said = any(p.kind == "q" and p.key == "also" for p in draft.sentence.pieces)
    return is_said or _ADDED.match(draft.tagged.text) is not None


def _is_about_groups(draft: Draft, plan: QueryPlan) -> bool:
    """`How much did they spend`, of users that were ranked: shown beside what ranks them."""
    is_shown = bool(plan.dimensions or plan.grain) and bool(plan.measures)
    return is_shown and points_back(draft.tagged.text)


def _as_rate(idea: Idea, draft: Draft, plan: QueryPlan, catalogue: Catalogue) -> Idea:
    """`Only timeouts` of an error rate is their rate."""
    rates = [catalogue.measure(plan.entity, use.name).kind == "ratio" for use in plan.measures]
    is_other = draft.sentence.has("O") or _WHAT_ABOUT.match(draft.tagged.text) is not None
    is_rate = idea.kind == "event" and is_other and all(rates)
    return replace(idea, kind="rate") if is_rate else idea


def as_rate_of(use: MeasureUse, plan: QueryPlan, catalogue: Catalogue) -> MeasureUse:
    """The rate of an event that was counted: of timeouts their timeout rate."""
    events = entries("lexicon")["events"].values()
    rate = next((each["rate"] for each in events if each.get("count") == use.name
                 and "rate" in each), None)  # fmt: skip
    if rate is None or rate not in catalogue.entity(plan.entity).measures or use.only:
        raise BindError(f"there is no rate of {use.name.replace('_', ' ')}")
    return MeasureUse(name=rate)


def _otherwise(use: MeasureUse, how: str, plan: QueryPlan, catalogue: Catalogue) -> MeasureUse:
    """The same number put together another way: the median instead of the mean."""
    for key, spec in entries("lexicon")["quantities"].items():
        if "fixed" in spec:
            continue
        ideas = [Idea(kind="quantity", key=key, how=each) for each in HOWS]
        if use.name in {measure_name(idea, plan.entity, catalogue) for idea in ideas}:
            name = measure_name(replace(ideas[0], how=how), plan.entity, catalogue)
            if name:
                return use.model_copy(update={"name": name})
    raise BindError(f"there is no {how} of {use.name.replace('_', ' ')}")
