"""Server-sent events: a stream of lines read as the data of each event."""

from collections.abc import Iterable, Iterator


def event_data(lines: Iterable[str]) -> Iterator[str]:
    """Yield the data of each event; comments, names and ids are passed over.

    Args:
        lines: Of the stream, without their ends.

    Source: HTML Living Standard, section 9.2.6; data lines of one event are joined by line feeds.
    """
    data: list[str] = []
    for line in lines:
        if not line:
            if data:
                yield "\n".join(data)
            data = []
        elif line.startswith("data:"):
            data.append(line[5:].removeprefix(" "))
    if data:
        yield "\n".join(data)
