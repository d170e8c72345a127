"""A draft bound to the columns of one entity."""

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import (
    QueryPlan,
)
from genai_session_analyzer.copilot.planning.binding.active_signups import (
    active_signups,
    is_of_signups,
)
from genai_session_analyzer.copilot.planning.binding.active_twice import active_twice
from genai_session_analyzer.copilot.planning.binding.averages import averaged
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.binder import Binder
from genai_session_analyzer.copilot.planning.binding.bounds import bounds_of, counted_groups
from genai_session_analyzer.copilot.planning.binding.contradictions import (
    check_contradiction,
    check_finer,
    check_statuses,
)
from genai_session_analyzer.copilot.planning.binding.group_fields import (
    CYCLES,
    bound_groups,
    by_signup_period,
    grain_of,
)
from genai_session_analyzer.copilot.planning.binding.measure_uses import (
    averaged_ideas,
    measure_uses,
)
from genai_session_analyzer.copilot.planning.binding.row_lists import row_list
from genai_session_analyzer.copilot.planning.binding.row_order import ranked
from genai_session_analyzer.copilot.planning.binding.scales import scaled
from genai_session_analyzer.copilot.planning.binding.share_parts import (
    part_and_whole,
)
from genai_session_analyzer.copilot.planning.binding.sided_measures import sided
from genai_session_analyzer.copilot.planning.drafts import Draft


def bind_to(draft: Draft, entity: str, catalogue: Catalogue) -> QueryPlan:
    """Return the draft as a plan of an entity.

    Raises:
        BindError: The entity lacks what the draft speaks of.
    """
    binder = Binder(draft, entity, catalogue)
    is_of_each = bool(draft.tagged.times.other or draft.each_of)
    if draft.rows_of and not is_of_each:
        return row_list(binder)
    groups = bound_groups(binder)
    if entity == "users" and is_of_signups(draft):
        return active_signups(binder, groups)
    if is_of_each:
        return active_twice(binder, groups)
    return _aggregated(binder, groups)


def _aggregated(binder: Binder, groups: tuple[str, ...]) -> QueryPlan:
    """The plan of numbers by groups."""
    draft = binder.draft
    is_of_groups = draft.over == "share" and draft.tagged.times.grain is None
    kept = () if draft.over == "sum" or is_of_groups else groups
    ideas, over, groups = averaged(binder, averaged_ideas(draft), groups)
    placed, having = bounds_of(binder, groups)
    part, filters = part_and_whole(binder, placed)
    check_contradiction(filters)
    check_finer(draft, binder.entity, groups)
    measures = sided(binder, measure_uses(binder, ideas, (part, having), groups))
    check_statuses(measures, filters)
    over = over or draft.over
    counted = counted_groups(binder, having, groups)
    if counted:
        groups, over, measures = counted
    grain = grain_of(draft, over)
    if over not in (None, "count") and grain in CYCLES:
        kept, groups, grain = (*kept, str(grain)), (*groups, str(grain)), CYCLES[grain]
    if over and kept and draft.rank and (draft.ideas or draft.skip):
        raise BindError("a rank of groups by what is put together")
    plan = QueryPlan.model_validate({
        "entity": binder.entity, "measures": measures, "dimensions": groups,
        "filters": tuple(filters),
        "over_by": kept if over else (),
        "grain": grain, "time": binder.time,
        "comparison": draft.tagged.times.comparison, "having": having, "over_groups": over,
    })  # fmt: skip
    return ranked(binder, scaled(binder, by_signup_period(binder, plan)))
