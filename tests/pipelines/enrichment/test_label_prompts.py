"""The step that labels prompts: what it computes, what it leaves, what it tells."""

import hashlib

import pytest
import yaml
from label_fakes import TEXTS, AnchorEncoder, RememberingTracker, labelled

from genai_session_analyzer.model_results import ResultStore
from genai_session_analyzer.pipelines.enrichment.labels.table import LABEL_ROWS
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import load_taxonomy
from genai_session_analyzer.schema.values import ART_STYLES, DOMAINS, MOODS


@pytest.fixture
def store(tmp_path):
    with ResultStore(tmp_path / "results.sqlite") as opened:
        yield opened


@pytest.fixture
def tracker():
    return RememberingTracker()


def by_id(rows):
    return {row["prompt_id"]: row for row in rows.to_pylist()}


def test_every_prompt_gets_a_whole_label(store, tracker):
    rows = labelled(TEXTS, store, tracker)
    assert rows.schema == LABEL_ROWS
    assert rows["prompt_id"].to_pylist() == sorted(TEXTS)
    for row in rows.to_pylist():
        assert row["domain"] in DOMAINS
        assert row["art_style"] in ART_STYLES
        assert row["mood"] in MOODS
        assert 1 <= row["complexity_score"] <= 5
        confidences = [value for name, value in row.items() if name.endswith("_confidence")]
        assert len(confidences) == 8
        assert all(0 <= value <= 1 for value in confidences)
        assert row["parse_status"] == "ok"
        assert row["mlflow_run_id"] == "label_prompts-1"


def test_what_is_said_outright_is_what_is_labelled(store, tracker):
    rows = by_id(labelled(TEXTS, store, tracker))
    assert rows["p0"]["domain"] == "fanart"
    assert rows["p1"]["art_style"] == "watercolor"
    assert (rows["p1"]["setting"], rows["p1"]["lighting"]) == ("river or lake", "golden hour")
    assert (rows["p2"]["domain"], rows["p2"]["art_style"]) == ("scifi", "3d render")
    assert (rows["p3"]["domain"], rows["p3"]["subject"]) == ("animal", "cat")
    assert (rows["p5"]["art_style"], rows["p5"]["lighting"]) == ("oil painting", "firelight")


def test_content_ids_tell_labelings_and_prompts_apart(store, tracker):
    rows = labelled(TEXTS, store, tracker)
    ids = rows["content_id"].to_pylist()
    assert len(set(ids)) == len(TEXTS)
    assert all(len(each) == len(hashlib.sha256().hexdigest()) for each in ids)


def test_only_new_prompts_are_labelled_and_rows_keep_the_run_that_did(store, tracker):
    some = {name: TEXTS[name] for name in ("p0", "p1", "p2")}
    labelled(some, store, tracker)
    rows = by_id(labelled(TEXTS, store, tracker))
    assert {name: row["mlflow_run_id"][-1] for name, row in rows.items()} == {
        name: "1" if name in some else "2" for name in TEXTS
    }
    metrics = tracker.runs[1].metrics
    assert (metrics["new"], metrics["cached"], metrics["failed"]) == (3, 3, 0)


def test_with_nothing_new_the_encoder_is_not_asked(store, tracker):
    first = labelled(TEXTS, store, tracker)
    encoder = AnchorEncoder()
    assert labelled(TEXTS, store, tracker, encoder) == first
    assert encoder.asked == 0


def test_a_changed_synonym_labels_anew(store, tracker, tmp_path):
    before = by_id(labelled(TEXTS, store, tracker))
    taxonomy = load_taxonomy().model_dump(mode="json")
    taxonomy["fields"]["setting"]["beach"]["synonyms"].append("neon city")
    path = tmp_path / "taxonomy.yml"
    path.write_text(yaml.safe_dump(taxonomy), encoding="utf-8")
    after = by_id(labelled(TEXTS, store, tracker, taxonomy=path))
    assert tracker.runs[1].metrics["new"] == len(TEXTS)
    assert before["p2"]["prompt_version"] != after["p2"]["prompt_version"]
    assert (
        labelled(TEXTS, store, tracker)["prompt_version"][0].as_py()
        == (before["p0"]["prompt_version"])
    )
    assert tracker.runs[2].metrics["new"] == 0


def test_prompts_that_are_gone_do_not_appear(store, tracker):
    labelled(TEXTS, store, tracker)
    rows = labelled({"p3": TEXTS["p3"]}, store, tracker)
    assert rows["prompt_id"].to_pylist() == ["p3"]


def test_a_prompt_without_embedding_fails_and_is_labelled_once_it_has_one(store, tracker):
    rows = by_id(labelled(TEXTS, store, tracker, without=["p3"]))
    assert rows["p3"]["parse_status"] == "failed"
    assert rows["p3"]["domain"] is None
    assert rows["p3"]["labeler"] == "lexicon"
    assert tracker.runs[0].metrics["failed"] == 1
    rows = by_id(labelled(TEXTS, store, tracker))
    assert rows["p3"]["domain"] == "animal"
    assert tracker.runs[1].metrics["new"] == 1


def test_labels_do_not_depend_on_the_batch(store, tracker, tmp_path):
    with ResultStore(tmp_path / "other.sqlite") as other:
        one = labelled(TEXTS, store, tracker, batch_prompts=1)
        all_at_once = labelled(TEXTS, other, RememberingTracker(), batch_prompts=100)
    assert one == all_at_once


def test_no_prompts_are_no_rows(store, tracker):
    assert labelled({}, store, tracker).num_rows == 0


def test_shares_coverage_and_drift_are_told(store, tracker):
    labelled({"p0": TEXTS["p0"]}, store, tracker)
    first = tracker.runs[0].metrics
    assert first["domain.fanart"] == 1.0
    assert first["coverage.domain"] == 1.0
    assert "drift.domain" not in first
    labelled({"p0": TEXTS["p0"], "p3": TEXTS["p3"]}, store, tracker)
    second = tracker.runs[1].metrics
    assert second["domain.fanart"] == second["domain.animal"] == 0.5
    assert second["drift.domain"] == 0.5


def test_taxonomy_and_a_sample_of_unknowns_are_kept_with_the_run(store, tracker):
    labelled(TEXTS, store, tracker, without=["p3"])
    texts = tracker.runs[0].texts
    assert yaml.safe_load(texts["taxonomy.yml"])["version"] == load_taxonomy().version
    assert "photo of a cat" in texts["unknown_or_failed.csv"]


def test_gold_scores_and_confusion_matrices_are_told_where_labelled_prompts_are(
    store, tracker, tmp_path
):
    rows = [
        "prompt,domain_a,domain_b,art_style_a,art_style_b,mood_a,mood_b,"
        "complexity_a,complexity_b,nsfw_a,nsfw_b",
        '"a cat, photo",animal,animal,photography,photography,neutral,neutral,1,1,0,0',
        '"Barack Obama, photo",fanart,portrait,photography,photography,neutral,neutral,1,1,0,0',
    ]
    path = tmp_path / "gold.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    labelled(TEXTS, store, tracker, gold_labels=path)
    run = tracker.runs[0]
    assert run.metrics["gold.domain"] == 0.75  # one annotator of two differs once
    assert run.metrics["gold.art_style"] == 1.0
    table = [line.split(",") for line in run.texts["confusion_domain.csv"].splitlines()]
    given = table[0].index("fanart")
    assert {row[0]: float(row[given]) for row in table[1:] if float(row[given])} == {
        "fanart": 0.5,
        "portrait": 0.5,
    }
    assert "<table>" in run.texts["confusion_mood.html"]
    labelled(TEXTS, store, tracker, gold_labels=path)
    assert "gold.domain" not in tracker.runs[1].metrics  # nothing new, no model work
