"""How many rows stand behind each number: asked by a plan beside the answer's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import MeasureUse, PlanFilter, QueryPlan

SMALL_GROUP = 30
"""Groups with fewer rows are named: their numbers move a lot by chance."""
NAMED_GROUPS = 3
WHOLE_KINDS = frozenset(("count", "distinct", "total"))
LEAST_NULL_SHARE = 0.01
"""A smaller share of unknown values is not worth a sentence."""


@dataclass(frozen=True, kw_only=True)
class Support:
    """Rows behind an answer.

    Attributes:
        rows_by_group: How many rows each group has, by the values of its keys.
        unknown_shares: By field that a measure reads, the share of rows without a value.
    """

    rows_by_group: Mapping[tuple[Any, ...], int]
    unknown_shares: Mapping[str, float]


def key_count(plan: QueryPlan) -> int:
    """Return how many columns at the front of a plan's rows say which group a row is."""
    if plan.over_groups is not None:
        return len(plan.over_by)
    if not plan.measures:
        return len(plan.dimensions)
    return len(plan.dimensions) + (plan.grain is not None)


def group_plan(plan: QueryPlan, catalogue: Catalogue) -> QueryPlan | None:
    """Return the plan that counts the rows of each group, or None where there are no groups.

    Its columns are the keys of the answer, then the number of rows. Counts and sums need none: few
    rows are what they say.
    """
    kinds = {catalogue.measure(plan.entity, use.name).kind for use in plan.measures}
    if not plan.measures or (kinds <= WHOLE_KINDS and not _has_shares(plan)):
        return None
    count = MeasureUse(name=catalogue.entity(plan.entity).count_measure)
    if plan.over_by:
        plan = plan.model_copy(update={"dimensions": plan.over_by, "grain": None})
    return _counting(plan, (count,), grouped=plan.over_groups is None or bool(plan.over_by))


def unknown_plan(plan: QueryPlan, catalogue: Catalogue, field: str) -> QueryPlan:
    """Return the plan that counts the rows in which a field is unknown, over all groups."""
    count = MeasureUse(name=catalogue.entity(plan.entity).count_measure)
    unknown = PlanFilter(field=field, operator="is_unknown")
    ungrouped = _counting(plan, (count,), grouped=False)
    return ungrouped.model_copy(update={"filters": (*plan.filters, unknown)})


def measured_fields(plan: QueryPlan, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the fields that the plan's measures read and that can be unknown, each once."""
    terms = catalogue.entity(plan.entity)
    names = [
        field for use in plan.measures for field in catalogue.measure(plan.entity, use.name).fields
    ]
    known = [name for name in dict.fromkeys(names) if name in terms.fields]
    return tuple(name for name in known if terms.fields[name].is_nullable)


def support_warnings(
    support: Support, shown: Sequence[tuple[Any, ...]], words: tuple[str, str]
) -> tuple[str, ...]:
    """Return what a reader should know of small groups and unknown values.

    Args:
        support: The rows behind the answer.
        shown: The keys of the rows shown.
        words: One row and many, such as ("generation", "generations").
    """
    counts = [
        (keys, support.rows_by_group[keys]) for keys in shown if keys in support.rows_by_group
    ]
    small = [(keys, count) for keys, count in counts if 0 < count < SMALL_GROUP]
    sentences = [_small(small, len(counts), words)] if small else []
    sentences += [
        f"{field} is unknown in {share:.1%} of these {words[1]}; they do not count for it."
        for field, share in support.unknown_shares.items()
        if share >= LEAST_NULL_SHARE
    ]
    return tuple(sentences)


def _has_shares(plan: QueryPlan) -> bool:
    return any(use.transform in ("share_where", "relative_change") for use in plan.measures)


def _small(small: list[tuple[tuple[Any, ...], int]], whole: int, words: tuple[str, str]) -> str:
    if not small[0][0]:
        count = small[0][1]
        return f"Only {count} {words[0 if count == 1 else 1]}: the number can be chance."
    named = "; ".join(f"{_group(keys)}: {count}" for keys, count in small[:NAMED_GROUPS])
    more = ", ..." if len(small) > NAMED_GROUPS else ""
    return (
        f"{len(small)} of {whole} groups {'has' if len(small) == 1 else 'have'} fewer than "
        f"{SMALL_GROUP} {words[1]} ({named}{more}): their numbers can be chance."
    )


def _group(keys: tuple[Any, ...]) -> str:
    return ", ".join("unknown" if key is None else str(key) for key in keys)


def _counting(plan: QueryPlan, measures: tuple[MeasureUse, ...], *, grouped: bool) -> QueryPlan:
    """The plan's rows, counted; unsorted and uncut, so that every group shown is among them."""
    changes: dict[str, Any] = {
        "measures": measures,
        "having": (),
        "over_groups": None,
        "over_by": (),
        "order": (),
        "limit": None,
        "limit_within": None,
        "comparison": None,
    }
    if not grouped:
        changes |= {"grain": None, "dimensions": ()}
    return plan.model_copy(update=changes)
