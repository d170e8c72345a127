"""Linux' landlock: a process gives up files and network for good.

What is open stays open, so DuckDB goes on reading the build it has.

Source:
    Linux kernel, Documentation/userspace-api/landlock.rst; numbers from linux/landlock.h.
"""

import ctypes
import os
import sys

_CREATE_RULESET, _RESTRICT_SELF = 444, 446
_VERSION = 1
_NO_NEW_PRIVILEGES = 38
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""Rights on files by version of the interface: the lowest so many bits."""
_NETWORK_SINCE, _NETWORK_RIGHTS = 4, 0b11
_SCOPES_SINCE, _SCOPES = 6, 0b11


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


def give_up_files() -> int:
    """Forbid this thread, and all threads it starts from now on, to open any file, and TCP.

    Other threads that run already are not bound.

    Returns:
        The version of the kernel's interface; 0 where there is none, and nothing is forbidden.

    Raises:
        OSError: The kernel has landlock but refuses.
    """
    if not sys.platform.startswith("linux"):
        return 0
    library = ctypes.CDLL(None, use_errno=True)
    version: int = library.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), _VERSION)
    if version < 1:
        return 0
    ruleset = _ruleset(version)
    size = ctypes.c_size_t(ctypes.sizeof(ruleset))
    descriptor = _checked(library.syscall(_CREATE_RULESET, ctypes.byref(ruleset), size, 0))
    _checked(library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
    _checked(library.syscall(_RESTRICT_SELF, descriptor, 0))
    os.close(descriptor)
    return version


def _ruleset(version: int) -> _Ruleset:
    newest = max(_FILE_RIGHTS)
    return _Ruleset(
        (1 << _FILE_RIGHTS[min(version, newest)]) - 1,
        _NETWORK_RIGHTS if version >= _NETWORK_SINCE else 0,
        _SCOPES if version >= _SCOPES_SINCE else 0,
    )


def _checked(answer: int) -> int:
    if answer < 0:
        raise OSError(ctypes.get_errno(), "landlock refuses")
    return answer
