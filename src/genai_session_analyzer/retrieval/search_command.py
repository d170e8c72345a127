"""One search from a terminal, and how it is shown there."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from rich.table import Table
from rich.text import Text

from genai_session_analyzer.errors import AnalyzerError
from genai_session_analyzer.retrieval.prompt_search import PromptSearch
from genai_session_analyzer.retrieval.query import SearchFilters, SearchQuery
from genai_session_analyzer.retrieval.result import FoundPrompt, GroupFacts, SearchResult
from genai_session_analyzer.retrieval.settings import SearchSettings
from genai_session_analyzer.warehouse.reader import BuildReader
from genai_session_analyzer.warehouse.reader_settings import ReaderSettings

SEARCH_READER = ReaderSettings(memory_limit="512MB")
"""DuckDB keeps what it has read up to its limit, and a search reads the build once only."""
_MODELS = Path("06_models")
_UNKNOWN = "-"
_COLUMNS = ("cosine", "prompt", "style", "uses", "failed", "latency", "credits")


def search_once(root: Path, text: str, limit: int, filters: Mapping[str, Any]) -> SearchResult:
    """Return what one search of the build served under `root` finds.

    Args:
        root: The published root; exported models lie beside it.
        text: What is looked for.
        limit: Most rows.
        filters: Fields of `SearchFilters`, as typed.

    Raises:
        AnalyzerError: A filter has no such value, or the search fails.
    """
    query = _query(text, limit, filters)
    settings = SearchSettings(cache=root.parent / _MODELS)
    with BuildReader(root, SEARCH_READER) as reader:
        return PromptSearch(reader, settings=settings).search(query)


def _query(text: str, limit: int, filters: Mapping[str, Any]) -> SearchQuery:
    try:
        return SearchQuery(text=text, limit=limit, filters=SearchFilters(**filters))
    except ValidationError as problem:
        first = problem.errors()[0]
        place = first["loc"][0] if first["loc"] else "search"
        raise AnalyzerError(f"{place}: {first['msg']}, not {first['input']!r}.") from problem


def result_table(result: SearchResult) -> tuple[Table, Text]:
    """Return the rows as a table, and a line on how they compare with the whole."""
    table = Table()
    for name in _COLUMNS:
        is_words = name in ("prompt", "style")
        table.add_column(name, no_wrap=not is_words, justify="left" if is_words else "right")
    for row in result.rows:
        table.add_row(*(Text(cell) for cell in _cells(row)))
    title = f"{len(result.rows)} of {result.candidate_count:,} prompts that pass the filters"
    table.title = Text(title)
    return table, Text(f"Found: {_group(result.found)}. Whole: {_group(result.whole)}.")


def _cells(row: FoundPrompt) -> tuple[str, ...]:
    return (
        _UNKNOWN if row.similarity is None else f"{row.similarity:.3f}",
        row.prompt_text,
        row.art_style or _UNKNOWN,
        f"{row.generation_count:,}",
        _percent(row.error_rate),
        _seconds(row.mean_latency_ms),
        _UNKNOWN if row.total_cost_credits is None else f"{row.total_cost_credits:.2f}",
    )


def _group(facts: GroupFacts) -> str:
    cost = _UNKNOWN if facts.mean_cost_credits is None else f"{facts.mean_cost_credits:.2f}"
    return (
        f"{_percent(facts.error_rate)} failed, {_seconds(facts.mean_latency_ms)}, {cost} credits "
        f"each, mostly {facts.top_style or _UNKNOWN} (n = {facts.generation_count:,})"
    )


def _percent(share: float | None) -> str:
    return _UNKNOWN if share is None else f"{share:.1%}"


def _seconds(latency_ms: float | None) -> str:
    return _UNKNOWN if latency_ms is None else f"{latency_ms / 1000:.1f} s"
