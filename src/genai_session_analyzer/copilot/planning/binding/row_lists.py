"""Lists of rows: which columns they show, and in which order."""

from genai_session_analyzer.copilot.plan import Order, QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.binder import Binder
from genai_session_analyzer.copilot.planning.binding.bounds import bounds_of
from genai_session_analyzer.copilot.planning.binding.filters import clock_filters, signup_filters
from genai_session_analyzer.copilot.planning.binding.naming import KEYS, column_name
from genai_session_analyzer.copilot.planning.binding.row_order import ordered_by_name
from genai_session_analyzer.copilot.planning.binding.scales import check_listed_unit


def row_list(binder: Binder) -> QueryPlan:
    """Return a list of rows: their key and what they are ranked by."""
    draft, terms = binder.draft, binder.catalogue.entity(binder.entity)
    if draft.ideas and draft.columns:
        raise BindError("a list of rows and a number at once")
    filters, _ = bounds_of(binder, ())
    rank = draft.rank
    key = KEYS[binder.entity]
    columns: tuple[str, ...] = terms.default_columns if binder.entity == "generations" else (key,)
    order: tuple[Order, ...] = ()
    if rank and rank.by_time:
        columns, order = (
            (key, terms.time_field),
            (Order(by=terms.time_field, descending=rank.descending),),
        )
    elif rank and rank.idea:
        column = column_name(rank.idea, binder.entity)
        if column is None:
            raise BindError(f"one of the {binder.entity} has no {rank.idea.key}")
        columns, order = (key, column), (Order(by=column, descending=rank.descending),)
    columns = tuple(dict.fromkeys(map(binder.field, draft.columns))) or columns
    check_listed_unit(binder, columns)
    plan = QueryPlan.model_validate({
        "entity": binder.entity, "columns": columns, "order": order,
        "filters": [*(each for _, _, each in filters), *signup_filters(draft, binder.entity),
                    *clock_filters(draft, binder.entity)],
        "time": binder.time,
        "limit": 1 if draft.skip else rank.limit if rank else None,
        "skip": draft.skip if rank else 0,
    })  # fmt: skip
    if rank and draft.sorts_by == "by_name":
        raise BindError("rows sorted by a number and by name at once")
    if rank or draft.sorts_by is None:
        return plan
    return plan.model_copy(update={"order": ordered_by_name(binder, plan)})
