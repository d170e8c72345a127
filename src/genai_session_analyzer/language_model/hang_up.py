"""Ending a request from another thread."""

import socket
import threading

import httpx2


class HangUp:
    """Ends one request, whatever it waits for."""

    def __init__(self) -> None:
        self.event = threading.Event()
        self._connection: socket.socket | None = None

    def attach(self, response: httpx2.Response) -> None:
        """From now on this response's connection is the one to end."""
        self._connection = response.extensions["network_stream"].get_extra_info("socket")
        if self.event.is_set():
            self()

    def __call__(self) -> None:
        """Ends the request: the server sees its client gone, a waiting reader wakes up."""
        self.event.set()
        if self._connection is not None:
            try:
                self._connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it had ended by itself
