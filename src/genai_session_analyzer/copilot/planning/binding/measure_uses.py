"""The measures of a plan: what is asked for, else what ranks or bounds its groups."""

from genai_session_analyzer.copilot.plan import (
    Having,
    MeasureUse,
    PlanFilter,
)
from genai_session_analyzer.copilot.planning.binding.averages import REDUCTIONS
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.binder import Binder
from genai_session_analyzer.copilot.planning.binding.naming import measure_name
from genai_session_analyzer.copilot.planning.drafts import Draft, Idea

PartAndHaving = tuple[tuple[PlanFilter, ...], tuple[Having, ...]]
"""The conditions that make the part of a share, and those on groups."""


def averaged_ideas(draft: Draft) -> list[Idea]:
    """Return what is asked for; where only an average over periods ranks, that."""
    rank, grain = draft.rank, draft.tagged.times.grain
    ranks_average = rank and rank.idea and rank.idea.how in REDUCTIONS and grain and not draft.ideas
    return [rank.idea] if ranks_average and rank and rank.idea else list(draft.ideas)


def measure_uses(
    binder: Binder, ideas: list[Idea], bounds: PartAndHaving, groups: tuple[str, ...]
) -> tuple[MeasureUse, ...]:
    """Return the plan's measures: as values, changes or shares.

    Raises:
        BindError: The entity has no such measure, or it is not clear what a share is of.
    """
    draft, grain = binder.draft, binder.draft.tagged.times.grain
    part, having = bounds
    if not ideas:
        ideas = _implied(binder, groups, having)
    ranks_other = part and draft.rank and not draft.ranks_share
    if draft.has_share and (ranks_other or draft.tagged.times.is_split):
        raise BindError("a share of ranked groups, or of weekends to weekdays")
    if draft.has_share and part:
        name = binder.measure(ideas[0])
        return (MeasureUse(name=name, only=part, transform="share_where"),)
    if draft.is_of_top and (len(groups) != 1 or not draft.rank or grain):
        raise BindError("a share of the first of each group")
    if draft.has_share and draft.rank and draft.rank.idea and not draft.is_of_top:
        raise BindError("a share ranked by another number")
    if draft.rank and draft.rank.idea and _are_added(draft):
        ideas = [draft.rank.idea, *ideas]
    transform = "share_of_total" if draft.has_share else draft.transform
    names = dict.fromkeys(binder.measure(idea) for idea in ideas)
    still = "still active" in draft.tagged.text
    if transform == "share_of_total" and "active_users" in names and (grain or still):
        raise BindError("which part of all users was active")
    within: str | None = grain
    if draft.share_within:
        within = binder.field(draft.share_within)
    within = within if draft.has_share and groups else None
    return tuple(MeasureUse(name=name, transform=transform, within=within) for name in names)


def _are_added(draft: Draft) -> bool:
    """`Top 5 users by cost, and their latency`: shown beside what ranks."""
    if not draft.places or draft.has_share or draft.transform != "value":
        return False
    before = draft.sentence.pieces[max(0, draft.places[0] - 3) : draft.places[0]]
    return draft.places[0] > 0 and any(piece.kind == "D" or piece.key == "with" for piece in before)


def _implied(binder: Binder, groups: tuple[str, ...], having: tuple[Having, ...]) -> list[Idea]:
    """What is shown where no number is asked for: what ranks the groups, or bounds them."""
    draft = binder.draft
    if draft.rank and draft.rank.idea:
        return [draft.rank.idea]
    if draft.conditions and (draft.subject or groups or draft.tagged.times.grain):
        ordered = sorted(draft.conditions, key=lambda each: each.position)
        bounded = {each.measure.name for each in having}
        ideas = dict.fromkeys(each.idea for each in ordered)
        shown = [each for each in ideas
                 if measure_name(each, binder.entity, binder.catalogue) in bounded]  # fmt: skip
        return shown or [ordered[0].idea]
    return []
