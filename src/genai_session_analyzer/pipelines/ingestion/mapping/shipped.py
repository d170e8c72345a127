"""Mappings as YAML files: the shipped ones by name, a user's own by path."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import yaml
from pydantic import ValidationError

from genai_session_analyzer.errors import MappingError, UnknownNameError
from genai_session_analyzer.pipelines.ingestion.mapping.model import SourceMapping

MAPPINGS = files(__package__) / "mappings"


def load_mapping(name: str | None) -> SourceMapping:
    """Reads a mapping.

    Args:
        name: A shipped mapping's name, or the path of a YAML file.

    Raises:
        UnknownNameError: Neither shipped nor a file.
        MappingError: Not valid; the message names file, key and problem.
    """
    known = shipped_mappings()
    if name is None:
        raise MappingError(
            "No mapping given. Set source.mapping to a YAML file that says which column is which, "
            f"or to one of the shipped mappings: {', '.join(known)}."
        )
    is_file = Path(name).is_file()
    if not is_file and name not in known:
        raise UnknownNameError("mapping (neither a file nor shipped)", name, known)
    text = Path(name).read_text("utf-8") if is_file else (MAPPINGS / f"{name}.yml").read_text()
    try:
        return SourceMapping.model_validate(yaml.safe_load(text))
    except (yaml.YAMLError, ValidationError) as error:
        raise MappingError(f"Mapping {name}: {_one_line(error)}") from error


def shipped_mappings() -> tuple[str, ...]:
    """Names of the mappings that come with the package."""
    return tuple(sorted(Path(f.name).stem for f in MAPPINGS.iterdir() if f.name.endswith(".yml")))


def _one_line(error: yaml.YAMLError | ValidationError) -> str:
    if isinstance(error, ValidationError):
        return "; ".join(_problems(error))
    return " ".join(str(error).split())


def _problems(error: ValidationError) -> Iterator[str]:
    for problem in error.errors(include_url=False):
        where = ".".join(str(key) for key in problem["loc"]) or "mapping"
        yield f"{where}: {problem['msg'].removeprefix('Value error, ')}"
