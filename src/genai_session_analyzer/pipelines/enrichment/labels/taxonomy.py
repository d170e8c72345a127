"""The taxonomy: which values a label can have, what they mean, and the words that name them."""

import hashlib
from importlib.resources import files
from pathlib import Path
from typing import Literal, Self

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.schema.values import ART_STYLES, DOMAINS, MOODS

FieldName = Literal["domain", "art_style", "mood", "setting", "lighting"]
CODED_VALUES: dict[FieldName, tuple[str, ...]] = {
    "domain": DOMAINS,
    "art_style": ART_STYLES,
    "mood": MOODS,
}
"""Fields whose values are fixed by the schema."""
UNKNOWN = "unknown"
"""Value of a field that the prompt does not settle."""
SHIPPED = files(__package__) / "taxonomy.yml"


class LabelMeaning(BaseModel):
    """What one label means: description and examples for models, words that say or suggest it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    description: str = ""
    examples: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


class Taxonomy(BaseModel):
    """All labels of all fields, in order; `digest` is the SHA-256 of the content."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: str = Field(min_length=1)
    fields: dict[FieldName, dict[str, LabelMeaning]]
    parti_domains: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _has_the_coded_values(self) -> Self:
        for field, values in CODED_VALUES.items():
            given = self.fields.get(field, {})
            if set(given) != set(values):
                wrong = sorted(set(given) ^ set(values))
                raise ValueError(f"{field} must have exactly the schema's values, not: {wrong}")
        return self

    @property
    def digest(self) -> str:
        """SHA-256 of the content, 64 hexadecimal digits; comments and layout do not count."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def labels(self, field: FieldName) -> tuple[str, ...]:
        """Return the labels of a field in the file's order."""
        return tuple(self.fields[field])

    def to_yaml(self) -> str:
        """Return the taxonomy as YAML, as `load_taxonomy` reads it."""
        return yaml.safe_dump(self.model_dump(mode="json"), sort_keys=False, allow_unicode=True)


def load_taxonomy(path: Path | None = None) -> Taxonomy:
    """Read a taxonomy.

    Args:
        path: A YAML file; the shipped one where none is given.

    Raises:
        SourceError: It cannot be read or is not valid; the message names file and problem.
    """
    name = str(path or "taxonomy.yml (shipped)")
    try:
        text = path.read_text("utf-8") if path else SHIPPED.read_text("utf-8")
        return Taxonomy.model_validate(yaml.safe_load(text))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as problem:
        line = " ".join(str(problem).split())
        raise SourceError(f"Taxonomy {name}: {line}. Mend the file, or name none.") from problem
