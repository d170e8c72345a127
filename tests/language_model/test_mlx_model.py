"""MLX for real, on the smallest Qwen2 it takes: random weights in float32, letters as tokens."""

import shutil
import threading

import pytest

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model import LanguageModel, Message, Request
from genai_session_analyzer.language_model.mlx import MlxModel

pytestmark = pytest.mark.mlx
QUESTION = Request((Message("user", "hello"),), max_tokens=12)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder as mlx-lm wants it: configuration, weights and tokenizer."""
    pytest.importorskip("mlx_lm", reason="the extra `mlx` is not installed")
    from tiny_qwen import write_tiny_qwen  # noqa: PLC0415  # needs MLX

    return write_tiny_qwen(tmp_path_factory.mktemp("models") / "tiny-qwen")


@pytest.fixture(scope="module")
def model(folder):
    return MlxModel(str(folder))


def test_a_forward_pass_gives_tokens(model):
    assert isinstance(model, LanguageModel)
    reply = model.generate(QUESTION)
    assert reply.text
    assert 1 <= reply.completion_tokens <= 12
    assert reply.prompt_tokens > len("hello")
    assert reply.finish_reason in ("stop", "length")


def test_the_likeliest_reply_is_the_same_every_time_in_every_thread(model):
    expected = model.generate(QUESTION).text
    replies = []
    threads = [
        threading.Thread(target=lambda: replies.append(model.generate(QUESTION).text))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert replies == [expected] * 3


def test_the_seed_decides_what_is_sampled(model):
    def sampled(seed):
        return model.generate(
            Request(QUESTION.messages, max_tokens=24, temperature=3.0, seed=seed)
        ).text

    assert sampled(1) == sampled(1)
    assert len({sampled(seed) for seed in range(4)}) > 1


def test_the_stream_says_what_the_whole_reply_says(model):
    assert "".join(model.stream(QUESTION, threading.Event())) == model.generate(QUESTION).text


def test_a_cancelled_stream_ends_and_frees_the_model(model):
    cancelled = threading.Event()
    asked = Request(QUESTION.messages, max_tokens=100_000, temperature=3.0)
    arriving = model.stream(asked, cancelled)
    next(arriving)
    cancelled.set()
    assert list(arriving) == []
    assert model.generate(QUESTION).text


def test_the_schema_is_said_in_words(model):
    asked = Request(QUESTION.messages, max_tokens=1, json_schema={"type": "object"})
    assert model.generate(asked).prompt_tokens > model.generate(QUESTION).prompt_tokens
    assert not model.capabilities.enforces_json_schema


def test_a_slow_reply_is_given_up(folder):
    with pytest.raises(ModelError, match="Raise timeout_s"):
        MlxModel(str(folder), timeout_s=1e-6).generate(QUESTION)


def test_other_weights_are_another_revision(model, folder, tmp_path):
    copy = shutil.copytree(folder, tmp_path / "copy")
    assert MlxModel(str(copy)).revision == model.revision
    weights = copy / "model.safetensors"
    weights.write_bytes(weights.read_bytes()[:-4] + b"\0\0\0\1")
    assert MlxModel(str(copy)).revision != model.revision


def test_missing_and_damaged_models_end_with_one_line(tmp_path):
    with pytest.raises(ModelError, match="GSA_LLM_MODEL") as caught:
        MlxModel("no/such/folder").generate(QUESTION)
    assert "\n" not in str(caught.value)
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match="whole folder"):
        MlxModel(str(tmp_path)).generate(QUESTION)
