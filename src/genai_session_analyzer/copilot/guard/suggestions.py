"""The name that was probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """Return "Did you mean ...?" with the nearest known name, else the other sentence."""
    close = get_close_matches(name, sorted(known), n=1)
    return f"Did you mean {close[0]}?" if close else otherwise
