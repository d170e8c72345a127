"""A real HTTP server on loopback that misbehaves as it is told to."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class ChatServer:
    """What was asked so far; `behave` answers each request."""

    behave: Callable[["Exchange"], None]
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    base_url: str = ""
    hung_up: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)


@dataclass
class Exchange:
    """One request, and ways to answer it."""

    number: int
    body: dict[str, Any]
    handler: BaseHTTPRequestHandler
    server: ChatServer

    def answer(self, content, status=200, headers=()):
        text = content if isinstance(content, str) else json.dumps(content)
        raw = text.encode()
        self.handler.send_response(status)
        for name, value in headers:
            self.handler.send_header(name, value)
        self.handler.send_header("Content-Length", str(len(raw)))
        self.handler.end_headers()
        self.handler.wfile.write(raw)

    def reply(self, text, **message):
        self.answer(
            {
                "choices": [
                    {"message": {"content": text, **message}, "finish_reason": "stop", "index": 0}
                ],
                "usage": {"prompt_tokens": 11, "completion_tokens": 7},
            }
        )

    def refuse(self, message, status=400):
        self.answer({"error": {"message": message}}, status)

    def stream(self, *lines, end="data: [DONE]\n\n", pause_s=0.0):
        self.handler.send_response(200)
        self.handler.send_header("Content-Type", "text/event-stream")
        self.handler.send_header("Connection", "close")
        self.handler.end_headers()
        self.handler.close_connection = True
        try:
            for line in (*lines, end):
                self.handler.wfile.write(line.encode())
                self.handler.wfile.flush()
                time.sleep(pause_s)
        except OSError:
            self.server.hung_up.set()

    def hang(self):
        """Says nothing until the test is over."""
        self.handler.close_connection = True
        self.server.released.wait(20)

    def wait_until_hung_up(self):
        """Waits for the client to close its side."""
        self.handler.connection.settimeout(10)
        if self.handler.connection.recv(1) == b"":
            self.server.hung_up.set()


def piece(text):
    return f"data: {json.dumps({'choices': [{'delta': {'content': text}}]})}\n\n"


@contextmanager
def serving(behave: Callable[[Exchange], None]) -> Iterator[ChatServer]:
    """A server that answers with `behave` until the block ends."""
    state = ChatServer(behave)
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):  # the library's name
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                state.bodies.append(body)
                state.headers.append(dict(self.headers))
                number = len(state.bodies)
            behave(Exchange(number, body, self, state))

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    state.base_url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    try:
        yield state
    finally:
        state.released.set()
        server.shutdown()
        server.server_close()
        thread.join()
