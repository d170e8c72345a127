"""Rows of a finer entity: the generations of a session, of a user, of a prompt."""

from collections.abc import Iterable
from dataclasses import replace

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.catalogue.terms import FINER
from genai_session_analyzer.copilot.compiling.conditions import filter_sql
from genai_session_analyzer.copilot.compiling.select_text import Item, Select, indented
from genai_session_analyzer.copilot.compiling.sources import ALIASES, LINKS, Source
from genai_session_analyzer.copilot.plan import Entity, PlanFilter


def is_finer(catalogue: Catalogue, entity: Entity, name: str) -> bool:
    """Return whether a field belongs to a finer entity than the plan's."""
    return catalogue.field(entity, name).entity in FINER[entity]


def finer_conditions(source: Source, filters: Iterable[PlanFilter]) -> tuple[str, ...]:
    """Return the conditions that rows of finer entities match, as `key IN (SELECT key ...)`.

    Filters by one finer entity hold for one and the same of its rows; each negated one holds for
    none of them.
    """
    together: dict[Entity, list[PlanFilter]] = {}
    conditions = []
    for each in filters:
        finer = source.field(each.field).entity
        if each.negated:
            conditions.append(_in_rows(source, finer, [each]))
        else:
            together.setdefault(finer, []).append(each)
    matched = (_in_rows(source, finer, alike) for finer, alike in together.items())
    return (*matched, *conditions)


def _in_rows(source: Source, finer: Entity, filters: list[PlanFilter]) -> str:
    key = LINKS[source.entity]
    word = "NOT IN" if filters[0].negated else "IN"
    return f"{source.column(key)} {word} (\n{indented(_rows(source, finer, (), filters).text)}\n)"


def finer_join(
    source: Source, names: tuple[str, ...], filters: Iterable[PlanFilter]
) -> tuple[str, tuple[PlanFilter, ...]]:
    """Return the join of the finer values that are grouped by, and the filters it leaves to do.

    One row per row of the entity and combination of values among its finer rows that pass the
    filters.
    """
    finer = source.field(names[0]).entity
    taken = [each for each in filters if _belongs(source, each, finer)]
    base = ALIASES[source.catalogue.entity(source.entity).table_name]
    key = LINKS[source.entity]
    rows = _rows(source, finer, tuple(name.rpartition(".")[2] for name in names), taken)
    distinct = indented(replace(rows, is_distinct=True).text)
    rest = tuple(each for each in filters if each not in taken)
    return f"JOIN (\n{distinct}\n) AS {finer} ON {finer}.{key} = {base}.{key}", rest


def _belongs(source: Source, each: PlanFilter, finer: Entity) -> bool:
    return source.field(each.field).entity == finer and not each.negated


def _rows(
    source: Source, finer: Entity, names: tuple[str, ...], filters: Iterable[PlanFilter]
) -> Select:
    """The finer rows that pass: the key of the entity they belong to, and the named values."""
    key = LINKS[source.entity]
    own = [_within_row(each) for each in filters]
    fields = (key, *names, *(each.field for each in own))
    rows = Source(source.catalogue, finer, frozenset(fields))
    conditions = [filter_sql(rows, each) for each in own]
    if rows.field(key).is_nullable:
        conditions.append(f"{rows.column(key)} IS NOT NULL")
    items = tuple(Item(rows.column(name), name) for name in (key, *names))
    return Select(items=items, source=rows.text, where=tuple(conditions))


def _within_row(each: PlanFilter) -> PlanFilter:
    """The filter as one of the finer entity itself: its fields without the entity's name."""
    other = each.other_field and each.other_field.rpartition(".")[2]
    changes = {"field": each.field.rpartition(".")[2], "other_field": other}
    return each.model_copy(update=changes)
