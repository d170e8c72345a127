"""Labels of a language model: what it is told, what its replies become, what is kept."""

import json
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from kedro.io import DataCatalog, MemoryDataset
from kedro.runner import SequentialRunner
from listed_runs import ListingTracker
from llm_rows import (
    LABEL,
    answer_of,
    asked_text,
    first_labels,
    labelled,
    prompt_id,
    prompts,
    ruled_model,
)

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model import ScriptedModel
from genai_session_analyzer.language_model.refusal import RequestRefusedError
from genai_session_analyzer.model_results import ResultStore
from genai_session_analyzer.pipelines.enrichment.labels.llm_parameters import (
    LanguageModelLabelParameters,
)
from genai_session_analyzer.pipelines.enrichment.labels.llm_pipeline import create_pipeline
from genai_session_analyzer.pipelines.enrichment.labels.llm_prompt import (
    LabelInstructions,
    load_template,
)
from genai_session_analyzer.pipelines.enrichment.labels.prompt_label import LABEL_FIELDS
from genai_session_analyzer.pipelines.enrichment.labels.table import LABEL_ROWS
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import load_taxonomy

TEXTS = [f"cat number {number} on a sofa" for number in range(10)]
GOOD = json.dumps(LABEL)


@pytest.fixture
def store(tmp_path):
    with ResultStore(tmp_path / "results.sqlite") as opened:
        yield opened


def instructions(max_tokens=256, max_prompt_chars=2000):
    return LabelInstructions(load_template(), load_taxonomy(), max_tokens, max_prompt_chars)


def test_labels_come_with_their_origin(store):
    tracker = ListingTracker()
    table = labelled(TEXTS, ruled_model(), store, tracker)
    assert table.schema == LABEL_ROWS
    rows = {row["prompt_id"]: row for row in table.to_pylist()}
    for text in TEXTS:
        row = rows[prompt_id(text)]
        assert {name: row[name] for name in LABEL_FIELDS} == answer_of(text)
        assert row["labeler"] == "language_model"
        assert row["model"] == "scripted"
        assert row["prompt_version"] == instructions().version
        assert row["parse_status"] == "ok"
        assert row["mlflow_run_id"] == tracker.runs[0].run_id
        assert row["domain_confidence"] is None  # nobody has measured this model


def test_a_measured_accuracy_becomes_the_confidence(store):
    labelled(TEXTS, ruled_model(), store)
    again = ScriptedModel(["no", "no"])  # measuring it later asks nothing anew
    texts = [*TEXTS, "something else"]
    table = labelled(texts, again, store, measured_accuracy={"domain": 0.75})
    assert len(again.requests) == 2
    for row in table.to_pylist():
        assert row["domain_confidence"] == (None if row["parse_status"] == "failed" else 0.75)
        assert row["mood_confidence"] is None


def test_nothing_new_asks_nothing(store):
    first = labelled(TEXTS, ruled_model(), store)
    again = ScriptedModel([])
    tracker = ListingTracker()
    assert labelled(TEXTS, again, store, tracker) == first
    assert again.requests == []
    assert tracker.runs[0].metrics["cached"] == len(TEXTS)
    assert set(first["mlflow_run_id"].to_pylist()) == {"label_with_language_model-1"}


def test_another_revision_or_limit_is_asked_anew(store):
    labelled(TEXTS, ruled_model(), store)
    for model, changed in ((ruled_model(revision="2"), {}), (ruled_model(), {"max_tokens": 300})):
        labelled(TEXTS, model, store, **changed)
        assert len(model.requests) == len(TEXTS)


def test_an_invalid_reply_is_repaired_once_and_told_what_was_wrong(store):
    model = ScriptedModel([json.dumps(LABEL | {"mood": "sleepy"}), GOOD])
    tracker = ListingTracker()
    table = labelled(TEXTS[:1], model, store, tracker)
    assert table["parse_status"].to_pylist() == ["repaired"]
    complaint = model.requests[1].messages[-1]
    assert complaint.role == "user"
    assert "mood" in complaint.content
    assert model.requests[1].messages[-2].content == json.dumps(LABEL | {"mood": "sleepy"})
    assert tracker.runs[0].metrics["parse_repaired"] == 1
    assert tracker.runs[0].metrics["requests"] == 2


def test_what_stays_invalid_has_failed_and_has_no_label(store):
    model = ScriptedModel(lambda _: "I cannot say.")
    tracker = ListingTracker()
    table = labelled(TEXTS[:3], model, store, tracker)
    assert len(model.requests) == 6
    for row in table.to_pylist():
        assert row["parse_status"] == "failed"
        assert all(row[name] is None for name in LABEL_FIELDS)
    metrics = tracker.runs[0].metrics
    assert (metrics["parse_failed"], metrics["failed"], metrics["coverage"]) == (3, 3, 0)
    sample = [json.loads(line) for line in tracker.runs[0].texts["failures.jsonl"].splitlines()]
    assert {each["prompt_text"] for each in sample} == set(TEXTS[:3])
    assert all("no JSON object" in each["error"] for each in sample)


def test_what_fails_again_and_again_is_left_alone(store):
    model = ScriptedModel(lambda _: "no")
    for _ in range(5):
        labelled(TEXTS[:1], model, store)
    assert len(model.requests) == 2 * 3


def test_a_refused_prompt_fails_and_the_others_are_labelled(store):
    def answer(request):
        if "number 3" in asked_text(request):
            raise RequestRefusedError("too long")
        return GOOD

    table = labelled(TEXTS, ScriptedModel(answer), store)
    failed = {row["prompt_id"] for row in table.to_pylist() if row["parse_status"] == "failed"}
    assert failed == {prompt_id(TEXTS[3])}


def test_a_model_that_refuses_everything_ends_the_step(store):
    def refuse(_):
        raise RequestRefusedError("no such model")

    with pytest.raises(ModelError, match="no such model"):
        labelled(TEXTS, ScriptedModel(refuse), store)


def test_a_dead_endpoint_ends_with_one_line_and_keeps_finished_batches(store):
    answered = []
    lock = threading.Lock()

    def answer(request):
        with lock:
            answered.append(request)
            if len(answered) > 8:
                raise ModelError("The language model at host:1/v1 cannot be reached.")
        return json.dumps(answer_of(asked_text(request)))

    tracker = ListingTracker()
    with pytest.raises(ModelError, match="cannot be reached"):
        labelled(TEXTS, ScriptedModel(answer), store, tracker, batch_size=4)
    assert tracker.runs[0].metrics["prompt_tokens"] > 0
    model = ruled_model()
    table = labelled(TEXTS, model, store, batch_size=4)
    assert len(model.requests) == 2
    assert table.num_rows == len(TEXTS)


def test_results_do_not_depend_on_order_batches_or_threads(tmp_path):
    def run(texts, name, **parameters):
        with ResultStore(tmp_path / name) as store:
            return labelled(texts, ruled_model(), store, **parameters)

    expected = run(TEXTS, "a")
    assert run(TEXTS[::-1], "b", batch_size=7, concurrency=5) == expected
    assert run(TEXTS, "c", batch_size=1, concurrency=1) == expected


def test_requests_are_under_way_together_but_no_more_than_allowed(store):
    lock = threading.Lock()
    under_way, most = [0], [0]

    def answer(_):
        with lock:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
        time.sleep(0.02)
        with lock:
            under_way[0] -= 1
        return GOOD

    labelled(TEXTS, ScriptedModel(answer), store, batch_size=10, concurrency=3)
    assert 2 <= most[0] <= 3


def test_tokens_and_cost_are_told(store):
    tracker = ListingTracker()
    model = ruled_model()
    labelled(
        TEXTS,
        model,
        store,
        tracker,
        price_per_million_prompt_tokens=2.0,
        price_per_million_completion_tokens=10.0,
    )
    words = sum(len(m.content.split()) for each in model.requests for m in each.messages)
    replied = sum(len(json.dumps(answer_of(text)).split()) for text in TEXTS)
    metrics = tracker.runs[0].metrics
    assert metrics["prompt_tokens"] == words
    assert metrics["completion_tokens"] == replied
    assert metrics["cost"] == pytest.approx((2.0 * words + 10.0 * replied) / 1e6)


def test_agreement_with_labeler_1_is_told_per_field(store):
    tracker = ListingTracker()
    labelled(TEXTS, ruled_model(), store, tracker)
    metrics = tracker.runs[0].metrics
    assert metrics["agreement_domain"] == 1.0
    expected = sum(len(text.split()) == 2 for text in TEXTS) / len(TEXTS)
    assert metrics["agreement_complexity_score"] == expected
    assert "agreement_subject" not in metrics


def test_parameters_and_dataset_are_told(store):
    tracker = ListingTracker()
    labelled(TEXTS, ruled_model(), store, tracker)
    told = tracker.runs[0].parameters
    assert told["model"] == "scripted"
    assert told["prompt_version"] == instructions().version
    assert {"revision", "taxonomy_version", "code_version", "batch_size"} <= set(told)
    assert tracker.runs[0].datasets[0].row_count == len(TEXTS)


def test_select_none_needs_no_model_and_makes_no_run(store):
    tracker = ListingTracker()
    table = labelled(TEXTS, None, store, tracker, select="none")
    assert table.num_rows == 0
    assert table.schema == LABEL_ROWS
    assert tracker.runs == []


def test_asking_without_a_model_is_an_error_that_names_the_remedy(store):
    with pytest.raises(ModelError, match="GSA_LLM_BACKEND"):
        labelled(TEXTS, None, store)


def test_the_pipeline_runs_in_kedro(store):
    model, parameters = ruled_model(), LanguageModelLabelParameters(select="sample")
    given = {
        "dim_prompts": prompts(TEXTS),
        "lexicon_labels": first_labels(TEXTS),
        "language_model": model,
        "result_store": store,
        "tracker": ListingTracker(),
        "params:language_model_labels": parameters,
    }
    catalog = DataCatalog(
        {name: MemoryDataset(value, copy_mode="assign") for name, value in given.items()}
        | {"language_model_labeling": MemoryDataset(copy_mode="assign")}
    )
    pipeline = create_pipeline()
    SequentialRunner().run(pipeline.to_outputs("language_model_labels"), catalog)
    labels = catalog["language_model_labels"].load()
    assert labels.num_rows == len(TEXTS)
    assert pipeline.outputs() == {"ftr_prompt_labels"}


@pytest.mark.parametrize("stopped_at", range(1, 11))
def test_a_run_that_was_stopped_anywhere_ends_up_like_one_that_was_not(tmp_path, stopped_at):
    class Stopped(BaseException):
        pass

    lock = threading.Lock()
    asked = []

    def answer(request):
        with lock:
            asked.append(request)
            if len(asked) == stopped_at:
                raise Stopped
        return json.dumps(answer_of(asked_text(request)))

    with ResultStore(tmp_path / "stopped") as store:
        with pytest.raises(Stopped):
            labelled(TEXTS, ScriptedModel(answer), store, batch_size=3)
        rest = ruled_model()
        resumed = labelled(TEXTS, rest, store, batch_size=3)
    kept = len(TEXTS) - len(rest.requests)
    assert kept >= stopped_at - 3
    with ResultStore(tmp_path / "whole") as store:
        whole = labelled(TEXTS, ruled_model(), store)
    columns = [name for name in LABEL_ROWS.names if name != "mlflow_run_id"]
    assert resumed.select(columns) == whole.select(columns)


@pytest.mark.soak
def test_killed_again_and_again_it_still_gets_done(tmp_path):
    script = Path(__file__).with_name("llm_label_slowly.py")
    path = tmp_path / "results.sqlite"
    chance = random.Random(7)  # noqa: S311
    kills = 0
    while kills < 50:
        child = subprocess.Popen([sys.executable, str(script), str(path)])
        try:
            assert child.wait(chance.uniform(2.0, 6.0)) == 0
            break
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
            child.wait()
            kills += 1
    assert kills > 0
    texts = [f"cat number {number} on a sofa" for number in range(200)]
    model = ruled_model()
    with ResultStore(path) as store:
        resumed = labelled(texts, model, store, max_prompts=1000)
    assert model.requests == []
    with ResultStore(tmp_path / "whole") as store:
        whole = labelled(texts, ruled_model(), store, max_prompts=1000)
    columns = [name for name in LABEL_ROWS.names if name != "mlflow_run_id"]
    assert resumed.select(columns) == whole.select(columns)
