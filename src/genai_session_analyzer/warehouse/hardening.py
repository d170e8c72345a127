"""Making a DuckDB connection one that can only read the build it has open.

The order is the only one that works: extensions are files, so they load before files are forbidden;
and nothing may be set once the configuration is locked.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import duckdb


class ReaderLimits(Protocol):
    """What a reader may use; `ReaderSettings` says it, checked."""

    @property
    def memory_limit(self) -> str:
        """DuckDB's own limit for all threads together, such as `1GB`."""

    @property
    def threads(self) -> int:
        """Threads DuckDB may use for one query."""

    @property
    def extensions(self) -> Sequence[Path]:
        """Extension files to load."""


def harden(connection: duckdb.DuckDBPyConnection, settings: ReaderLimits) -> None:
    """Forbid the connection, and every cursor taken from it later, anything but reading.

    An instance that is locked already (DuckDB shares one per file and process) is left as it is.

    Source:
        RELIABILITY.md, "The only order of DuckDB settings that works".

    Raises:
        duckdb.Error: an extension cannot be loaded, or a setting does not exist.
    """
    if _is_locked(connection):
        return
    for extension in settings.extensions:
        connection.load_extension(str(extension))
    for setting, value in _settings_in_order(settings):
        connection.execute(f"SET GLOBAL {setting} = {value}")


def _settings_in_order(settings: ReaderLimits) -> tuple[tuple[str, str], ...]:
    return (
        ("autoinstall_known_extensions", "false"),
        ("autoload_known_extensions", "false"),
        ("allow_community_extensions", "false"),
        ("allow_persistent_secrets", "false"),
        ("python_enable_replacements", "false"),
        ("python_scan_all_frames", "false"),
        ("memory_limit", f"'{settings.memory_limit}'"),
        ("threads", str(settings.threads)),
        ("TimeZone", "'UTC'"),
        ("enable_external_access", "false"),
        ("disabled_filesystems", "'LocalFileSystem'"),
        ("lock_configuration", "true"),
    )


def _is_locked(connection: duckdb.DuckDBPyConnection) -> bool:
    return connection.execute("SELECT current_setting('lock_configuration')").fetchone() == (True,)
