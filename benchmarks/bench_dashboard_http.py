"""Connections to a Dash app, how its answers name their components, what its scripts do."""

import http.client
import json
import threading
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

NOT_THE_MAPS = ("q", "like", "image", "pictures", "lasso", "n")


class Connections:
    """A connection of each thread to a server on this machine, kept open."""

    def __init__(self, port: int) -> None:
        """Open nothing yet."""
        self._port = port
        self._of_thread = threading.local()
        self._opened: list[http.client.HTTPConnection] = []

    def close(self) -> None:
        """Close what every thread opened."""
        for connection in self._opened:
            connection.close()

    def get_json(self, path: str) -> Any:
        """What a GET answers.

        Raises:
            RuntimeError: It answers with an error.
        """
        return json.loads(self.request("GET", path))

    def request(self, method: str, path: str, body: bytes | None = None) -> bytes:
        """The body of the answer to a request as the page's own scripts send it.

        Raises:
            RuntimeError: It answers with an error.
        """
        connection = getattr(self._of_thread, "connection", None)
        if connection is None:
            connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=120)
            self._of_thread.connection = connection
            self._opened.append(connection)
        headers = {"Origin": f"http://127.0.0.1:{self._port}", "Sec-Fetch-Site": "same-origin"}
        if body:
            headers["Content-Type"] = "application/json"
        try:
            connection.request(method, path, body, headers)
            answered = connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError):  # idle for long: as browsers do
            connection.close()
            connection.request(method, path, body, headers)
            answered = connection.getresponse()
        text = answered.read()
        if answered.status >= http.client.BAD_REQUEST:
            message = f"{method} {path}: {answered.status} {text[:300]!r}"
            raise RuntimeError(message)
        return bytes(text)


def place_of(each: Mapping[str, str]) -> str:
    """`<id>.<property>` of an input."""
    return f"{each['id']}.{each['property']}"


def places(output: str) -> list[str]:
    """`<id>.<property>` of each output; the mark of one that several callbacks write is dropped."""
    return [each.partition("@")[0] for each in output.strip(".").split("...")]


def named(tree: Any) -> Iterator[dict[str, Any]]:
    """The properties of every component of a tree that has a plain id."""
    if isinstance(tree, list):
        for each in tree:
            yield from named(each)
    elif isinstance(tree, dict):
        props = tree.get("props", {}) if "type" in tree and "namespace" in tree else {}
        if isinstance(props.get("id"), str):
            yield props
        for value in (props or tree).values():
            if isinstance(value, dict | list):
                yield from named(value)


def map_query(search: str) -> str:
    """The part of the URL's query that the map shows, as assets/gallery.js has it."""
    pairs = parse_qsl(search.removeprefix("?"))
    return urlencode([pair for pair in pairs if pair[0] not in NOT_THE_MAPS])
