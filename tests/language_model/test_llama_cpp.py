"""llama.cpp for real, on a model of random weights: its words mean nothing, its manners do."""

import json
import os
import subprocess
import threading
import time
from pathlib import Path

import pytest
from tiny_gguf import write_tiny_gguf

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model import LanguageModel, Message, Request
from genai_session_analyzer.language_model.llama_cpp import LlamaCppModel
from genai_session_analyzer.language_model.llama_cpp_engine import default_thread_count
from genai_session_analyzer.language_model.refusal import RequestRefusedError

pytest.importorskip("xllamacpp", reason="the extra `llama` is not installed")
QUESTION = Request((Message("user", "Hello?"),), max_tokens=16)
SCHEMA = {
    "type": "object",
    "properties": {
        "z": {"type": "string", "maxLength": 5},
        "kind": {"enum": ["red panda", "bus"], "type": "string"},
        "score": {"type": "integer", "minimum": 1, "maximum": 5},
        "a": {"type": "boolean"},
    },
    "required": ["z", "kind", "score", "a"],
    "additionalProperties": False,
}


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    path = write_tiny_gguf(tmp_path_factory.mktemp("gguf") / "tiny.gguf")
    return LlamaCppModel(path, threads=1, context_tokens=2048)


def test_asking_what_it_can_do_loads_nothing(tmp_path):
    model = LlamaCppModel(tmp_path / "absent.gguf")
    assert model.name == "absent"
    assert model.capabilities.enforces_json_schema


def test_tokens_are_counted_and_the_reply_is_cut_off(model):
    assert isinstance(model, LanguageModel)
    reply = model.generate(QUESTION)
    assert reply.completion_tokens == 16
    assert reply.prompt_tokens > 10
    assert reply.finish_reason == "length"
    assert reply.seconds > 0


def test_the_likeliest_reply_is_the_same_every_time_whatever_came_between(model):
    first = model.generate(QUESTION).text
    model.generate(Request((Message("user", "Something else altogether"),), max_tokens=8))
    assert model.generate(QUESTION).text == first


def test_a_reply_does_not_depend_on_the_questions_before(model):
    opening = (Message("system", "Say something. " * 40), Message("user", "Hi"))
    opening += (Message("assistant", "Hello"),)
    texts = [f"{'question ' * number}?" for number in range(1, 9)]

    def asked(text):
        return Request((*opening, Message("user", text)), max_tokens=24)

    def replies(fresh, order):
        return {text: fresh.generate(asked(text)).text for text in order}

    one, other = (LlamaCppModel(model.path, threads=1) for _ in range(2))
    expected = replies(one, texts)
    other.generate(Request((Message("system", "Other"), Message("user", "x")), max_tokens=4))
    first = asked(texts[0])
    repair = (Message("assistant", "bad"), Message("user", "Again."))
    other.generate(Request((*first.messages, *repair), max_tokens=4))
    assert replies(other, texts[::-1]) == expected
    assert replies(one, texts[3:]) == {text: expected[text] for text in texts[3:]}


@pytest.mark.parametrize("seed", range(3))
def test_even_random_weights_keep_to_the_schema(model, seed):
    asked = Request(
        QUESTION.messages, max_tokens=200, temperature=1.5, seed=seed, json_schema=SCHEMA
    )
    answer = json.loads(model.generate(asked).text)
    assert list(answer) == ["z", "kind", "score", "a"]
    assert answer["kind"] in ("red panda", "bus")
    assert 1 <= answer["score"] <= 5


def test_the_stream_says_what_the_whole_reply_says(model):
    asked = Request(QUESTION.messages, max_tokens=60, json_schema=SCHEMA)
    pieces = list(model.stream(asked, threading.Event()))
    assert len(pieces) > 5
    assert "".join(pieces) == model.generate(asked).text


def test_a_cancelled_stream_frees_the_model(model):
    cancelled = threading.Event()
    arriving = model.stream(Request(QUESTION.messages, max_tokens=1900), cancelled)
    next(arriving)
    cancelled.set()
    started = time.perf_counter()
    assert list(arriving) == []
    model.generate(Request(QUESTION.messages, max_tokens=1))
    assert time.perf_counter() - started < 2


def test_threads_take_turns(model):
    replies = {}

    def ask(number):
        replies[number] = model.generate(QUESTION).text

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(replies.values()) == {model.generate(QUESTION).text}


def test_a_conversation_longer_than_the_context_is_a_refusal_of_that_request(model):
    with pytest.raises(RequestRefusedError, match="2048"):
        model.generate(Request((Message("user", "x" * 4000),), max_tokens=4))
    assert model.generate(QUESTION).text


def test_a_slow_reply_is_given_up(model):
    hurried = LlamaCppModel(model.path, threads=1, timeout_s=1e-6)
    with pytest.raises(ModelError, match="Raise timeout_s"):
        hurried.generate(QUESTION)


def test_missing_and_damaged_files_end_with_one_line(tmp_path):
    absent = LlamaCppModel(tmp_path / "absent.gguf")
    with pytest.raises(ModelError, match="GSA_LLM_MODEL"):
        absent.generate(QUESTION)
    with pytest.raises(ModelError, match="GSA_LLM_MODEL"):
        _ = absent.revision
    damaged = tmp_path / "damaged.gguf"
    damaged.write_bytes(write_tiny_gguf(tmp_path / "whole.gguf").read_bytes()[:20_000])
    with pytest.raises(ModelError, match="whole GGUF file") as caught:
        LlamaCppModel(damaged).generate(QUESTION)
    assert "\n" not in str(caught.value)


def test_other_weights_are_another_revision(model, tmp_path):
    assert LlamaCppModel(write_tiny_gguf(tmp_path / "tiny.gguf")).revision == model.revision
    assert LlamaCppModel(write_tiny_gguf(tmp_path / "tiny.gguf", 1)).revision != model.revision


def test_its_port_is_closed_to_strangers(model):
    model.generate(QUESTION)
    address = model._loaded.listening_address
    assert address.startswith("http://127.0.0.1:")
    asked = ["curl", "-s", "-o", os.devnull, "-w", "%{http_code}", f"{address}/v1/models"]
    answered = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert answered.stdout == "401"


def test_one_core_stays_free():
    assert 1 <= default_thread_count() <= max(1, (os.cpu_count() or 1) - 1)


@pytest.mark.weights
def test_a_real_model_answers_a_plain_question():
    path = os.environ.get("GSA_LLM_MODEL", "")
    if not path.endswith(".gguf") or not Path(path).is_file():
        pytest.skip("GSA_LLM_MODEL names no GGUF file")
    question = Request((Message("user", "Capital of France? One word."),), max_tokens=8)
    assert "paris" in LlamaCppModel(Path(path)).generate(question).text.lower()
