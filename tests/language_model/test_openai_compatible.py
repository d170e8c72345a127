"""The chat format against a real server on loopback that misbehaves."""

import json
import logging
import threading
import time
import traceback
from contextlib import contextmanager

import pytest
from chat_server import piece, serving
from pydantic import SecretStr

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model import LanguageModel, Message, Request
from genai_session_analyzer.language_model.openai_compatible import OpenAICompatibleModel
from genai_session_analyzer.language_model.refusal import RequestRefusedError
from genai_session_analyzer.language_model.retries import Limits

KEY = "sk-very-secret-0123456789"
QUICK = Limits(timeout_s=5.0, max_retries=3, first_wait_s=0.01)
QUESTION = Request((Message("system", "Be brief."), Message("user", "Hello?")))
SCHEMA = {
    "type": "object",
    "properties": {"a": {"type": "string", "minLength": 1}},
    "required": ["a"],
}


@contextmanager
def model_of(behave, limits=QUICK, key=KEY):
    with serving(behave) as server:
        model = OpenAICompatibleModel(server.base_url, "m", SecretStr(key), limits=limits)
        try:
            yield model, server
        finally:
            model.close()


def test_a_reply_with_its_tokens():
    with model_of(lambda each: each.reply("Hi.")) as (model, server):
        assert isinstance(model, LanguageModel)
        reply = model.generate(QUESTION)
    assert (reply.text, reply.prompt_tokens, reply.completion_tokens) == ("Hi.", 11, 7)
    assert reply.finish_reason == "stop"
    assert server.bodies[0]["messages"][1] == {"role": "user", "content": "Hello?"}
    assert server.bodies[0]["model"] == "m"
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"


@pytest.mark.parametrize("status", [429, 500, 502, 503, 529])
def test_a_server_in_trouble_is_asked_again(status):
    def behave(each):
        if each.number < 3:
            each.refuse("trouble", status)
        else:
            each.reply("Hi.")

    with model_of(behave) as (model, server):
        assert model.generate(QUESTION).text == "Hi."
    assert len(server.bodies) == 3


def test_retry_after_is_honoured():
    def behave(each):
        if each.number == 1:
            each.answer({"error": "slow down"}, 429, [("Retry-After", "0.4")])
        else:
            each.reply("Hi.")

    with model_of(behave) as (model, _):
        started = time.perf_counter()
        model.generate(QUESTION)
    assert time.perf_counter() - started >= 0.4


def test_a_wait_of_hours_is_not_waited_for():
    def behave(each):
        each.answer({"error": "quota"}, 429, [("Retry-After", "3600")])

    with model_of(behave) as (model, server), pytest.raises(ModelError, match="3600 s"):
        model.generate(QUESTION)
    assert len(server.bodies) == 1


def test_a_server_that_stays_broken_ends_with_one_line():
    broken = model_of(lambda each: each.refuse("no\nGPU", 503))
    with broken as (model, server), pytest.raises(ModelError) as caught:
        model.generate(QUESTION)
    message = str(caught.value)
    assert "503: no GPU" in message
    assert "4 times" in message
    assert "\n" not in message
    assert len(server.bodies) == 4


def test_nobody_there():
    model = OpenAICompatibleModel("http://127.0.0.1:9/v1", "m", limits=QUICK)
    with pytest.raises(ModelError, match=r"127\.0\.0\.1:9/v1 cannot be reached.*run again"):
        model.generate(QUESTION)
    model.close()


def test_a_hanging_server_is_given_up_after_one_more_attempt():
    limits = Limits(timeout_s=0.2, max_retries=3, first_wait_s=0.01)
    with model_of(lambda each: each.hang(), limits) as (model, server):
        started = time.perf_counter()
        with pytest.raises(ModelError, match="did not answer within"):
            model.generate(QUESTION)
        assert time.perf_counter() - started < 3
    assert len(server.bodies) == 2


def test_a_dripping_server_is_given_up_although_no_pause_is_long():
    def drip(each):
        each.stream(*[" "] * 100, pause_s=0.05)

    limits = Limits(timeout_s=0.3, max_retries=0)
    with (
        model_of(drip, limits) as (model, _),
        pytest.raises(ModelError, match="did not answer within"),
    ):
        model.generate(QUESTION)


def test_truncated_json_is_asked_for_again():
    def behave(each):
        if each.number == 1:
            each.answer('{"choices": [{"mess')
        else:
            each.reply("Hi.")

    with model_of(behave) as (model, _):
        assert model.generate(QUESTION).text == "Hi."


@pytest.mark.parametrize("content", ["[1]", '{"choices": []}', '{"choices": [{}]}', "{}"])
def test_an_answer_of_another_form_is_an_error(content):
    with model_of(lambda each: each.answer(content)) as (model, _), pytest.raises(ModelError):
        model.generate(QUESTION)


def test_an_error_within_a_success_is_an_error():
    def behave(each):
        each.answer({"error": {"message": "upstream fell over"}})

    with model_of(behave) as (model, _), pytest.raises(ModelError, match="upstream fell over"):
        model.generate(QUESTION)


@pytest.mark.parametrize(
    ("status", "remedy"),
    [(401, "GSA_LLM_API_KEY"), (403, "GSA_LLM_API_KEY"), (404, "GSA_LLM_MODEL")],
)
def test_a_refusal_of_everything_names_the_remedy_and_is_not_repeated(status, remedy):
    with model_of(lambda each: each.refuse("no", status)) as (model, server):
        with pytest.raises(ModelError, match=remedy) as caught:
            model.generate(QUESTION)
        assert not isinstance(caught.value, RequestRefusedError)
    assert len(server.bodies) == 1


def test_a_refusal_of_one_request_is_told_apart():
    strict = model_of(lambda each: each.refuse("prompt is too long", 400))
    with strict as (model, _), pytest.raises(RequestRefusedError, match="too long"):
        model.generate(QUESTION)


def test_a_filtered_answer_is_a_refusal():
    shy = model_of(lambda each: each.reply(None, refusal="I will not."))
    with shy as (model, _), pytest.raises(RequestRefusedError, match="filtered"):
        model.generate(QUESTION)


def test_the_key_is_nowhere(caplog, capsys):
    def echo(each):
        each.refuse(f"bad key {each.handler.headers['Authorization']}", 401)

    caplog.set_level(logging.DEBUG)
    with model_of(echo) as (model, _):
        with pytest.raises(ModelError) as caught:
            model.generate(QUESTION)
        shown = repr(model) + str(vars(model)) + str(vars(model._endpoint))
    trace = "".join(traceback.format_exception(caught.value))
    said = shown + str(caught.value) + trace + caplog.text + "".join(capsys.readouterr())
    assert "***" in str(caught.value)
    assert KEY not in said


def test_the_schema_is_sent_where_the_server_takes_it():
    with model_of(lambda each: each.reply("{}")) as (model, server):
        model.generate(Request(QUESTION.messages, json_schema=SCHEMA))
    sent = server.bodies[0]["response_format"]
    assert sent["type"] == "json_schema"
    assert sent["json_schema"]["schema"]["required"] == ["a"]
    assert "minLength" not in json.dumps(sent)  # OpenAI's strict mode refuses it
    assert server.bodies[0]["messages"][0]["content"] == "Be brief."


def test_a_server_without_schemas_is_told_in_words_and_remembered():
    def behave(each):
        if "response_format" in each.body:
            each.refuse("response_format is not supported")
        else:
            each.reply("{}")

    asked = Request(QUESTION.messages, json_schema=SCHEMA)
    with model_of(behave) as (model, server):
        model.generate(asked)
        model.generate(asked)
    kinds = [each.get("response_format", {}).get("type") for each in server.bodies]
    assert kinds == ["json_schema", "json_object", None, None]
    assert '"minLength": 1' in server.bodies[3]["messages"][0]["content"]
    assert server.bodies[3]["messages"][0]["role"] == "system"


def test_fields_that_a_server_does_not_know_are_left_out():
    def behave(each):
        if "max_tokens" in each.body:
            each.refuse("Unsupported parameter: 'max_tokens'. Use 'max_completion_tokens'.")
        elif "temperature" in each.body:
            each.refuse("'temperature' does not support 0.0 with this model.")
        else:
            each.reply("Hi.")

    with model_of(behave) as (model, server):
        assert model.generate(QUESTION).text == "Hi."
        model.generate(QUESTION)
    assert len(server.bodies) == 4
    assert server.bodies[3]["max_completion_tokens"] == QUESTION.max_tokens


def test_streamed_pieces_come_one_by_one():
    def behave(each):
        each.stream(": hello\n", piece("Good"), "event: message\n", piece(" day"))

    with model_of(behave) as (model, server):
        assert list(model.stream(QUESTION, threading.Event())) == ["Good", " day"]
    assert server.bodies[0]["stream"] is True


def test_a_cancelled_stream_ends_at_once_and_hangs_up():
    def behave(each):
        each.stream(piece("Good"), end="")
        each.wait_until_hung_up()

    cancelled = threading.Event()
    with model_of(behave, Limits(timeout_s=30.0)) as (model, server):
        arriving = model.stream(QUESTION, cancelled)
        assert next(arriving) == "Good"
        threading.Timer(0.1, cancelled.set).start()
        started = time.perf_counter()
        assert list(arriving) == []
        assert time.perf_counter() - started < 2
        assert server.hung_up.wait(5)


def test_a_stream_nobody_reads_on_hangs_up_too():
    def behave(each):
        each.stream(piece("Good"), end="")
        each.wait_until_hung_up()

    with model_of(behave, Limits(timeout_s=30.0)) as (model, server):
        arriving = model.stream(QUESTION, threading.Event())
        assert next(arriving) == "Good"
        arriving.close()
        assert server.hung_up.wait(5)


@pytest.mark.parametrize(
    "lines", [(piece("Good"), "data: {broken\n\n"), (piece("Good"), 'data: {"error": "gone"}\n\n')]
)
def test_a_malformed_stream_is_an_error_after_what_came(lines):
    with model_of(lambda each: each.stream(*lines)) as (model, server):
        arriving = model.stream(QUESTION, threading.Event())
        assert next(arriving) == "Good"
        with pytest.raises(ModelError):
            next(arriving)
    assert len(server.bodies) == 1


def test_a_stream_that_breaks_off_is_an_error():
    torn = model_of(lambda each: each.stream(piece("Good"), end=""))
    with torn as (model, _), pytest.raises(ModelError, match="broke the stream off"):
        list(model.stream(QUESTION, threading.Event()))


def test_a_stream_is_begun_again_only_while_nothing_has_come():
    def behave(each):
        if each.number == 1:
            each.refuse("busy", 503)
        else:
            each.stream(piece("Hi."))

    with model_of(behave) as (model, server):
        assert list(model.stream(QUESTION, threading.Event())) == ["Hi."]
    assert len(server.bodies) == 2


def test_many_threads_get_their_own_answers():
    def behave(each):
        each.reply(each.body["messages"][0]["content"])

    with model_of(behave) as (model, _):
        said = {}

        def ask(number):
            said[number] = model.generate(Request((Message("user", f"n{number}"),))).text

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert said == {number: f"n{number}" for number in range(16)}


@pytest.mark.parametrize("address", ["", "127.0.0.1:8000", "ftp://host/v1", "http://"])
def test_an_address_that_is_none_is_said_at_once(address):
    with pytest.raises(ModelError, match="GSA_LLM_BASE_URL"):
        OpenAICompatibleModel(address, "m")


def test_a_password_in_the_address_is_not_shown():
    model = OpenAICompatibleModel("http://ann:pw1234@127.0.0.1:9/v1", "m", limits=Limits(1.0, 0))
    with pytest.raises(ModelError) as caught:
        model.generate(QUESTION)
    model.close()
    assert "pw1234" not in str(caught.value) + repr(model) + model.revision


@pytest.mark.parametrize("key", ["sk-a b", "sk-\x07", "sk-é", "sk\n-1"])
def test_a_key_that_is_none_is_not_sent_and_not_shown(key):
    with pytest.raises(ModelError) as caught:
        OpenAICompatibleModel("http://127.0.0.1:9/v1", "m", SecretStr(key))
    assert key not in str(caught.value)


def test_a_line_break_after_the_key_does_no_harm():
    with model_of(lambda each: each.reply("Hi."), key=KEY + "\n") as (model, server):
        model.generate(QUESTION)
    assert server.headers[0]["Authorization"] == f"Bearer {KEY}"
