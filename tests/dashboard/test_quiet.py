"""Work that can wait lets requests go first."""

import threading
import time

from flask import Flask

from genai_session_analyzer.dashboard.quiet import Quiet


def test_waiting_ends_only_after_a_slow_request() -> None:
    server, quiet, ends = Flask("slow"), Quiet(), []
    quiet.watch(server)
    began = threading.Event()

    @server.get("/")
    def answer() -> str:
        began.set()
        time.sleep(0.3)
        ends.append("answered")
        return "done"

    asking = threading.Thread(target=lambda: server.test_client().get("/"))
    asking.start()
    began.wait()
    quiet.wait(quiet_s=0.05)
    ends.append("waited")
    asking.join()
    assert ends == ["answered", "waited"]


def test_waiting_ends_where_it_is_never_quiet() -> None:
    quiet = Quiet()
    began = time.monotonic()
    quiet.wait(quiet_s=60, most_s=0.1)
    assert 0.1 <= time.monotonic() - began < 5


def test_waiting_ends_at_once_where_nobody_asked_for_long() -> None:
    quiet = Quiet()
    began = time.monotonic()
    quiet.wait(quiet_s=0)
    assert time.monotonic() - began < 1


def test_somebody_who_is_expected_is_waited_for() -> None:
    server, quiet, ends = Flask("late"), Quiet(), []
    quiet.expect()
    quiet.watch(server)

    def answer() -> str:
        ends.append("answered")
        return "done"

    server.add_url_rule("/", view_func=answer)
    late = threading.Timer(0.2, lambda: server.test_client().get("/"))
    late.start()
    quiet.wait(quiet_s=0.05)
    ends.append("waited")
    late.join()
    assert ends == ["answered", "waited"]
