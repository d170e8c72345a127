"""Messages between the two processes: two lengths, a JSON object, bytes (Arrow, or none).

Nothing that is read can run anything: no pickles.
"""

import json
import os
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_LENGTHS = struct.Struct(">II")
_MOST_HEADER = 2_000_000
_MOST_BODY = 256_000_000


@dataclass(frozen=True)
class Frame:
    """One message: a JSON object and, after a query, its result as an Arrow stream."""

    header: dict[str, Any]
    body: bytes = b""


def write_frame(descriptor: int, frame: Frame) -> None:
    """Write a message to a pipe.

    Raises:
        OSError: Nobody reads the pipe any more.
    """
    header = json.dumps(frame.header).encode()
    waiting = memoryview(_LENGTHS.pack(len(header), len(frame.body)) + header + frame.body)
    while waiting:
        waiting = waiting[os.write(descriptor, waiting) :]


def read_frame(read: Callable[[int], bytes]) -> Frame:
    """Return the next message.

    Args:
        read: Returns at least one byte and at most as many as asked for; none at the end.

    Raises:
        EOFError: The other side has closed the pipe.
        ValueError: What came is no message.
    """
    header_length, body_length = _LENGTHS.unpack(_read_all(read, _LENGTHS.size))
    if header_length > _MOST_HEADER or body_length > _MOST_BODY:
        message = f"a message of {header_length} + {body_length} bytes"
        raise ValueError(message)
    header = json.loads(_read_all(read, header_length))
    if not isinstance(header, dict):
        raise ValueError("a message that is no JSON object")
    return Frame(header, _read_all(read, body_length))


def _read_all(read: Callable[[int], bytes], length: int) -> bytes:
    content = bytearray()
    while len(content) < length:
        part = read(length - len(content))
        if not part:
            raise EOFError
        content += part
    return bytes(content)
