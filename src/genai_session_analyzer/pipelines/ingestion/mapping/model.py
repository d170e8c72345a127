"""The YAML mapping: which column of a file is which field of ours, and in which unit."""

import hashlib
import json
from collections.abc import Iterable
from difflib import get_close_matches
from string import Formatter
from typing import Any, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from genai_session_analyzer.errors import MappingError, UnknownNameError
from genai_session_analyzer.pipelines.ingestion.mapping.fields import FIELDS, QUANTITIES, UNITS

Scalar = str | int | float | bool | None


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ColumnMapping(_Section):
    """Where one of our fields comes from."""

    column: str | None = None
    """The file's column; matched by its exact name."""
    template: str | None = None
    """Instead of a column: text with `{column}` or `{column:06d}` (zero-padded) in it."""
    unit: str | None = None
    """The file's unit; without one, the values are already in ours."""
    rate: float | None = Field(default=None, gt=0)
    """Credits for one unit of the file's currency."""
    format: str | None = None
    """strptime format of a text timestamp or date that is not ISO 8601."""
    values: dict[str, Scalar] | None = None
    """Their words to ours (null = unknown); a word not listed stays as it is."""
    unless: dict[str, tuple[str, ...]] = {}
    """Null where the named column holds one of these words."""
    default: Scalar = None
    """Our value where theirs is missing."""
    is_optional: bool = False
    """A file without the column is read as one where it is always missing."""

    @field_validator("values", "unless", mode="before")
    @classmethod
    def _keys_as_text(cls, words: Any) -> Any:
        """YAML reads `true:` and `1:` as a boolean and a number; files hold text."""
        return {as_text(k): v for k, v in words.items()} if isinstance(words, dict) else words

    @model_validator(mode="after")
    def _one_origin(self) -> Self:
        if (self.column is None) == (self.template is None):
            raise ValueError("a field needs either `column` or `template`")
        return self

    def columns(self) -> tuple[str, ...]:
        """The columns of the file this field is made of."""
        named = (self.column,) if self.column else template_columns(self.template or "")
        return (*named, *self.unless)


class SourceMapping(_Section):
    """One file layout, mapped to our fields."""

    dataset: str = Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")
    timezone: str | None = None
    """Zone of timestamps that carry none; without it such rows are rejected."""
    null_prompt: Literal["rejected", "allowed"] = "rejected"
    columns: dict[str, ColumnMapping] = Field(min_length=1)
    constants: dict[str, Scalar] = {}

    @field_validator("columns", mode="before")
    @classmethod
    def _column_shorthand(cls, columns: Any) -> Any:
        """`user_name: user_hash` is short for `user_name: {column: user_hash}`."""
        if not isinstance(columns, dict):
            return columns
        return {k: {"column": v} if isinstance(v, str) else v for k, v in columns.items()}

    @field_validator("timezone")
    @classmethod
    def _known_timezone(cls, name: str | None) -> str | None:
        try:
            return name and ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{name!r} is no time zone; write one like Europe/Berlin") from error

    @model_validator(mode="after")
    def _known_fields_and_units(self) -> Self:
        for field in (*self.columns, *self.constants):
            if field not in FIELDS:
                raise ValueError(str(UnknownNameError("field", field, FIELDS)))
        for field, column in self.columns.items():
            _check_unit(field, column)
        time = self.columns.get("requested_at")
        if time is not None and time.format is not None and self.timezone is None:
            raise ValueError("requested_at has a `format`: say its `timezone`")
        if self.null_prompt == "rejected" and "prompt_text" not in self.columns:
            raise ValueError("map `prompt_text`, or say `null_prompt: allowed`")
        return self

    def digest(self) -> str:
        """SHA-256 of the mapping; equal mappings have equal ones, whatever their comments."""
        content = json.dumps(self.model_dump(mode="json"), sort_keys=True)
        return hashlib.sha256(content.encode()).hexdigest()

    def for_columns(self, available: Iterable[str], source: str) -> "SourceMapping":
        """The mapping without the optional columns this file lacks.

        Raises:
            MappingError: A column named by the mapping is not in the file.
        """
        present = set(available)
        kept = {
            field: column
            for field, column in self.columns.items()
            if not column.is_optional or present.issuperset(column.columns())
        }
        missing = {name for column in kept.values() for name in column.columns()} - present
        if missing:
            raise MappingError(_missing_columns(source, sorted(missing), sorted(present)))
        return self.model_copy(update={"columns": kept})


def template_columns(template: str) -> tuple[str, ...]:
    """The columns named in a template, in order."""
    return tuple(name for _, name, _, _ in Formatter().parse(template) if name)


def as_text(value: object) -> str:
    """A YAML scalar as a file would hold it: true is `true`, 1 is `1`."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _check_unit(field: str, column: ColumnMapping) -> None:
    units = UNITS.get(QUANTITIES.get(field, ""), {})
    if column.unit is not None and column.unit not in units:
        raise ValueError(str(UnknownNameError(f"unit of {field}", column.unit, units)))
    if column.unit == "usd" and column.rate is None:
        raise ValueError(f"{field}: a cost in usd needs `rate`, the credits for one dollar")


def _missing_columns(source: str, missing: list[str], present: list[str]) -> str:
    hints = "; ".join(f"{name!r}{_hint(name, present)}" for name in missing)
    return (
        f"{source}: the mapping names columns the file does not have: {hints}. "
        f"The file has: {', '.join(present)}. "
        "Correct the mapping, or mark the field `is_optional: true`."
    )


def _hint(name: str, present: list[str]) -> str:
    close = get_close_matches(name, present, n=1)
    return f" (did you mean {close[0]!r}?)" if close else ""
