"""Every way of computing a model against sentence-transformers itself, on a tiny random BERT."""

import logging
import pickle

import numpy as np
import pytest
from bert_folders import save_bert

from genai_session_analyzer.embedding import TextEncoder
from genai_session_analyzer.embedding.bfloat16_encoder import Bfloat16Encoder, multiplies_bfloat16
from genai_session_analyzer.embedding.model_folder import model_folder
from genai_session_analyzer.embedding.onnx_encoder import OnnxEncoder
from genai_session_analyzer.embedding.onnx_export import exported
from genai_session_analyzer.embedding.sentence_encoder import SentenceEncoder
from genai_session_analyzer.embedding.token_batches import BatchPlan
from genai_session_analyzer.errors import ModelError

TEXTS = [
    "a cat on a mat",
    "A CAT on the mat",
    "",
    "été 🎨 — ünïcode",
    "long " * 300,
    "x",
    "猫",
    "quantum foam, dark and eerie",
    "a cat on a mat",
]
CLOSE = {"onnx": 1e-5, "bfloat16": 0.05}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return model_folder(str(save_bert(tmp_path_factory.mktemp("models") / "tiny")))


@pytest.fixture(scope="module")
def plain(folder):
    """The vectors as a user of sentence-transformers gets them."""
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415

    model = SentenceTransformer(str(folder.path), device="cpu", local_files_only=True)
    return model.encode(TEXTS, batch_size=1, normalize_embeddings=True)


@pytest.fixture(scope="module")
def encoders(folder, tmp_path_factory):
    cache = tmp_path_factory.mktemp("cache")
    return {
        "torch": SentenceEncoder(folder, "cpu"),
        "onnx": OnnxEncoder(folder, cache, BatchPlan(threads=2, max_tokens=32, is_even=True)),
        "bfloat16": Bfloat16Encoder(folder, BatchPlan(threads=2, max_tokens=32)),
    }


@pytest.mark.parametrize("kind", ["torch", "onnx", "bfloat16"])
def test_vectors_are_those_of_sentence_transformers(encoders, plain, kind):
    vectors = encoders[kind].encode(TEXTS)
    assert vectors.shape == (len(TEXTS), 16)
    assert vectors.dtype == np.float32
    assert np.allclose(vectors, plain, atol=CLOSE.get(kind, 1e-6))
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    spread = np.linalg.norm(plain - plain.mean(axis=0), axis=1)
    assert spread.min() > 0.2  # else any vectors would be close


@pytest.mark.parametrize("kind", ["torch", "onnx", "bfloat16"])
def test_a_vector_does_not_depend_on_the_texts_beside_it(encoders, kind):
    encoder = encoders[kind]
    together = encoder.encode(TEXTS)
    reversed_order = encoder.encode(TEXTS[::-1])[::-1]
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    tolerance = 0 if kind == "bfloat16" else 1e-6
    assert np.abs(together - alone).max() <= tolerance
    assert np.abs(together - reversed_order).max() <= tolerance


@pytest.mark.parametrize("kind", ["torch", "onnx", "bfloat16"])
def test_each_is_a_text_encoder_that_travels_pickled(encoders, kind):
    encoder = encoders[kind]
    assert isinstance(encoder, TextEncoder)
    before = encoder.encode(TEXTS[:2])
    arrived = pickle.loads(pickle.dumps(encoder))  # noqa: S301  (our own)
    assert arrived == encoder
    assert len(pickle.dumps(encoder)) < 2000
    assert np.array_equal(arrived.encode(TEXTS[:2]), before)
    assert arrived.encode([]).shape == (0, 16)


def test_rounded_vectors_have_a_revision_of_their_own(encoders):
    assert encoders["torch"].revision == encoders["onnx"].revision
    assert encoders["bfloat16"].revision == f"{encoders['torch'].revision}-bf16"
    assert {encoder.model for encoder in encoders.values()} == {"tiny"}


def test_torch_keeps_its_threads(encoders):
    import torch  # noqa: PLC0415

    before = torch.get_num_threads()
    encoders["bfloat16"].encode(TEXTS)
    assert torch.get_num_threads() == before


def test_a_model_is_exported_once(folder, tmp_path):
    file = exported(folder, tmp_path)
    written = file.stat().st_mtime_ns
    assert exported(folder, tmp_path) == file
    assert file.stat().st_mtime_ns == written
    assert sorted(each.name for each in file.parent.iterdir()) == ["model.json", "model.onnx"]


def test_a_damaged_export_is_made_anew(folder, tmp_path, caplog):
    file = exported(folder, tmp_path)
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    with caplog.at_level(logging.WARNING):
        exported(folder, tmp_path)
    assert "exported again" in caplog.text
    assert len(file.read_bytes()) == len(whole)


def test_an_export_killed_before_its_record_is_made_anew(folder, tmp_path):
    file = exported(folder, tmp_path)
    file.with_suffix(".json").unlink()
    file.write_bytes(b"half a model")
    assert exported(folder, tmp_path).stat().st_size > 1000


def test_a_cache_that_cannot_be_written_is_one_clear_line(folder, tmp_path):
    (tmp_path / "cache").write_text("a file, no folder")
    with pytest.raises(ModelError, match="cannot be exported to"):
        exported(folder, tmp_path / "cache")


@pytest.mark.parametrize(
    "change",
    [{"modules": ["Transformer", "Pooling", "Dense"]}, {"pooling": "pooling_mode_cls_token"}],
)
def test_another_kind_of_model_is_refused(tmp_path, change):
    folder = model_folder(str(save_bert(tmp_path, **change)))
    with pytest.raises(ModelError, match="Choose kind: torch"):
        exported(folder, tmp_path / "cache")
    with pytest.raises(ModelError, match="kind bfloat16, which takes a BERT with mean pooling"):
        folder.require_mean_of_bert("bfloat16")


def test_damaged_weights_are_one_clear_line(tmp_path):
    path = save_bert(tmp_path / "damaged", seed=1)
    (path / "model.safetensors").write_bytes(b"damaged")
    encoder = Bfloat16Encoder(model_folder(str(path)))
    with pytest.raises(ModelError, match=r"weights of damaged in .* cannot be read"):
        encoder.encode(["a cat"])


def test_the_processor_says_whether_it_multiplies_bfloat16(tmp_path):
    processor = tmp_path / "cpuinfo"
    assert not multiplies_bfloat16(processor)
    processor.write_text("flags : fpu avx2 avx512f\n")
    assert not multiplies_bfloat16(processor)
    processor.write_text("flags : fpu avx2 avx512_bf16 avx512f\n")
    assert multiplies_bfloat16(processor)


def test_batches_on_every_device_of_this_machine_give_the_same_vectors(folder, plain):
    import torch  # noqa: PLC0415

    for device in ["cpu", *(["cuda"] if torch.cuda.is_available() else [])]:
        for batch_size in (None, 3):
            vectors = SentenceEncoder(folder, device, batch_size).encode(TEXTS * 40)
            assert np.allclose(vectors, np.tile(plain, (40, 1)), atol=1e-6), (device, batch_size)
