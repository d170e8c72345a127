"""What can be said of a statement before it is parsed: its length and its characters."""

import unicodedata

from genai_session_analyzer.errors import SqlRefusedError

MOST_CHARACTERS = 20_000
_WHITESPACE = frozenset("\t\n\r")
_TURNS_DIRECTION = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
_NOT_TEXT = frozenset({"Cc", "Cs"})


def check_text(sql: str) -> None:
    """Refuse what is empty, too long, or holds characters that a reader cannot see.

    A NUL byte would cut the statement that is checked, and a sign that turns the direction of
    writing would show a reader another statement than the one that runs.

    Raises:
        SqlRefusedError: One of the rules `empty`, `too_long` and `characters`.
    """
    if not sql.strip():
        raise SqlRefusedError("empty", "There is no statement.", "Write one SELECT.")
    if len(sql) > MOST_CHARACTERS:
        problem = f"The statement has {len(sql):,} characters; the most are {MOST_CHARACTERS:,}."
        raise SqlRefusedError("too_long", problem, "Ask for less at once.")
    for place, sign in enumerate(sql):
        if _is_hidden(sign):
            problem = f"Character {place + 1} (U+{ord(sign):04X}) is a control character."
            raise SqlRefusedError("characters", problem, "Remove it, or type the statement anew.")


def _is_hidden(sign: str) -> bool:
    if " " <= sign <= "~" or sign in _WHITESPACE:
        return False
    return sign in _TURNS_DIRECTION or unicodedata.category(sign) in _NOT_TEXT
