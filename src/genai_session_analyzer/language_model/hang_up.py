"""Ending a request from another thread."""

import socket
import threading

import httpx2


class HangUp:
    """Ends one request, whatever it waits for."""

    def __init__(self) -> None:
        """Wait for a response to end."""
        self.event = threading.Event()
        self._connection: socket.socket | None = None

    def attach(self, response: httpx2.Response) -> None:
        """Note that this response's connection is the one to end from now on."""
        self._connection = response.extensions["network_stream"].get_extra_info("socket")
        if self.event.is_set():
            self()

    def __call__(self) -> None:
        """End the request: the server sees its client gone, a waiting reader wakes up."""
        self.event.set()
        if self._connection is not None:
            try:
                self._connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                return  # it had ended by itself
