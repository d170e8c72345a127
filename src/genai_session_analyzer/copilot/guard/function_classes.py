"""Which of DuckDB's functions may be used, read from `functions.yml` beside this file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict


@dataclass(frozen=True)
class Refusal:
    """Why a function is not run, as half a sentence, and what to use instead."""

    why: str
    instead: str


@dataclass(frozen=True)
class FunctionClasses:
    """Functions of one kind (in expressions, or in FROM): allowed ones and refused ones."""

    allowed: frozenset[str]
    refused: Mapping[str, Refusal]
    prefixes: Mapping[str, Refusal] = field(default_factory=dict)

    def refusal(self, name: str) -> Refusal | None:
        """Return why a known function is refused; None where the name is not known as refused."""
        if name in self.refused:
            return self.refused[name]
        found = (why for start, why in self.prefixes.items() if name.startswith(start))
        return next(found, None)

    def is_classified(self, name: str) -> bool:
        """Return whether somebody has said of the function whether it may be used."""
        return name in self.allowed or self.refusal(name) is not None


class _RefusedSection(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    why: str
    names: str
    instead: str = "Leave it out."


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    allowed: Mapping[str, str]
    refused: Mapping[str, _RefusedSection]
    allowed_tables: Mapping[str, str]
    refused_tables: Mapping[str, _RefusedSection]


@cache
def expression_functions() -> FunctionClasses:
    """Return the classes of scalar functions, aggregates, window functions and macros."""
    return _classes(_read().allowed, _read().refused)


@cache
def table_functions() -> FunctionClasses:
    """Return the classes of functions in FROM, and of pragmas."""
    return _classes(_read().allowed_tables, _read().refused_tables)


@cache
def functions_of_a_table() -> frozenset[str]:
    """Return the functions in FROM whose first argument names a table."""
    return frozenset(_read().allowed_tables["of_a_table"].split())


@cache
def _read() -> _File:
    content: Any = yaml.safe_load(
        Path(__file__).with_name("functions.yml").read_text(encoding="utf-8")
    )
    return _File.model_validate(content)


def _classes(allowed: Mapping[str, str], refused: Mapping[str, _RefusedSection]) -> FunctionClasses:
    names = {
        name: Refusal(section.why, section.instead)
        for section in refused.values()
        for name in section.names.split()
    }
    return FunctionClasses(
        allowed=frozenset(" ".join(allowed.values()).split()),
        refused={name: why for name, why in names.items() if not name.endswith("*")},
        prefixes={name[:-1]: why for name, why in names.items() if name.endswith("*")},
    )
