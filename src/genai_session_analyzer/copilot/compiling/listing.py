"""Plans that list an entity's rows, or the distinct values of its fields."""

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.compiling.columns import plain_names
from genai_session_analyzer.copilot.compiling.rows import Rows
from genai_session_analyzer.copilot.compiling.select_text import Item, Select
from genai_session_analyzer.copilot.compiling.sources import Source
from genai_session_analyzer.copilot.plan import Order, QueryPlan


def listed_rows(plan: QueryPlan, catalogue: Catalogue, rows: Rows) -> Select:
    """Return the SELECT of the plan's columns; without an order the newest rows come first.

    With `limit_within` the first rows of each value of that field.
    """
    source = rows.source
    terms = catalogue.entity(plan.entity)
    order = plan.order or (Order(by=terms.time_field),)
    keys = [f"{source.column(each.by)}{' DESC' if each.descending else ''}" for each in order]
    last = source.column(terms.key)
    keys = list(dict.fromkeys((*keys, last))) if last not in keys else keys
    if plan.limit_within:
        within = source.column(plan.limit_within)
        rank = f"ROW_NUMBER() OVER (PARTITION BY {within} ORDER BY {', '.join(keys)})"
        return Select(items=_items(plan, source), source=source.text, where=rows.where,
                      qualify=(f"{rank} <= {plan.limit}",), order_by=(within, *keys))  # fmt: skip
    return Select(
        items=_items(plan, source),
        source=source.text,
        where=rows.where,
        order_by=tuple(keys),
        limit=plan.limit,
        skip=plan.skip,
    )


def _items(plan: QueryPlan, source: Source) -> tuple[Item, ...]:
    named = zip(plan.columns, plain_names(plan.columns), strict=True)
    return tuple(Item(source.column(field), name) for field, name in named)
