"""Where a plan reads from: the entity's table, and joins only where a field needs one."""

from dataclasses import dataclass

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


def part_sql(part: TimePart | None, column: str) -> str:
    """Return the part of a time, or the column itself where no part of it is meant."""
    if part is None:
        return column
    if part == "hour":
        return f"HOUR({column})"
    if part == "weekday":
        return f"DAYNAME({column})"
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
        alias = f"{ALIASES[field.table_name]}." if self._is_joined else ""
        return part_sql(field.part, f"{alias}{field.column}")

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
        needed = {each.table_name for each in fields if each.entity not in FINER[self.entity]}
        if "dim_clusters" in needed:
            needed.add("ftr_prompt_clusters")
        return tuple(table for table in ALIASES if table in needed - {own})

    def _join(self, table: str) -> str:
        key, alias = JOIN_KEYS[table], ALIASES[table]
        base = self.catalogue.entity(self.entity).table_name
        of = "prompt_clusters" if table == "dim_clusters" else ALIASES[base]
        return f"LEFT JOIN {table} AS {alias} ON {alias}.{key} = {of}.{key}"
