"""A SELECT as text, one clause a line and one column a line."""

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Item:
    """A column of a SELECT: an expression and its name."""

    sql: str
    name: str

    @property
    def text(self) -> str:
        """The expression, with `AS name` where it is not the name already."""
        return (
            self.sql if self.sql.rpartition(".")[2] == self.name else f"{self.sql} AS {self.name}"
        )


@dataclass(frozen=True, kw_only=True)
class Select:
    """One SELECT; conditions of one clause hold together."""

    items: tuple[Item, ...]
    source: str
    where: tuple[str, ...] = ()
    group_by: tuple[str, ...] = ()
    having: tuple[str, ...] = ()
    qualify: tuple[str, ...] = ()
    order_by: tuple[str, ...] = ()
    limit: int | None = None
    skip: int = 0
    is_distinct: bool = False

    @property
    def text(self) -> str:
        """The statement, without a semicolon."""
        lines = [
            "SELECT DISTINCT" if self.is_distinct else "SELECT",
            *_listed(item.text for item in self.items),
            f"FROM {self.source}",
            *_clause("WHERE", self.where, "\n  AND "),
            *_clause("GROUP BY", self.group_by, ", "),
            *_clause("HAVING", self.having, "\n  AND "),
            *_clause("QUALIFY", self.qualify, "\n  AND "),
            *_clause("ORDER BY", self.order_by, ", "),
            *([f"LIMIT {self.limit}"] if self.limit is not None else []),
            *([f"OFFSET {self.skip}"] if self.skip else []),
        ]
        return "\n".join(lines)


@dataclass(frozen=True)
class Statement:
    """SELECTs one after the other, each named and reading the one before; the last has no name."""

    named: tuple[tuple[str, Select], ...]
    last: Select

    def then(self, name: str, select: Select) -> "Statement":
        """Return the statement with one more SELECT, which reads `name`: what was last so far."""
        return Statement((*self.named, (name, self.last)), replace(select, source=name))

    @property
    def text(self) -> str:
        """The whole statement, without a semicolon."""
        if not self.named:
            return self.last.text
        parts = ",\n".join(f"{name} AS (\n{indented(each.text)}\n)" for name, each in self.named)
        return f"WITH {parts}\n{self.last.text}"


def _listed(texts: Iterable[str]) -> list[str]:
    lines = [f"  {text}," for text in texts]
    return [*lines[:-1], lines[-1].removesuffix(",")]


def _clause(word: str, parts: tuple[str, ...], between: str) -> list[str]:
    return [f"{word} {between.join(parts)}"] if parts else []


def indented(text: str) -> str:
    """Return the text two spaces to the right."""
    return "\n".join(f"  {line}" for line in text.split("\n"))
