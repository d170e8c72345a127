"""Filters survive the way through the URL; what does not exist is dropped and told."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genai_session_analyzer.schema.values import (
    ART_STYLES,
    FRICTION_BANDS,
    PROMPT_LENGTH_CATEGORIES,
    REGIONS,
    STATUSES,
    USER_TIERS,
)
from genai_session_analyzer.semantic.measures import Filter
from genai_session_analyzer.semantic.view_filters import ViewFilters, unread_in


def some(values: tuple[Any, ...]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(st.sampled_from(values), unique=True).map(tuple)


FILTERS = st.builds(
    ViewFilters,
    first_day=st.none() | st.dates(),
    last_day=st.none() | st.dates(),
    user_tier=some(USER_TIERS),
    region=some(REGIONS),
    status=some((*STATUSES, "unknown")),
    model_version=st.lists(st.text(min_size=1, max_size=20), unique=True).map(tuple),
    art_style=some((*ART_STYLES, "not_labelled")),
    complexity_score=some((1, 2, 3, 4, 5, "not_labelled")),
    prompt_length_category=some((*PROMPT_LENGTH_CATEGORIES, "unknown")),
    friction_band=some((*FRICTION_BANDS, "unknown")),
    cluster_id=st.lists(st.integers(-1, 10**8) | st.just("not_labelled"), unique=True).map(tuple),
)


@given(FILTERS)
def test_a_link_restores_its_view(filters: ViewFilters) -> None:
    query = filters.to_query()
    assert ViewFilters.from_query(query) == filters
    assert ViewFilters.from_query(query.removeprefix("?")) == filters
    assert unread_in(query) == ()


@given(st.text())
def test_any_text_is_a_view(text: str) -> None:
    ViewFilters.from_query(text)
    ViewFilters.from_query(f"?tier={text}&from={text}&cluster={text}&x={text}")


def test_words_of_the_url() -> None:
    filters = ViewFilters(
        user_tier=("pro",), art_style=("digital art",), first_day=date(2024, 1, 3)
    )
    assert filters.to_query() == "?from=2024-01-03&tier=pro&style=digital+art"


@pytest.mark.parametrize(
    ("query", "unread"),
    [
        ("?tier=gold&tier=pro", ("tier=gold",)),
        ("?from=yesterday", ("from=yesterday",)),
        ("?cluster=x&cluster=٣", ("cluster=x", "cluster=٣")),
        ("?session=s1&q=lake", ()),
        ("?complexity=high&length=long&friction=low&friction=3", ("complexity=high", "friction=3")),
        ("?tier=not_labelled", ("tier=not_labelled",)),
        (None, ()),
    ],
)
def test_values_that_do_not_exist_are_dropped_and_told(
    query: str | None, unread: tuple[str, ...]
) -> None:
    assert unread_in(query) == unread
    assert ViewFilters.from_query(query).region == ()


def test_other_keys_of_a_query_are_kept() -> None:
    filters = ViewFilters(region=("asia",))
    assert filters.into_query("?session=s1&tier=pro") == "?region=asia&session=s1"
    assert ViewFilters().into_query("?tier=pro") == ""


def test_both_days_are_included_and_unknown_keeps_null() -> None:
    filters = ViewFilters(
        first_day=date(2024, 1, 3),
        last_day=date(2024, 1, 4),
        status=("timeout", "unknown"),
        domain=("unknown",),
        complexity_score=(3, "not_labelled"),
        friction_band=("unknown",),
    )
    assert filters.as_filters() == (
        Filter(dimension="requested_date", at_least=date(2024, 1, 3), below=date(2024, 1, 5)),
        Filter(dimension="status", one_of=("timeout", "unknown", None)),
        Filter(dimension="domain", one_of=("unknown",)),
        Filter(dimension="complexity_score", one_of=(3, None)),
        Filter(dimension="friction_band", one_of=("unknown", None)),
    )
