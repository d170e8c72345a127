"""Measures and dimensions, defined once: friction, generations, sessions, glossary."""

from genai_session_analyzer.semantic.friction import FrictionParameters
from genai_session_analyzer.semantic.generations import GENERATIONS
from genai_session_analyzer.semantic.measures import Dimension, Filter, Measure, Model
from genai_session_analyzer.semantic.sessions import SESSIONS

__all__ = [
    "GENERATIONS",
    "SESSIONS",
    "Dimension",
    "Filter",
    "FrictionParameters",
    "Measure",
    "Model",
]
