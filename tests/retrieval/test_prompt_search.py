"""The search against loops over plain rows."""

from datetime import date

import numpy as np
import pytest
from search_builds import ENCODER, publish, search_of, world

from genai_session_analyzer.errors import AnalyzerError, UnknownNameError
from genai_session_analyzer.retrieval import SearchFilters, SearchQuery

ROWS = world()
TEXTS = {row["prompt_id"]: row["prompt_text"] for row in ROWS["dim_prompts"]}
LABELS = {row["prompt_id"]: row for row in ROWS["ftr_prompt_labels"]}
CLUSTERS = {row["prompt_id"]: row["cluster_id"] for row in ROWS["ftr_prompt_clusters"]}
OF_A_PROMPT = ("art_style", "mood", "domain")
OF_A_GENERATION = ("status", "user_tier", "region", "device_type", "model_version")

FILTERS = [
    {},
    {"include_nsfw": True},
    {"art_style": ("anime",)},
    {"art_style": ("anime", "unknown"), "mood": ("dark",)},
    {"domain": ("animal",), "include_nsfw": True},
    {"cluster_id": (0, -1)},
    {"status": ("timeout",)},
    {"status": ("timeout", "unknown"), "user_tier": ("pro",)},
    {"user_tier": ("free",), "model_version": ("v2",), "region": ("asia",)},
    {"model_version": ("unknown",), "device_type": ("mobile",)},
    {"model_version": ("never",)},
    {"first_day": date(2024, 1, 5), "last_day": date(2024, 1, 6)},
    {"first_day": date(2024, 1, 15), "status": ("success",), "mood": ("serene",)},
    {"last_day": date(2023, 1, 1)},
    {"prompt_ids": ("p3", "p4", "p5", "nobody"), "include_nsfw": True},
    {"prompt_ids": ()},
]


@pytest.fixture(scope="module")
def search(tmp_path_factory):
    root = tmp_path_factory.mktemp("builds")
    publish(root, ROWS)
    return search_of(root)


def generation_passes(row, filters):
    for name in OF_A_GENERATION:
        accepted = getattr(filters, name)
        if accepted and (row[name] or "unknown") not in accepted:
            return False
    day = row["requested_date"]
    is_late = filters.first_day is None or day >= filters.first_day
    return is_late and (filters.last_day is None or day <= filters.last_day)


def generations_of(prompt_id, filters):
    return [
        row
        for row in ROWS["fct_generations"]
        if row["prompt_id"] == prompt_id and generation_passes(row, filters)
    ]


def is_unsafe(prompt_id):
    scores = [
        row[name] or 0
        for row in ROWS["fct_generations"]
        if row["prompt_id"] == prompt_id
        for name in ("image_nsfw", "prompt_nsfw")
    ]
    return LABELS[prompt_id]["has_nsfw_intent"] is True or max(scores, default=0) >= 0.5


def asks_of_generations(filters):
    names = (*OF_A_GENERATION, "first_day", "last_day")
    return any(getattr(filters, name) for name in names)


def prompt_passes(prompt_id, filters):
    labels = LABELS[prompt_id]
    is_labelled = all(
        not getattr(filters, name) or labels[name] in getattr(filters, name) for name in OF_A_PROMPT
    )
    return (
        is_labelled
        and (not filters.cluster_id or CLUSTERS[prompt_id] in filters.cluster_id)
        and (filters.include_nsfw or not is_unsafe(prompt_id))
        and (filters.prompt_ids is None or prompt_id in filters.prompt_ids)
        and (not asks_of_generations(filters) or bool(generations_of(prompt_id, filters)))
    )


def cosine(prompt_id, vector):
    own = ENCODER.encode([TEXTS[prompt_id]])[0].astype(float)
    return float(own @ vector / np.linalg.norm(vector))


def ranked(vector, filters, without=None):
    passing = [each for each in TEXTS if each != without and prompt_passes(each, filters)]
    return sorted(((cosine(each, vector), each) for each in passing), reverse=True)


@pytest.mark.parametrize("values", FILTERS)
def test_the_nearest_prompts_that_pass(search, values):
    filters = SearchFilters(**values)
    result = search.search(SearchQuery(text="a castle at night", filters=filters, limit=10))
    expected = ranked(ENCODER.encode(["a castle at night"])[0], filters)
    assert result.candidate_count == len(expected)
    assert [row.similarity for row in result.rows] == pytest.approx(
        [similarity for similarity, _ in expected[:10]], abs=1e-5
    )
    for row in result.rows:
        vector = ENCODER.encode(["a castle at night"])[0]
        assert prompt_passes(row.prompt_id, filters)
        assert row.similarity == pytest.approx(cosine(row.prompt_id, vector), abs=1e-5)


def test_the_filters_are_not_all_trivial():
    counts = [len(ranked(np.eye(384)[0], SearchFilters(**values))) for values in FILTERS]
    assert len(set(counts)) > 8
    assert counts[1] == len(TEXTS) > counts[0]


@pytest.mark.parametrize("values", FILTERS)
def test_a_row_counts_the_generations_the_filters_keep(search, values):
    filters = SearchFilters(**values)
    for row in search.search(SearchQuery(text="robot", filters=filters, limit=30)).rows:
        kept = generations_of(row.prompt_id, filters)
        known = [each["status"] for each in kept if each["status"]]
        costs = [each["cost_credits"] for each in kept if each["cost_credits"] is not None]
        latencies = [each["latency_ms"] for each in kept if each["latency_ms"] is not None]
        assert row.generation_count == len(kept)
        assert row.status_counts == {each: known.count(each) for each in set(known)}
        assert row.error_rate == (
            pytest.approx(1 - known.count("success") / len(known), abs=1e-6) if known else None
        )
        assert row.mean_latency_ms == (
            pytest.approx(np.mean(latencies), abs=1e-6) if latencies else None
        )
        assert row.total_cost_credits == (pytest.approx(sum(costs)) if costs else None)
        newest = max(
            kept, key=lambda each: (each["requested_at"], each["generation_id"]), default={}
        )
        assert (row.newest and row.newest.generation_id) == newest.get("generation_id")


def test_a_row_says_what_is_known_of_its_prompt(search):
    rows = search.search(
        SearchQuery(text="lake", filters=SearchFilters(include_nsfw=True), limit=60)
    )
    assert len(rows.rows) == len(TEXTS)
    pictures = {row["prompt_id"]: row for row in ROWS["ftr_image_embeddings"]}
    for row in rows.rows:
        picture = pictures.get(row.prompt_id, {"image_path": None, "thumbnail_path": None})
        assert row.prompt_text == TEXTS[row.prompt_id]
        for name in (*OF_A_PROMPT, "complexity_score", "has_nsfw_intent"):
            assert getattr(row, name) == LABELS[row.prompt_id][name]
        assert row.cluster_id == CLUSTERS[row.prompt_id]
        assert row.cluster_title == (f"cluster {row.cluster_id}" if row.cluster_id >= 0 else None)
        assert row.image_path == picture["image_path"]
        stem = f"abc{row.prompt_id[1:]}" if row.image_path else None
        assert row.thumbnail_id == stem


def group(rows, prompt_ids):
    known = [row["status"] for row in rows if row["status"]]
    costs = [row["cost_credits"] for row in rows if row["cost_credits"] is not None]
    latencies = [row["latency_ms"] for row in rows if row["latency_ms"] is not None]
    styles = [LABELS[each]["art_style"] for each in prompt_ids]
    styles = [style for style in styles if style not in (None, "unknown")]
    top = min(set(styles), key=lambda style: (-styles.count(style), style))
    return {
        "prompt_count": len(prompt_ids),
        "generation_count": len(rows),
        "known_status_count": len(known),
        "error_rate": pytest.approx(1 - known.count("success") / len(known), abs=1e-6),
        "known_latency_count": len(latencies),
        "mean_latency_ms": pytest.approx(np.mean(latencies), abs=1e-5),
        "total_cost_credits": pytest.approx(sum(costs)),
        "mean_cost_credits": pytest.approx(np.mean(costs), abs=1e-5),
        "top_style": top,
        "top_style_count": styles.count(top),
        "styled_count": len(styles),
    }


def test_the_insights_compare_what_was_found_with_the_whole(search):
    result = search.search(SearchQuery(text="a cat", limit=20))
    found = [row.prompt_id for row in result.rows]
    theirs = [row for row in ROWS["fct_generations"] if row["prompt_id"] in found]
    assert result.found.model_dump() == group(theirs, found)
    assert result.whole.model_dump() == group(ROWS["fct_generations"], list(TEXTS))


def test_more_like_this_leaves_itself_out(search):
    filters = SearchFilters(include_nsfw=True)
    result = search.search(SearchQuery(prompt_id="p7", filters=filters, limit=60))
    expected = ranked(ENCODER.encode([TEXTS["p7"]])[0], filters, without="p7")
    assert "p7" not in [row.prompt_id for row in result.rows]
    assert [row.similarity for row in result.rows] == pytest.approx(
        [similarity for similarity, _ in expected], abs=1e-5
    )


def test_a_vector_counts_by_its_direction(search):
    vector = 3.5 * ENCODER.encode(["forest in neon"])[0].astype(float)
    by_vector = search.search(SearchQuery(vector=tuple(vector)))
    by_text = search.search(SearchQuery(text="forest in neon"))
    assert [row.prompt_id for row in by_vector.rows] == [row.prompt_id for row in by_text.rows]
    assert by_vector.rows[0].similarity == pytest.approx(by_text.rows[0].similarity, abs=1e-5)


@pytest.mark.parametrize("values", [{}, {"include_nsfw": True}, {"user_tier": ("pro",)}])
def test_pictures_like_a_picture(search, values):
    filters = SearchFilters(**values)
    vectors = {row["image_path"]: row for row in ROWS["ftr_image_embeddings"]}
    own = np.array(vectors["pictures/6.png"]["image_embedding"])
    expected = sorted(
        (float(own @ np.array(row["image_embedding"])), row["prompt_id"])
        for path, row in vectors.items()
        if path != "pictures/6.png"
        and row["prompt_id"]
        and prompt_passes(row["prompt_id"], filters)
    )[::-1][:5]
    query = SearchQuery(like_image="pictures/6.png", filters=filters, limit=5)
    rows = search.search(query).rows
    assert [row.prompt_id for row in rows] == [prompt_id for _, prompt_id in expected]
    assert [row.similarity for row in rows] == pytest.approx([s for s, _ in expected], abs=1e-5)


def test_quoted_words_must_occur_and_still_mean_something(search):
    text, phrase = 'a "castle" by the lake, "at night"', "castle at night"
    result = search.search(SearchQuery(text=text, filters=SearchFilters(include_nsfw=True)))
    meaning = ENCODER.encode(["a castle by the lake, at night"])[0]
    expected = [
        prompt_id
        for _, prompt_id in ranked(meaning, SearchFilters(include_nsfw=True))
        if TEXTS[prompt_id].startswith(phrase)
    ]
    assert [row.prompt_id for row in result.rows] == expected
    assert 0 < result.candidate_count == len(expected) < len(TEXTS)


def test_nothing_looked_for_shows_the_most_used(search):
    rows = search.search(SearchQuery(limit=15)).rows
    everyones = sorted(
        (len(generations_of(each, SearchFilters())) for each in TEXTS if not is_unsafe(each)),
        reverse=True,
    )
    assert [row.generation_count for row in rows] == everyones[:15]
    assert {row.similarity for row in rows} == {None}


@pytest.mark.parametrize(
    ("query", "kind", "words"),
    [
        ({"prompt_id": "p999"}, UnknownNameError, "Unknown prompt 'p999'"),
        ({"like_image": "no.png"}, UnknownNameError, "Unknown picture 'no.png'"),
        ({"text": ' " " '}, AnalyzerError, "has no words"),
        ({"vector": (1.0, 2.0)}, AnalyzerError, "give 384 finite numbers"),
        ({"vector": (0.0,) * 384}, AnalyzerError, "not all zero"),
        ({"vector": (float("nan"),) * 384}, AnalyzerError, "finite"),
    ],
)
def test_what_cannot_be_searched_for(search, query, kind, words):
    with pytest.raises(kind, match=words):
        search.search(SearchQuery(**query))


def test_one_thing_is_looked_for_at_a_time():
    with pytest.raises(ValueError, match="Give one of"):
        SearchQuery(text="a", prompt_id="p1")
