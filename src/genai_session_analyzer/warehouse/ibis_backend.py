"""Ibis on a connection whose configuration is locked."""

import duckdb
from ibis.backends.duckdb import Backend


class _LockedSettings:
    """Settings that are as they must be already: `harden` set them before locking."""

    def __setitem__(self, setting: str, value: object) -> None:
        """Leave the setting alone; DuckDB would refuse to change it."""


class LockedBackend(Backend):  # type: ignore[misc]  # Ibis has no types
    """Ibis's DuckDB backend, less the settings it makes when it takes over a connection.

    Those are the time zone UTC and no Python variables as tables: `harden` has made both.
    """

    @property
    def settings(self) -> _LockedSettings:
        """The settings; setting one changes nothing."""
        return _LockedSettings()


def backend_on(cursor: duckdb.DuckDBPyConnection, identity: str) -> Backend:
    """Return an Ibis backend on a hardened cursor, for the one thread that owns the cursor.

    Args:
        cursor: a cursor of a connection that went through `harden`.
        identity: the data behind it; tables of two identities never compare equal in Ibis.
    """
    backend = LockedBackend.from_connection(cursor)
    backend.db_identity = identity
    return backend
