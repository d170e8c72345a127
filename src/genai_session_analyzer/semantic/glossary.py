"""Every measure and dimension in words, generated from where they are defined."""

from dataclasses import dataclass
from typing import Literal

from genai_session_analyzer.semantic.friction import FrictionParameters, friction_formula
from genai_session_analyzer.semantic.generations import GENERATIONS
from genai_session_analyzer.semantic.measures import Dimension, Measure, Model
from genai_session_analyzer.semantic.prompts import PROMPTS
from genai_session_analyzer.semantic.sessions import SESSIONS
from genai_session_analyzer.semantic.users import USERS

MODELS = (GENERATIONS, SESSIONS, USERS, PROMPTS)


@dataclass(frozen=True, kw_only=True)
class GlossaryEntry:
    """One term: what it means and, for a measure, how it is computed.

    `unit`, `formula` and `additive` are empty, empty and False for a dimension.
    """

    name: str
    kind: Literal["measure", "dimension", "score"]
    table_name: str
    description: str
    unit: str = ""
    formula: str = ""
    additive: bool = False
    synonyms: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


def glossary(parameters: FrictionParameters) -> tuple[GlossaryEntry, ...]:
    """Return every measure, then every dimension of each table, then the friction score.

    Args:
        parameters: The friction parameters in use; the score's formula shows their numbers.
    """
    entries: list[GlossaryEntry] = []
    for model in MODELS:
        entries.extend(_measure_entry(model, measure) for measure in model.measures)
        entries.extend(_dimension_entry(model, dimension) for dimension in model.dimensions)
    return (*entries, _friction_entry(parameters))


def glossary_markdown(parameters: FrictionParameters) -> str:
    """Return the glossary as one Markdown table, ending with a newline."""
    lines = ["| term | table | meaning | unit | formula | additive |", "|---|---|---|---|---|---|"]
    for entry in glossary(parameters):
        values = f" ({', '.join(entry.values)})" if entry.values else ""
        additive = "yes" if entry.additive else ""
        lines.append(
            f"| {entry.kind} `{entry.name}` | {entry.table_name} | {entry.description}{values} "
            f"| {entry.unit} | {entry.formula} | {additive} |"
        )
    return "\n".join(lines) + "\n"


def _measure_entry(model: Model, measure: Measure) -> GlossaryEntry:
    return GlossaryEntry(
        name=measure.name,
        kind="measure",
        table_name=model.table_name,
        description=measure.description,
        unit=measure.unit,
        formula=measure.formula,
        additive=measure.additive,
        synonyms=measure.synonyms,
    )


def _dimension_entry(model: Model, dimension: Dimension) -> GlossaryEntry:
    return GlossaryEntry(
        name=dimension.name,
        kind="dimension",
        table_name=model.table_name,
        description=dimension.description,
        synonyms=dimension.synonyms,
        values=dimension.values,
    )


def _friction_entry(parameters: FrictionParameters) -> GlossaryEntry:
    return GlossaryEntry(
        name="friction_score",
        kind="score",
        table_name=SESSIONS.table_name,
        description="how hard a session was for its user",
        unit="points",
        formula=friction_formula(parameters),
    )
