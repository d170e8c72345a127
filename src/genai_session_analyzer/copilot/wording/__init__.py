"""A plan in words: one sentence, and what its measures mean."""

from genai_session_analyzer.copilot.wording.definitions import Definition, plan_definitions
from genai_session_analyzer.copilot.wording.sentence import plan_sentence

__all__ = ["Definition", "plan_definitions", "plan_sentence"]
