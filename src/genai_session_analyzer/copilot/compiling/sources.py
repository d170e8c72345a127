"""Where a plan reads from: the entity's table, and joins only where a field needs one."""

from dataclasses import dataclass
from datetime import date

from genai_session_analyzer.copilot.catalogue import Catalogue, FieldTerm
from genai_session_analyzer.copilot.catalogue.terms import FINER, TimePart
from genai_session_analyzer.copilot.plan import Entity

ALIASES = {
    "fct_generations": "generations",
    "fct_sessions": "sessions",
    "dim_users": "users",
    "dim_prompts": "prompts",
    "ftr_prompt_labels": "labels",
    "ftr_prompt_clusters": "prompt_clusters",
    "dim_clusters": "clusters",
}
"""What tables are called in a statement that reads several."""

JOIN_KEYS = {
    "dim_users": "user_id",
    "dim_prompts": "prompt_id",
    "fct_sessions": "session_id",
    "ftr_prompt_labels": "prompt_id",
    "ftr_prompt_clusters": "prompt_id",
    "dim_clusters": "cluster_id",
}
"""Key by which a table is joined, many rows to one of it."""

LINKS: dict[Entity, str] = {"sessions": "session_id", "users": "user_id", "prompts": "prompt_id"}
"""Key that rows of a finer entity hold of the one they belong to."""


_DAY_PART = (
    "CASE WHEN {hour} BETWEEN 6 AND 11 THEN 'morning' WHEN {hour} BETWEEN 12 AND 17"
    " THEN 'afternoon' WHEN {hour} BETWEEN 18 AND 21 THEN 'evening' ELSE 'night' END"
)


def part_sql(part: TimePart | None, column: str) -> str:
    """Return the part of a time, or the column itself where no part of it is meant."""
    if part is None:
        return column
    if part == "hour":
        return f"HOUR({column})"
    if part == "weekday":
        return f"DAYNAME({column})"
    if part == "day_part":
        return _DAY_PART.format(hour=f"HOUR({column})")
    if part == "week_part":
        return f"IF(ISODOW({column}) > 5, 'weekend', 'weekday')"
    return f"DATE_TRUNC('{part}', {column})::DATE"


@dataclass(frozen=True)
class Source:
    """The table of an entity with those joined that the fields in use need.

    Attributes:
        entity: What a row is.
        used: Names of the fields in use, as the plan writes them.
        finer_join: A join of the values of a finer entity that are grouped by; empty for none.
    """

    catalogue: Catalogue
    entity: Entity
    used: frozenset[str]
    finer_join: str = ""

    def field(self, name: str) -> FieldTerm:
        """Return the field the plan means by a name."""
        return self.catalogue.field(self.entity, name)

    def column(self, name: str) -> str:
        """Return a field as SQL, with its table's alias where several are read."""
        field = self.field(name)
        if field.entity in FINER[self.entity]:
            return f"{field.entity}.{field.name}"
        if field.distance:
            start, end = (self._day(each) for each in (field.distance.start, field.distance.end))
            return f"DATE_DIFF('day', {start}, {end})"
        return part_sql(field.part, self._stored(field.table_name, field.column))

    def _stored(self, table: str, column: str) -> str:
        return f"{ALIASES[table]}.{column}" if self._is_joined else column

    def _day(self, end: str | date) -> str:
        """One end of a distance in days."""
        if isinstance(end, date):
            return f"DATE '{end}'"
        table, _, column = end.partition(".")
        is_day = column.endswith("_date")
        return self._stored(table, column) if is_day else f"{self._stored(table, column)}::DATE"

    @property
    def text(self) -> str:
        """What stands behind FROM."""
        table = self.catalogue.entity(self.entity).table_name
        if not self._is_joined:
            return table
        lines = [f"{table} AS {ALIASES[table]}", *map(self._join, self._joined_tables)]
        return "\n".join([*lines, self.finer_join] if self.finer_join else lines)

    @property
    def _is_joined(self) -> bool:
        return bool(self._joined_tables or self.finer_join)

    @property
    def _joined_tables(self) -> tuple[str, ...]:
        own = self.catalogue.entity(self.entity).table_name
        fields = (self.field(name) for name in self.used)
        own_or_coarser = [each for each in fields if each.entity not in FINER[self.entity]]
        needed = {each.table_name for each in own_or_coarser}
        for each in own_or_coarser:
            needed |= each.distance.tables if each.distance else set()
        if "dim_clusters" in needed:
            needed.add("ftr_prompt_clusters")
        return tuple(table for table in ALIASES if table in needed - {own})

    def _join(self, table: str) -> str:
        key, alias = JOIN_KEYS[table], ALIASES[table]
        base = self.catalogue.entity(self.entity).table_name
        of = "prompt_clusters" if table == "dim_clusters" else ALIASES[base]
        return f"LEFT JOIN {table} AS {alias} ON {alias}.{key} = {of}.{key}"
