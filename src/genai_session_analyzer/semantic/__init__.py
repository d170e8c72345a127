"""Measures and dimensions, defined once: friction, generations, sessions, users, prompts."""

from genai_session_analyzer.semantic.friction import FrictionParameters
from genai_session_analyzer.semantic.generations import GENERATIONS
from genai_session_analyzer.semantic.measures import Dimension, Filter, Measure, Model
from genai_session_analyzer.semantic.prompts import PROMPTS
from genai_session_analyzer.semantic.sessions import SESSIONS
from genai_session_analyzer.semantic.users import USERS

__all__ = [
    "GENERATIONS",
    "PROMPTS",
    "SESSIONS",
    "USERS",
    "Dimension",
    "Filter",
    "FrictionParameters",
    "Measure",
    "Model",
]
