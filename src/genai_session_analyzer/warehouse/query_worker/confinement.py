"""What a worker process gives up before it opens a build."""

import os
import re
import resource
import sys

_MOST_FILES = 64
_NICENESS = 10
_BYTES_PER_UNIT = 1 if sys.platform == "darwin" else 1024
"""macOS counts resident memory in bytes, the others in KiB."""
_STATUS = "/proc/self/status"
_STATUS_BYTES = 8192
TOO_MUCH_MEMORY = 75
"""Exit status of a process whose memory has grown past its limit."""
_PEAK_KB = re.compile(rb"VmHWM:\s+(\d+) kB")


def limit_resources(address_space_bytes: int) -> None:
    """Leave no core file, write no file, use no more memory; step back behind other processes.

    Raises:
        OSError: The system refuses a limit.
    """
    os.environ.clear()
    os.nice(_NICENESS)
    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_FSIZE, 0)
    _lower(resource.RLIMIT_NOFILE, _MOST_FILES)
    if sys.platform.startswith("linux"):  # macOS does not keep to it: see `ResidentMemory`
        _lower(resource.RLIMIT_AS, address_space_bytes)


class ResidentMemory:
    """The most memory this process has had resident; made before files are given up.

    On Linux `ru_maxrss` outlives fork and exec: a child would begin at its parent's peak.
    """

    def __init__(self) -> None:
        """Open what the system tells it in."""
        is_linux = sys.platform.startswith("linux")
        self._status = os.open(_STATUS, os.O_RDONLY) if is_linux else None

    def is_above(self, limit: int) -> bool:
        """Return whether the most so far is more than `limit` bytes."""
        if self._status is None:
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _BYTES_PER_UNIT > limit
        found = _PEAK_KB.search(os.pread(self._status, _STATUS_BYTES, 0))
        return found is not None and int(found[1]) * 1024 > limit


def _lower(kind: int, most: int) -> None:
    hard = resource.getrlimit(kind)[1]
    limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (limit, limit))
