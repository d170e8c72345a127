"""The chat format against a real server of it: llama.cpp's own, on a model of random weights."""

import json
import threading

import pytest
from pydantic import SecretStr
from tiny_gguf import write_tiny_gguf

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model import Message, Request
from genai_session_analyzer.language_model.openai_compatible import OpenAICompatibleModel

xllamacpp = pytest.importorskip("xllamacpp", reason="the extra `llama` is not installed")
KEY = "the-servers-key"
SCHEMA = {
    "type": "object",
    "properties": {
        "kind": {"type": "string", "enum": ["red panda", "bus"]},
        "score": {"type": "integer", "minimum": 1, "maximum": 5},
    },
    "required": ["kind", "score"],
    "additionalProperties": False,
}
QUESTION = Request((Message("user", "Hello?"),), max_tokens=120, json_schema=SCHEMA)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    parameters = xllamacpp.CommonParams()
    path = write_tiny_gguf(tmp_path_factory.mktemp("gguf") / "tiny.gguf")
    parameters.model.path = str(path)
    parameters.n_ctx = 1024
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1
    parameters.verbosity = -1
    parameters.warmup = False
    parameters.api_keys = [KEY]
    server = xllamacpp.Server(parameters)
    yield f"{server.listening_address}/v1"
    del server


@pytest.fixture
def model(address):
    model = OpenAICompatibleModel(address, "tiny", SecretStr(KEY))
    yield model
    model.close()


def test_it_answers_with_tokens_and_keeps_to_the_schema(model):
    reply = model.generate(QUESTION)
    answer = json.loads(reply.text)
    assert answer["kind"] in ("red panda", "bus")
    assert 1 <= answer["score"] <= 5
    assert reply.prompt_tokens > 0
    assert reply.completion_tokens > 0
    assert reply.finish_reason == "stop"


def test_the_stream_says_what_the_whole_reply_says(model):
    pieces = list(model.stream(QUESTION, threading.Event()))
    assert len(pieces) > 3
    assert json.loads("".join(pieces)) == json.loads(model.generate(QUESTION).text)


def test_a_wrong_key_is_told_of(address):
    model = OpenAICompatibleModel(address, "tiny", SecretStr("another-key"))
    with pytest.raises(ModelError, match=r"401.*GSA_LLM_API_KEY"):
        model.generate(QUESTION)
    model.close()
