"""What one build holds, as far as questions need to know: newest time, values, row counts."""

from genai_session_analyzer.copilot.facts.data_facts import DataFacts, Feature, ValueCount
from genai_session_analyzer.copilot.facts.reading import read_facts

__all__ = ["DataFacts", "Feature", "ValueCount", "read_facts"]
