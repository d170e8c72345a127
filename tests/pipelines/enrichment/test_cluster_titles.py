"""Titles: from keywords, or from a language model whose replies are checked and kept."""

import json
import re

import pyarrow as pa
import pytest
from cluster_rows import RememberingTracker

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model import ScriptedModel
from genai_session_analyzer.model_results import ResultStore
from genai_session_analyzer.pipelines.enrichment.clusters.outline import STG_CLUSTERS
from genai_session_analyzer.pipelines.enrichment.clusters.titles import Title
from genai_session_analyzer.pipelines.enrichment.clusters.titling import title_clusters


@pytest.fixture
def store(tmp_path):
    with ResultStore(tmp_path / "results.db") as opened:
        yield opened


def clusters(*keywords, prompts=("a castle",)):
    ids = range(len(keywords))
    rows = [
        {
            "cluster_id": number,
            "level": 1,
            "keywords": list(words),
            "prompt_count": 3,
            "coherence": 0.5,
            "nearest_prompt_ids": ["p"],
            "nearest_prompts": list(prompts),
            "near_cluster_ids": [other for other in ids if other != number][:2],
            "centroid": [1.0],
            "mlflow_run_id": "run",
        }
        for number, words in enumerate(keywords)
    ]
    return pa.Table.from_pylist(rows, schema=STG_CLUSTERS)


CASTLES, CATS = ("castle", "knight", "moat", "tower"), ("kitten", "paws", "whiskers")


def titled(table, store, model=None, tracker=None):
    return title_clusters(table, model, store, tracker or RememberingTracker()).to_pylist()


def reply(title, description="Castles with knights in front of them."):
    return json.dumps({"title": title, "description": description})


def test_keywords_make_a_title_and_a_line_that_sets_apart(store):
    castle, cat = titled(clusters(CASTLES, CATS), store)
    assert castle["title"] == "castle, knight, moat"
    assert castle["description"] == "Prompts that say castle, knight, moat, tower; " + (
        "its neighbours say kitten."
    )
    assert cat["title"] == "kitten, paws, whiskers"
    assert castle["fallback_reason"] is None


def test_no_two_titles_are_alike(store):
    many = titled(clusters(CASTLES, CASTLES, CASTLES, CASTLES[:3], (), ()), store)
    assert len({each["title"] for each in many}) == 6
    assert many[1]["title"] == "castle, knight, moat, tower"


@pytest.mark.parametrize(
    "prompt", ["", "x", "a\r\nb\x00" + "c" * 500, "<script>", "\u0645\u202e\u0631\u062d"]
)
def test_without_keywords_the_nearest_prompt_names_the_cluster_in_one_valid_line(store, prompt):
    (row,) = titled(clusters((), prompts=(prompt,)), store)
    Title(title=row["title"], description=row["description"])
    assert not re.search(r"[\x00-\x1f]", row["title"])


def test_a_model_is_asked_what_sets_the_cluster_apart_and_its_words_are_taken(store):
    model = ScriptedModel([reply("Castles and knights"), f"```json\n{reply('Cats')}\n```"])
    rows = titled(clusters(CASTLES, CATS), store, model)
    assert [row["title"] for row in rows] == ["Castles and knights", "Cats"]
    assert all(row["fallback_reason"] is None for row in rows)
    request = model.requests[0]
    asked = json.loads(request.messages[-1].content)
    assert asked["typical words"] == list(CASTLES)
    assert asked["words of the nearest groups"] == [list(CATS)]
    assert request.json_schema["required"] == ["title", "description"]


def test_the_same_evidence_is_asked_once(store):
    model = ScriptedModel([reply("Castles"), reply("Cats")])
    first = titled(clusters(CASTLES, CATS), store, model)
    assert titled(clusters(CASTLES, CATS), store, model) == first
    assert len(model.requests) == 2


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("I would call them castles.", "Invalid JSON"),
        (json.dumps({"title": "Castles"}), "description: Field required"),
        (reply("x" * 61), "at most 60 characters"),
        (reply("one\ntwo"), "match pattern"),
        (json.dumps({"title": "Castles", "description": "d" * 20, "level": 9}), "Extra inputs"),
    ],
)
def test_an_invalid_reply_is_no_title_and_the_reason_is_said(store, caplog, text, reason):
    tracker = RememberingTracker()
    model = ScriptedModel([text, reply("Cats")])
    castle, cat = titled(clusters(CASTLES, CATS), store, model, tracker)
    assert castle["title"] == "castle, knight, moat"
    assert reason in castle["fallback_reason"]
    assert cat["title"] == "Cats"
    assert "Cluster 0 is titled by keywords" in caplog.text
    (run,) = tracker.runs["title_clusters"]
    assert run.metrics["fallbacks"] == 1
    assert "castle, knight, moat" in run.texts["cluster_titles.csv"]


def test_the_same_title_twice_is_taken_once(store):
    model = ScriptedModel([reply("Castles"), reply("castles")])
    castle, cat = titled(clusters(CASTLES, CATS), store, model)
    assert castle["title"] == "Castles"
    assert cat["title"] == "kitten, paws, whiskers"
    assert cat["fallback_reason"] == "title: the same as of cluster 0"


def test_a_dead_endpoint_ends_the_step_and_finished_titles_are_kept(store):
    table = clusters(*[(word, "common") for word in "abcdefghij"])
    dead = ScriptedModel([*[reply(f"Title {n}") for n in range(8)], ModelError("does not answer")])
    with pytest.raises(ModelError, match="does not answer"):
        titled(table, store, dead)
    alive = ScriptedModel([reply("Title 8"), reply("Title 9")])
    rows = titled(table, store, alive)
    assert [row["title"] for row in rows] == [f"Title {n}" for n in range(10)]
    assert len(alive.requests) == 2


def test_no_clusters_need_no_model(store):
    model = ScriptedModel([])
    assert titled(clusters(), store, model) == []
    assert model.requests == []
