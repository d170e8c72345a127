"""Rows listed with columns, an order and a limit said around them.

"List the ids and tiers of users in Asia, sorted by signup date, limit 20" is the list of users in
Asia and three additions.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.compiling import PlanError, validate_plan
from genai_session_analyzer.copilot.plan import Order, QueryPlan, TimeUnit
from genai_session_analyzer.copilot.planning.binding.naming import KEYS
from genai_session_analyzer.copilot.planning.forms.listed_columns import (
    column_of,
    says_what_happened,
)
from genai_session_analyzer.copilot.planning.forms.listing_parts import (
    Sorting,
    columns_ahead,
    columns_behind,
    columns_with,
    without_limit,
    without_number,
    without_order,
    without_verb,
)
from genai_session_analyzer.copilot.planning.forms.listing_units import in_units, parted_unit
from genai_session_analyzer.copilot.roles import Outcome, Question, Understood

_ROWS = re.compile(r"\b(?:(users?)|(sessions?)|(generations?|requests?)|(prompts?))\b")
_GROUPED = re.compile(
    r"\b(?:per|(?:each|every)(?! (?:user|session|generation|request|prompt)\b)|how many|what"
    r" share|share|average|mean|median|percentage|rate of|versus"
    r"|vs|compare|by (?:user|tier|region|device|model|status|day|week|month|style|mood|domain))\b"
)


def planned_listing(
    text: str, plan: Callable[[Question], Outcome], catalogue: Catalogue
) -> Understood | None:
    """Return the list of rows that a question asks for; None where it has not this form.

    Args:
        text: The question.
        plan: Plans the list without columns, order and limit.
        catalogue: What plans may use.
    """
    said = re.sub(r"\s+", " ", text.lower()).strip(" .?!")
    if _GROUPED.search(said):
        return None
    rest, is_list = without_verb(said)
    rest, limit = without_limit(rest)
    rest, order = without_order(rest)
    if limit is None:
        rest, limit = without_limit(rest)
    for said_rows, ahead, behind in _parted(rest, is_list):
        rows, ranked = without_order(said_rows)
        rows, order = (said_rows, order) if order else (rows, ranked)
        if not (ahead or behind or (is_list and (order or limit))):
            continue
        for core, first in _cores(rows):
            found = plan(Question(text=core))
            if not isinstance(found, Understood) or not found.plan.columns:
                continue
            whole = _whole(found.plan, (ahead, behind), order, limit or first, catalogue)
            if whole and _is_valid(whole, catalogue):
                return replace(found, plan=whole)
    return None


def _parted(rest: str, is_list: bool) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """The ways to part a list into rows, columns ahead of them and columns behind them."""
    without, behind = columns_behind(rest)
    if not behind:
        without, behind = columns_with(rest)
        behind = () if any(says_what_happened(words) for words in behind) else behind
    for text, after in ((without, behind), (rest, ())) if behind else ((rest, ()),):
        if is_list or ": " in text:
            for rows, ahead in columns_ahead(text):
                if _ROWS.search(rows):
                    yield rows, ahead, after
        yield text, (), after


def _cores(rows: str) -> Iterator[tuple[str, int | None]]:
    """Lists of the rows alone, with how many where "20 users of Asia" says that without a rank.

    Of ranked users the id is asked for, so that rows and no groups are meant.
    """
    if rows.startswith(("which ", "what ")):
        yield rows, None
        return
    yield f"list {rows}", None
    yield f"list the user id of the {rows}", None
    rest, first = without_number(rows)
    if first:
        yield f"list {rest}", first


def _whole(
    plan: QueryPlan, said: tuple[tuple[str, ...], tuple[str, ...]], order: Sorting | None,
    limit: int | None, catalogue: Catalogue,
) -> QueryPlan | None:  # fmt: skip
    """The plan with its columns, order and limit; None where one of them has no meaning."""
    if plan.measures or (limit and plan.limit):
        return None
    columns = _columns(plan, said, catalogue)
    if columns is None:
        return None
    orders = plan.order
    if order:
        orders = _orders(plan, columns, order, catalogue)
        if not orders:
            return None
        shown = () if any(said) else (orders[0].by,)
        columns = tuple(dict.fromkeys((*columns, *shown)))
    whole = plan.model_copy(update={
        "columns": columns, "order": orders, "limit": limit or plan.limit,
    })  # fmt: skip
    return in_units(whole, _units(plan, said, catalogue), catalogue)


def _units(
    plan: QueryPlan, said: tuple[tuple[str, ...], tuple[str, ...]], catalogue: Catalogue
) -> dict[str, TimeUnit]:
    """Of the columns that were named with a unit of time, that unit."""
    parted = (parted_unit(words) for each in said for words in each)
    named = ((column_of(words, plan.entity, catalogue), unit) for words, unit in parted)
    return {name: unit for name, unit in named if name and unit}


def _columns(
    plan: QueryPlan, said: tuple[tuple[str, ...], tuple[str, ...]], catalogue: Catalogue
) -> tuple[str, ...] | None:
    named = [[column_of(parted_unit(words)[0], plan.entity, catalogue) for words in each]
             for each in said]  # fmt: skip
    ahead, behind = named
    if None in ahead or None in behind:
        return None
    key = catalogue.entity(plan.entity).key
    if ahead and not (key in ahead or "prompt_text" in ahead or plan.limit):
        return None  # "list the statuses of failed generations" asks for the values there are
    if not any(said):
        return plan.columns
    lead = () if ahead or key in behind or "prompt_id" in behind else (KEYS[plan.entity],)
    return tuple(dict.fromkeys(str(name) for name in (*lead, *ahead, *behind)))


def _orders(
    plan: QueryPlan, columns: tuple[str, ...], said: Sorting, catalogue: Catalogue
) -> tuple[Order, ...]:
    """How rows are sorted; empty where that has no meaning."""
    terms = catalogue.entity(plan.entity)
    numbers = [name for name in columns if name in terms.fields
               and terms.fields[name].kind == "number"]  # fmt: skip
    if said.by is None:
        by = numbers[-1] if numbers else None
        by = plan.order[0].by if plan.order else by
    else:
        by = column_of(said.by.removeprefix("that "), plan.entity, catalogue)
    if by is None or "." in by or (plan.limit and plan.order and plan.order[0].by != by):
        return ()
    is_number = terms.fields[by].kind == "number"
    descending = is_number if said.descending is None else said.descending
    if plan.limit and plan.order and plan.order[0].descending != descending:
        return ()
    return (Order(by=by, descending=descending),)


def _is_valid(plan: QueryPlan, catalogue: Catalogue) -> bool:
    try:
        validate_plan(plan, catalogue)
    except PlanError:
        return False
    return True
