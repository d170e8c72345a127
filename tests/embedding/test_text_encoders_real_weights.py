"""The installed model, each way, against plain sentence-transformers on real words."""

import pickle
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from genai_session_analyzer.embedding import TextEncoderSettings, text_encoder
from genai_session_analyzer.embedding.model_folder import packaged_model
from genai_session_analyzer.embedding.similarity import overlap_at_k
from genai_session_analyzer.embedding.spark_batches import EMBEDDED, embedded_batches

pytestmark = pytest.mark.weights

SUBJECTS = ["a fox", "an old lighthouse", "a robot", "Marie Curie", "a bowl of ramen", "城", "été"]
STYLES = [
    "oil painting",
    "pixel art",
    "35mm photo, kodak portra",
    "",
    "trending on artstation " * 9,
]
MOODS = ["eerie, foggy", "joyful", "epic, god rays, 8k", "minimalist 🎨"]
TEXTS = [f"{subject}, {style} {mood}" for subject in SUBJECTS for style in STYLES for mood in MOODS]
EXTREMES = ["", "word " * 2000]


@pytest.fixture(scope="module")
def plain():
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    model = SentenceTransformer(str(packaged_model().path), device="cpu", local_files_only=True)
    return model.encode(TEXTS + EXTREMES, batch_size=32)


@pytest.mark.parametrize(
    ("kind", "least_cosine", "least_overlap"), [("onnx", 0.9999, 0.999), ("bfloat16", 0.999, 0.97)]
)
def test_fast_ways_find_the_same_neighbours(plain, tmp_path, kind, least_cosine, least_overlap):
    encoder = text_encoder(TextEncoderSettings(kind=kind, cache=tmp_path))
    vectors = encoder.encode(TEXTS + EXTREMES)
    assert (vectors * plain).sum(axis=1).min() >= least_cosine
    assert overlap_at_k(plain, vectors, 10) >= least_overlap


def test_it_travels_to_sparks_workers_pickled(plain, tmp_path):
    settings = TextEncoderSettings(kind="fastest", cache=tmp_path)
    encoder = pickle.loads(pickle.dumps(text_encoder(settings)))  # noqa: S301  (our own)
    batch = pa.RecordBatch.from_pydict({"prompt_id": ["a", "b"], "prompt_text": TEXTS[:2]})
    rows = pa.Table.from_batches(embedded_batches([batch], encoder), EMBEDDED).to_pylist()
    vectors = np.array([row["embedding"] for row in rows])
    assert (vectors * plain[:2]).sum(axis=1).min() >= 0.999
    assert rows[0]["model"] == "all-MiniLM-L6-v2"
    assert rows[0]["revision"].startswith("53aa51172d14")


def test_nothing_is_fetched_and_nothing_loaded_until_a_text_comes(tmp_path):
    encoder = text_encoder(TextEncoderSettings(kind="onnx", cache=tmp_path / "cache"))
    assert encoder.dimension == 384
    assert encoder.encode([]).shape == (0, 384)
    assert not Path(tmp_path / "cache").exists()
