"""The planner without a language model, its words of time, and its index of values.

`words` and `times` cut a question into pieces, `rules` read those into a draft, `binding` makes
the draft a plan; `follow_ups` change the plan before.
"""

from genai_session_analyzer.copilot.planning.planner import LexiconPlanner
from genai_session_analyzer.copilot.planning.times.time_page import TimeWords
from genai_session_analyzer.copilot.planning.times.time_words import find_times
from genai_session_analyzer.copilot.planning.words.value_index import ValueHit, ValueIndex

__all__ = ["LexiconPlanner", "TimeWords", "ValueHit", "ValueIndex", "find_times"]
