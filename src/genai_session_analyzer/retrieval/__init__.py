"""Search over a published build: prompts and pictures by meaning, words and filters.

Importing the package loads neither a model nor a build.
"""

from genai_session_analyzer.retrieval.prompt_search import PromptSearch
from genai_session_analyzer.retrieval.query import SearchFilters, SearchQuery
from genai_session_analyzer.retrieval.result import (
    FoundPrompt,
    GroupFacts,
    NewestGeneration,
    SearchResult,
)
from genai_session_analyzer.retrieval.settings import SearchSettings

__all__ = [
    "FoundPrompt",
    "GroupFacts",
    "NewestGeneration",
    "PromptSearch",
    "SearchFilters",
    "SearchQuery",
    "SearchResult",
    "SearchSettings",
]
