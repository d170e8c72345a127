"""The conditions of a search in the words of the semantic layer: on prompts, on generations."""

from genai_session_analyzer.retrieval.query import SearchFilters
from genai_session_analyzer.semantic import Filter
from genai_session_analyzer.semantic.coded_column import day_after

PROMPT_COLUMNS = ("art_style", "mood", "domain", "cluster_id")
GENERATION_COLUMNS = ("status", "user_tier", "region", "device_type", "model_version")
DAY_COLUMN = "requested_date"
UNKNOWN = "unknown"


def prompt_conditions(filters: SearchFilters) -> tuple[Filter, ...]:
    """Return the conditions a prompt itself must pass, all of them."""
    return _lists(filters, PROMPT_COLUMNS)


def generation_conditions(filters: SearchFilters) -> tuple[Filter, ...]:
    """Return the conditions at least one generation of a prompt must pass, all of them."""
    conditions = tuple(map(_null_as_unknown, _lists(filters, GENERATION_COLUMNS)))
    first, after = filters.first_day, day_after(filters.last_day)
    if first is None and after is None:
        return conditions
    return (*conditions, Filter(dimension=DAY_COLUMN, at_least=first, below=after))


def _lists(filters: SearchFilters, columns: tuple[str, ...]) -> tuple[Filter, ...]:
    return tuple(
        Filter(dimension=column, one_of=accepted)
        for column in columns
        if (accepted := getattr(filters, column))
    )


def _null_as_unknown(wanted: Filter) -> Filter:
    accepted = wanted.one_of or ()
    known = tuple(None if value == UNKNOWN else value for value in accepted)
    return wanted.model_copy(update={"one_of": known})
