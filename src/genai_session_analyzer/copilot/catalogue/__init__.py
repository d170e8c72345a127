"""The words plans may use: entities, their fields and their measures."""

from genai_session_analyzer.copilot.catalogue.building import catalogue
from genai_session_analyzer.copilot.catalogue.terms import (
    Catalogue,
    EntityTerms,
    FieldKind,
    FieldTerm,
    MeasureKind,
    MeasureTerm,
)

__all__ = [
    "Catalogue",
    "EntityTerms",
    "FieldKind",
    "FieldTerm",
    "MeasureKind",
    "MeasureTerm",
    "catalogue",
]
