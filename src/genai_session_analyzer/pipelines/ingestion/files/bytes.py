"""The bytes of a file in bounded chunks, unpacked, with an eye on every byte that goes by."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from genai_session_analyzer.pipelines.ingestion.files.formats import (
    BYTE_ORDER_MARK,
    one_line_error,
)
from genai_session_analyzer.pipelines.ingestion.files.limits import GateLimits


class WatchedFile:
    """A file opened for reading that shows what it reads to two watchers."""

    def __init__(
        self,
        file: BinaryIO,
        on_data: Callable[[bytes], None] | None = None,
        on_position: Callable[[int], None] | None = None,
    ) -> None:
        self._file = file
        self._on_data = on_data
        self._on_position = on_position
        self._position = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes, fewer than `size` only at the end, after telling the watchers."""
        data = self._file.read(size)
        self._position += len(data)
        if self._on_data:
            self._on_data(data)
        if self._on_position:
            self._on_position(self._position)
        return data


def read_chunks(
    path: Path, file: WatchedFile, is_gzip: bool, limits: GateLimits
) -> Iterator[bytes]:
    """Yield the file's unpacked bytes in order, `limits.chunk_bytes` at a time.

    Args:
        path: The file as the user named it, for messages.
        file: The file, at its beginning.
        is_gzip: Whether to unpack it; every checksum in it is then compared.
        limits: The size of a chunk and the cap on the sum of all.

    Raises:
        SourceError: The gzip stream is damaged or cut short, or unpacks to more than the cap.
    """
    # GzipFile needs nothing but read() from what it reads
    stream = gzip.GzipFile(fileobj=cast(BinaryIO, file)) if is_gzip else file
    byte_count = 0
    while chunk := _read(path, stream, limits.chunk_bytes):
        byte_count += len(chunk)
        if byte_count > limits.max_unpacked_bytes:
            raise one_line_error(
                path,
                f"unpacks to more than max_unpacked_bytes = {limits.max_unpacked_bytes:,}",
                "Split the file or raise the limit.",
            )
        yield chunk


def without_byte_order_mark(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the same bytes without the UTF-8 byte order mark they may begin with."""
    head = b""
    for chunk in chunks:
        head += chunk
        if len(head) >= len(BYTE_ORDER_MARK):
            break
    if head := head.removeprefix(BYTE_ORDER_MARK):
        yield head
    yield from chunks


def _read(path: Path, stream: gzip.GzipFile | WatchedFile, size: int) -> bytes:
    """Return the next bytes, with the gzip errors of the stream named."""
    try:
        return stream.read(size)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise one_line_error(
            path, f"the gzip stream is damaged or cut short ({error})", "Export or copy it again."
        ) from error
