"""Where the dashboard listens and which names it answers to."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from genai_session_analyzer.errors import AnalyzerError

LOOPBACK_NAMES = ("127.0.0.1", "localhost")
HostName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9.\-]*$", max_length=253)]


class DashboardSettings(BaseModel):
    """Settings of the web server.

    A request whose Host header is not one of `allowed_hosts` is refused: a web page of someone
    else could otherwise reach this server through a name of its own (DNS rebinding). Names are
    whole (Werkzeug takes a leading dot for any subdomain) and no IPv6 addresses, which it cannot
    compare.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: HostName = "127.0.0.1"
    port: int = Field(default=8050, ge=1, le=65535)
    threads: int = Field(default=8, ge=1, le=64)
    allowed_hosts: tuple[HostName, ...] = Field(default=LOOPBACK_NAMES, min_length=1)
    max_request_bytes: int = Field(default=1_000_000, ge=1_000)


def settings_for(host: str, port: int, more_hosts: Iterable[str] = ()) -> DashboardSettings:
    """Return settings that answer to the loopback names, to `host` and to `more_hosts`.

    Raises:
        AnalyzerError: A host or the port is none.
    """
    names = tuple(dict.fromkeys((*LOOPBACK_NAMES, host, *more_hosts)))
    try:
        return DashboardSettings(host=host, port=port, allowed_hosts=names)
    except ValidationError as problem:
        wrong = problem.errors()[0]
        message = (
            f"{wrong['loc'][0]} {wrong['input']!r} cannot be used. Give a host name or address and "
            "a port of 1 to 65535, for example --host 127.0.0.1 --port 8050."
        )
        raise AnalyzerError(message) from problem
