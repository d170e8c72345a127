"""The search as builds come and go, and with many users."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from search_builds import publish, search_of, world

from genai_session_analyzer.embedding import HashEncoder
from genai_session_analyzer.errors import ModelError, NoBuildError
from genai_session_analyzer.retrieval import SearchFilters, SearchQuery, SearchSettings

ALL = SearchFilters(include_nsfw=True)


def test_nothing_published_says_what_to_do(tmp_path):
    with pytest.raises(NoBuildError, match="make run"):
        search_of(tmp_path).search(SearchQuery(text="a"))


def test_a_build_without_embeddings_says_what_to_do(tmp_path):
    publish(tmp_path, world() | {"ftr_prompt_embeddings": []})
    search = search_of(tmp_path)
    with pytest.raises(ModelError, match=r"no vectors in ftr_prompt_embeddings.*make run"):
        search.search(SearchQuery(text="a"))
    assert "make run" in search.state().problem
    assert not search.state().is_ready


def test_a_build_without_pictures_and_labels_is_searched(tmp_path):
    rows = world()
    empty = ("ftr_image_embeddings", "ftr_prompt_labels", "ftr_prompt_clusters", "dim_clusters")
    publish(tmp_path, rows | {name: [] for name in empty})
    search = search_of(tmp_path)
    first = search.search(SearchQuery(text="cat", filters=ALL)).rows[0]
    assert (first.art_style, first.cluster_id, first.thumbnail_id) == (None, None, None)
    assert not search.search(SearchQuery(filters=SearchFilters(mood=("dark",)))).rows
    with pytest.raises(ModelError, match="no pictures"):
        search.search(SearchQuery(like_image="a"))


def test_vectors_of_two_encoders_are_refused(tmp_path):
    rows = world()
    rows["ftr_prompt_embeddings"][0]["revision"] = "2"
    publish(tmp_path, rows)
    with pytest.raises(ModelError, match=r"several encoders.*hash@1.*hash@2"):
        search_of(tmp_path).search(SearchQuery(text="a"))


def test_the_query_needs_the_encoder_of_the_build(tmp_path):
    publish(tmp_path, world())
    other = search_of(tmp_path, encoder=HashEncoder(revision="2"))
    with pytest.raises(ModelError, match="come from hash@1, the query's encoder is hash@2"):
        other.search(SearchQuery(text="a"))
    assert other.search(SearchQuery(prompt_id="p1")).rows  # needs no encoder


def test_an_encoder_that_is_not_here(tmp_path):
    rows = world(4, 4)
    for row in rows["ftr_prompt_embeddings"]:
        row["model"] = "elsewhere"
    publish(tmp_path, rows)
    with pytest.raises(ModelError, match=r"come from elsewhere@1; here are .*hash@1"):
        search_of(tmp_path).search(SearchQuery(text="a"))


def test_a_new_build_is_searched_without_restart(tmp_path):
    publish(tmp_path, world(20, 50))
    search = search_of(tmp_path)
    older = search.search(SearchQuery(text="cat", filters=ALL, limit=100))
    build = publish(tmp_path, world(35, 80, seed=2))
    newer = search.search(SearchQuery(text="cat", filters=ALL, limit=100))
    assert (older.candidate_count, newer.candidate_count) == (20, 35)
    assert newer.build_id == build.id
    assert newer.whole.generation_count == 80


def test_without_waiting_the_old_build_answers_until_the_new_one_is_read(tmp_path):
    older = publish(tmp_path, world(20, 50))
    search = search_of(tmp_path, settings=SearchSettings(wait_s=0))
    assert search.search(SearchQuery(filters=ALL)).build_id == older.id
    newer = publish(tmp_path, world(35, 80, seed=2))
    counts = {older.id: (20, 50), newer.id: (35, 80)}
    while True:
        result = search.search(SearchQuery(text="cat", filters=ALL, limit=50))
        found = (result.candidate_count, result.whole.generation_count)
        assert found == counts[result.build_id]  # never of both
        if result.build_id == newer.id:
            break


def test_started_in_the_background_it_becomes_ready(tmp_path):
    build = publish(tmp_path, world())
    search = search_of(tmp_path)
    search.start()
    search.search(SearchQuery(text="cat"))
    state = search.state()
    assert state.is_ready
    assert (state.build_id, state.loaded, state.total, state.problem) == (build.id, 60, 60, None)


def test_eight_users_get_the_answers_of_one(tmp_path):
    publish(tmp_path, world(200, 800))
    queries = [
        SearchQuery(text=f"{thing} {manner}", filters=SearchFilters(user_tier=tier), limit=7)
        for thing in ("cat", "old man", "city")
        for manner in ("at night", '"smiling"')
        for tier in ((), ("pro",))
    ]
    alone = [_answer(search_of(tmp_path), query) for query in queries]
    together, barrier = search_of(tmp_path), threading.Barrier(8)

    def ask_all(user):
        barrier.wait()
        order = queries[user:] + queries[:user]
        return [_answer(together, query) for query in order]

    with ThreadPoolExecutor(8) as pool:
        for user, answers in enumerate(pool.map(ask_all, range(8))):
            assert answers == alone[user:] + alone[:user]


def _answer(search, query):
    result = search.search(query)
    return result.model_dump(exclude={"encoding_ms", "ranking_ms"})
