"""The step that embeds prompts: what it computes, what it leaves, what it tells."""

import ibis
import numpy as np
import pyarrow as pa
import pytest
from embedding_fakes import (
    DIMENSION,
    PARAMETERS,
    CountingEncoder,
    embedded,
    lakes,
    prompts,
)
from listed_runs import ListingTracker
from pydantic import ValidationError

from genai_session_analyzer.embedding import HashEncoder
from genai_session_analyzer.errors import ModelError, ResultStoreError
from genai_session_analyzer.model_results import Outcome, ResultStore
from genai_session_analyzer.pipelines.enrichment.embeddings import (
    EmbeddingParameters,
    embed_prompts,
)
from genai_session_analyzer.pipelines.enrichment.embeddings.nodes import embedding_configuration


@pytest.fixture
def store(tmp_path):
    with ResultStore(tmp_path / "results.sqlite") as opened:
        yield opened


@pytest.fixture
def tracker():
    return ListingTracker()


def by_id(rows):
    return {row["prompt_id"]: row for row in rows.to_pylist()}


def test_every_prompt_gets_its_vector(store, tracker):
    texts = lakes(30)
    rows = embedded(texts, store, tracker, CountingEncoder())
    assert rows.column_names == ["prompt_id", "embedding", "model", "revision", "mlflow_run_id"]
    assert rows.schema.field("embedding").type == pa.list_(pa.float32(), DIMENSION)
    assert rows["prompt_id"].to_pylist() == [f"p{number:04}" for number in range(30)]
    expected = HashEncoder(dimension=DIMENSION).encode(list(texts.values()))
    assert np.array_equal(np.array(rows["embedding"].to_pylist(), dtype=np.float32), expected)
    assert set(rows["mlflow_run_id"].to_pylist()) == {"embed_prompts-1"}
    assert set(rows["model"].to_pylist()) == {"counting"}


def test_short_prompts_come_first_in_even_batches(store, tracker):
    encoder = CountingEncoder()
    texts = lakes(30)
    embedded(texts, store, tracker, encoder)
    lengths = [len(text) for batch in encoder.asked for text in batch]
    assert lengths == sorted(len(text) for text in texts.values())
    assert [len(batch) for batch in encoder.asked] == [4] * 7 + [2]


def test_only_new_prompts_are_computed_and_rows_keep_the_run_that_did(store, tracker):
    embedded(lakes(10), store, tracker, CountingEncoder())
    encoder = CountingEncoder()
    rows = by_id(embedded(lakes(13), store, tracker, encoder))
    assert sorted(text for batch in encoder.asked for text in batch) == sorted(
        text for number, text in lakes(13).items() if number >= 10
    )
    assert rows["p0009"]["mlflow_run_id"] == "embed_prompts-1"
    assert rows["p0010"]["mlflow_run_id"] == "embed_prompts-2"
    metrics = tracker.runs[1].metrics
    assert (metrics["new"], metrics["cached"], metrics["failed"]) == (3, 10, 0)


def test_with_nothing_new_the_encoder_is_not_asked(store, tracker):
    first = embedded(lakes(10), store, tracker, CountingEncoder())
    encoder = CountingEncoder()
    assert embedded(lakes(10), store, tracker, encoder) == first
    assert encoder.asked == []
    assert tracker.runs[1].metrics["new"] == 0
    assert tracker.runs[1].metrics["cached"] == 10
    assert tracker.runs[1].artifacts == {}


def test_another_revision_computes_everything_again(store, tracker):
    embedded(lakes(10), store, tracker, CountingEncoder())
    encoder = CountingEncoder(revision="2")
    rows = embedded(lakes(10), store, tracker, encoder)
    assert sum(map(len, encoder.asked)) == 10
    assert set(rows["revision"].to_pylist()) == {"2"}
    back = CountingEncoder()
    embedded(lakes(10), store, tracker, back)
    assert back.asked == []


def test_prompts_that_are_gone_do_not_appear(store, tracker):
    embedded(lakes(10), store, tracker, CountingEncoder())
    rows = embedded(lakes(4), store, tracker, CountingEncoder())
    assert rows["prompt_id"].to_pylist() == ["p0000", "p0001", "p0002", "p0003"]


def test_no_prompts_are_no_rows(store, tracker):
    rows = embedded({}, store, tracker, CountingEncoder())
    assert rows.num_rows == 0
    assert tracker.runs[0].metrics["coverage"] == 1


def test_the_run_says_what_was_done(store, tracker):
    embedded(lakes(10), store, tracker, CountingEncoder())
    (run,) = tracker.runs
    assert run.parameters["model"] == "counting"
    assert run.parameters["revision"] == "1"
    assert run.parameters["batch_prompts"] == 4
    assert run.parameters["code_version"]
    assert run.metrics["coverage"] == 1
    assert run.metrics["items_per_s"] > 0
    assert run.metrics["tokens"] == sum(len(text.split()) for text in lakes(10).values())
    (dataset,) = run.datasets
    assert (dataset.name, dataset.row_count, len(dataset.digest)) == ("dim_prompts", 10, 64)
    assert run.artifacts["embeddings.parquet"].num_rows == 10


def test_the_datasets_digest_changes_with_the_prompts(store, tracker):
    for count in (10, 10, 11):
        embedded(lakes(count), store, tracker, CountingEncoder())
    first, second, third = (run.datasets[0].digest for run in tracker.runs)
    assert first == second != third


def test_many_embeddings_are_no_artifact(store, tracker):
    small = EmbeddingParameters(batch_prompts=4, max_artifact_rows=9)
    embedded(lakes(10), store, tracker, CountingEncoder(), small)
    assert tracker.runs[0].artifacts == {}


def test_a_prompt_without_a_vector_is_a_failure_and_no_row(store, tracker):
    texts = lakes(9) | {9: "something unspeakable"}
    rows = embedded(texts, store, tracker, CountingEncoder())
    assert rows.num_rows == 9
    (run,) = tracker.runs
    assert run.metrics["failed"] == 1
    assert run.metrics["coverage"] == pytest.approx(0.9)
    assert "p0009" in run.texts["failures.csv"]
    asked = []
    for _ in range(3):
        encoder = CountingEncoder()
        embedded(texts, store, tracker, encoder)
        asked.append(sum(map(len, encoder.asked)))
    assert asked == [1, 1, 0]


def test_vectors_of_another_shape_end_the_run(store, tracker):
    encoder = CountingEncoder()
    encoder.dimension = 12
    with pytest.raises(ModelError, match=r"shape \(4, 16\) for 4 prompts, expected 12"):
        embedded(lakes(10), store, tracker, encoder)


def test_a_kept_vector_of_another_length_is_one_clear_line(store, tracker):
    encoder = CountingEncoder()
    store.keep(embedding_configuration(encoder), [Outcome("p0001", b"1234")], "run")
    with pytest.raises(ResultStoreError, match=r"with \[4\] bytes, expected 64 .* Move the file"):
        embedded(lakes(3), store, tracker, encoder)


def test_an_encoder_that_dies_keeps_what_was_finished(store, tracker):
    class Dying(CountingEncoder):
        def encode(self, texts):
            if len(self.asked) == 2:
                raise ModelError("the model is gone")
            return super().encode(texts)

    with pytest.raises(ModelError):
        embedded(lakes(30), store, tracker, Dying())
    encoder = CountingEncoder()
    embedded(lakes(30), store, tracker, encoder)
    assert sum(map(len, encoder.asked)) == 30 - 8


def test_texts_come_in_stretches_that_leave_no_prompt_out(store, tracker):
    count = 70_000  # more than are held in memory at once
    texts = {number: f"lake {number}" for number in range(count)}
    large = EmbeddingParameters(batch_prompts=10_000, max_artifact_rows=0)
    rows = embedded(texts, store, tracker, CountingEncoder(), large)
    assert rows.num_rows == count
    expected = HashEncoder(dimension=DIMENSION).encode([f"lake {number}" for number in (0, 69_999)])
    for prompt_id, vector in zip(["p0000", "p69999"], expected.tolist(), strict=True):
        place = rows["prompt_id"].index(prompt_id).as_py()
        assert rows["embedding"][place].as_py() == vector


def test_duckdb_takes_the_stream(store, tracker):
    backend = ibis.duckdb.connect()
    reader = embed_prompts(prompts(lakes(10)), CountingEncoder(), store, tracker, PARAMETERS)
    backend.con.register("stream", reader)
    backend.con.execute("CREATE TABLE ftr_prompt_embeddings AS FROM stream")
    dtype = backend.table("ftr_prompt_embeddings").schema()["embedding"]
    assert str(dtype) == "array<float32, 16>"


@pytest.mark.parametrize("wrong", [{"batch_prompts": 0}, {"max_artifact_rows": -1}, {"batch": 1}])
def test_parameters_out_of_range_are_refused(wrong):
    with pytest.raises(ValidationError):
        EmbeddingParameters(**wrong)
