"""Which session the replay shows: the one clicked, or the one a link names."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode

SESSION_KEY = "session"
LONGEST_ID = 200

Source = Literal["table", "drawer", "link"]


def chosen_session(
    source: str, selected: Sequence[Mapping[str, Any]], search: str | None
) -> str | None:
    """The session to show; None = none.

    Args:
        source: What happened: a row was chosen in the table, the drawer was closed, or the page
            was opened by a link.
        selected: The rows selected in the table.
        search: The URL's query.
    """
    if source == "drawer":
        return None
    return str(selected[0]["session_id"]) if source == "table" else linked_session(search)


def linked_session(search: str | None) -> str | None:
    """The session a URL's query names, `?session=ID`; None where it names none."""
    named = dict(_pairs(search)).get(SESSION_KEY, "")
    return named if 0 < len(named) <= LONGEST_ID else None


def without_session(search: str | None) -> str:
    """The query without the session it names, with its `?`; empty where nothing else is in it."""
    others = [pair for pair in _pairs(search) if pair[0] != SESSION_KEY]
    return f"?{urlencode(others)}" if others else ""


def _pairs(search: str | None) -> list[tuple[str, str]]:
    return parse_qsl((search or "").removeprefix("?"))
