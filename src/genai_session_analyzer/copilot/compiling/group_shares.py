"""What part of a plan's groups meets its conditions: `over_groups` share."""

from dataclasses import replace

from genai_session_analyzer.copilot.compiling.columns import dimension_names
from genai_session_analyzer.copilot.compiling.groups import Groups
from genai_session_analyzer.copilot.compiling.select_text import Item, Select, Statement

_MEETS = "meets_all"


def group_share(groups: Groups) -> Statement:
    """Return the groups, each with whether it meets the conditions, and the part that does.

    A group whose measure is unknown is left out.
    """
    plan = groups.plan
    meets = " AND ".join(map(groups.having_sql, plan.having))
    first = replace(groups.select(), items=(*groups.keys, Item(meets, _MEETS)))
    names = dict(zip(plan.dimensions, dimension_names(plan), strict=True))
    kept = tuple(names[field] for field in plan.over_by)
    items = (*(Item(name, name) for name in kept), Item(f"AVG({_MEETS}::INTEGER)", "group_share"))
    last = Select(items=items, source="per_group", group_by=kept,
                  order_by=("group_share DESC", *kept) if kept else ())  # fmt: skip
    return Statement((), first).then("per_group", last)
