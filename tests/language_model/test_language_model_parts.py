"""The small parts: scripted replies, waiting, streams of pieces, stop texts, fingerprints."""

import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model import LanguageModel, Message, Request, ScriptedModel
from genai_session_analyzer.language_model.fingerprint import sampled_digest
from genai_session_analyzer.language_model.pieces import pieces
from genai_session_analyzer.language_model.retries import (
    GivenUpError,
    Limits,
    Retries,
    TransientError,
    asked_wait_s,
)
from genai_session_analyzer.language_model.server_sent_events import event_data
from genai_session_analyzer.language_model.stop_texts import UntilStop

QUESTION = Request((Message("user", "How are you?"),))


def test_scripted_replies_come_in_order_and_requests_are_kept():
    model = ScriptedModel(["one", ModelError("gone"), "two three"])
    assert isinstance(model, LanguageModel)
    assert model.generate(QUESTION).text == "one"
    with pytest.raises(ModelError, match="gone"):
        model.generate(QUESTION)
    reply = model.generate(QUESTION)
    assert (reply.text, reply.prompt_tokens, reply.completion_tokens) == ("two three", 3, 2)
    with pytest.raises(ModelError, match="no reply left after 3"):
        model.generate(QUESTION)
    assert model.requests == [QUESTION] * 4


def test_a_scripted_reply_is_cut_off_and_streamed():
    model = ScriptedModel(lambda request: "a b c d")
    cut = model.generate(Request(QUESTION.messages, max_tokens=2))
    assert (cut.text, cut.finish_reason) == ("a b", "length")
    cancelled = threading.Event()
    arriving = model.stream(QUESTION, cancelled)
    assert [next(arriving), next(arriving)] == ["a", " b"]
    cancelled.set()
    assert list(arriving) == []


def waits(problem, **limits):
    """The waits before giving up on something that always fails."""
    waited = []

    def attempt():
        raise problem

    with pytest.raises(GivenUpError) as caught:
        Retries(Limits(**limits), seed=5).until_done(attempt, waited.append)
    return waited, str(caught.value)


def test_waits_double_and_are_shortened_by_at_most_a_half():
    waited, said = waits(TransientError("busy"), max_retries=10, first_wait_s=1.0)
    ceilings = [min(60.0, 2.0**number) for number in range(10)]
    assert all(top / 2 <= wait <= top for wait, top in zip(waited, ceilings, strict=True))
    assert len({wait / top for wait, top in zip(waited, ceilings, strict=True)}) == 10
    assert said == "busy; tried 11 times in a row"


def test_waits_are_the_same_for_the_same_seed():
    assert waits(TransientError("busy")) == waits(TransientError("busy"))


def test_a_timeout_is_tried_once_more():
    waited, said = waits(TransientError("slow", is_timeout=True), max_retries=4)
    assert len(waited) == 1
    assert waits(TransientError("slow", is_timeout=True), max_retries=0)[0] == []
    assert said.endswith("tried 2 times in a row")


def test_the_server_may_ask_for_longer_but_not_for_minutes():
    assert min(waits(TransientError("busy", wait_s=7.0))[0]) >= 7.0
    waited, said = waits(TransientError("busy", wait_s=61.0))
    assert waited == []
    assert "61 s" in said


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, None),
        ({"retry-after": "3"}, 3.0),
        ({"retry-after": "-3"}, 0.0),
        ({"retry-after": "soon"}, None),
        (
            {
                "retry-after": "Wed, 21 Oct 2026 07:28:30 GMT",
                "date": "Wed, 21 Oct 2026 07:28:00 GMT",
            },
            30.0,
        ),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:30 GMT"}, None),
    ],
)
def test_retry_after_in_seconds_or_as_a_moment(headers, seconds):
    assert asked_wait_s(headers) == seconds


def test_events_are_read_line_by_line():
    lines = [":hi", "data: a", "data:b", "", "event: x", "", "id: 3", "data: c", "", "data: d"]
    assert list(event_data(lines)) == ["a\nb", "c", "d"]


def test_pieces_come_from_another_thread_and_errors_too():
    def produce(emit):
        emit("a")
        emit("")
        emit("b")
        raise ModelError("broken")

    arriving = pieces(produce, threading.Event())
    assert [next(arriving), next(arriving)] == ["a", "b"]
    with pytest.raises(ModelError, match="broken"):
        next(arriving)


def test_a_cancelled_producer_is_told_and_woken():
    told, woken, cancelled = threading.Event(), threading.Event(), threading.Event()

    def produce(emit):
        while not emit("x"):
            time.sleep(0.001)
        told.set()

    arriving = pieces(produce, cancelled, woken.set)
    next(arriving)
    cancelled.set()
    for _ in arriving:
        pass
    assert told.wait(2)
    assert woken.is_set()


def test_a_finished_producer_is_not_woken():
    woken = threading.Event()
    assert list(pieces(lambda emit: emit("x") and None, threading.Event(), woken.set)) == ["x"]
    assert not woken.is_set()


@given(
    st.text("abc", max_size=40),
    st.lists(st.text("abc", min_size=1, max_size=3), max_size=2),
    st.integers(1, 5),
)
def test_text_ends_at_the_first_stop_however_it_is_cut(text, stop, size):
    taken = []
    until = UntilStop(tuple(stop), taken.append)
    is_over = False
    for start in range(0, len(text), size):
        is_over = until.add(text[start : start + size])
        if is_over:
            break
    until.end()
    found = [at for each in stop if (at := text.find(each)) >= 0]
    said = "".join(taken)
    assert is_over == bool(found)
    assert not found or any(text.startswith(each, len(said)) for each in stop)
    assert text.startswith(said)
    assert not any(each in said for each in stop)
    assert found or said == text


@pytest.mark.parametrize("size", [0, 1, 65_536, 65_537, 4_300_000, 9_000_000])
def test_a_fingerprint_sees_both_ends_size_and_name(tmp_path, size):
    file = tmp_path / "weights"
    content = bytearray(size)
    file.write_bytes(content)
    digests = {sampled_digest([file])}
    file.write_bytes(bytes(size + 1))
    digests.add(sampled_digest([file]))
    for place in {0, size - 1} if size else ():
        changed = bytearray(content)
        changed[place] = 1
        file.write_bytes(changed)
        digests.add(sampled_digest([file]))
    assert len(digests) == 2 + len({0, size - 1} if size else ())
    file.write_bytes(content)
    assert sampled_digest([file.rename(tmp_path / "other")]) not in digests


def test_a_small_file_is_read_whole(tmp_path):
    file = tmp_path / "weights"
    content = bytearray(4 << 20)
    file.write_bytes(content)
    before = sampled_digest([file])
    content[(1 << 20) + 12_345] = 1
    file.write_bytes(content)
    assert sampled_digest([file]) != before
