"""Plans that list an entity's rows, or the distinct values of its fields."""

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.compiling.columns import plain_names
from genai_session_analyzer.copilot.compiling.rows import Rows
from genai_session_analyzer.copilot.compiling.select_text import Item, Select
from genai_session_analyzer.copilot.plan import Order, QueryPlan


def listed_rows(plan: QueryPlan, catalogue: Catalogue, rows: Rows) -> Select:
    """Return the SELECT of the plan's columns; without an order the newest rows come first."""
    names = plain_names(plan.columns)
    source = rows.source
    columns = zip(plan.columns, names, strict=True)
    terms = catalogue.entity(plan.entity)
    order = plan.order or (Order(by=terms.time_field),)
    keys = [f"{source.column(each.by)}{' DESC' if each.descending else ''}" for each in order]
    last = source.column(terms.key)
    return Select(
        items=tuple(Item(source.column(field), name) for field, name in columns),
        source=source.text,
        where=rows.where,
        order_by=tuple(dict.fromkeys((*keys, last))) if last not in keys else tuple(keys),
        limit=plan.limit,
        skip=plan.skip,
    )
