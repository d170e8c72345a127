"""Changes to what a plan groups by: "and by region?", "per week instead"."""

import re
from collections.abc import Iterator
from typing import Any

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.naming import KEYS, field_name
from genai_session_analyzer.copilot.planning.drafts import Draft

_FURTHER = re.compile(r"\b(?:also|split|break|broken|further|too|additionally|as well|add|plus)\b")


def changed_groups(draft: Draft, plan: QueryPlan, catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    """Yield the changes of the plan's groups; two where the new one may replace or join the old.

    Raises:
        BindError: The plan cannot be grouped like that.
    """
    if draft.per or "generations" in draft.groups:
        raise BindError("an average of what was asked before")
    pinned = {
        each.field for each in plan.filters if each.operator == "in" and len(each.values) == 1
    }
    if pinned & set(draft.groups) and not draft.keeps:
        raise BindError("a group of what the question before kept only one of")
    names = [KEYS.get(name, name) for name in draft.groups]
    fields = tuple(_field(name, plan, catalogue) for name in names)
    grain = draft.tagged.times.grain
    if not fields and not grain:
        yield {}
        return
    instead = any(p.kind == "i" for p in draft.sentence.pieces)
    further = _FURTHER.search(draft.tagged.text) is not None
    over = {"over_groups": None} if plan.over_groups else {}
    if grain and not fields:
        if plan.dimensions and not plan.grain and not (instead or further):
            yield {"grain": grain, **over, "order": (), "limit": None}
        dimensions = () if instead and not plan.grain else plan.dimensions
        if not plan.dimensions or plan.grain or instead or further:
            yield {"grain": grain, "dimensions": dimensions, **over}
        elif plan.dimensions:
            yield {"grain": grain, "dimensions": (), **over, "order": (), "limit": None}
        return
    if further and not instead:
        both = tuple(dict.fromkeys((*plan.dimensions, *fields)))
        yield {"dimensions": both, "grain": grain or plan.grain, **over}
        return
    if plan.grain and not instead and not grain:
        yield {"dimensions": (*plan.dimensions, *fields), "grain": plan.grain, **over}
        yield {"dimensions": fields, "grain": None, **over, "order": ()}
        return
    yield {"dimensions": fields, "grain": grain, **over}


def _field(name: str, plan: QueryPlan, catalogue: Catalogue) -> str:
    found = field_name(name, plan.entity, catalogue)
    if found is None:
        raise BindError(f"{plan.entity} have no {name.replace('_', ' ')}")
    return found
