"""Days named by their place in the month."""

import re

from genai_session_analyzer.copilot.planning.times.time_points import MONTH

_EACH_OF = re.compile(
    r"(?<!\w)(?:(?:on|in|for) )?(?:each|every) of the ((?:last|past|previous) \w+ )"
    r"(day|week|month)s(?!\w)"
)
_ORDINALS = {"first": 1, "second": 2, "third": 3}


def name_days(text: str) -> str:
    """Return a lower-case text with "the first of February" as "1 february"."""
    text = _EACH_OF.sub(r"per \2 in the \1\2s", text)
    return re.sub(
        rf"(?<!\w)(?:the )?(first|second|third)(?: day)? of (?={MONTH}\b)",
        lambda match: f"{_ORDINALS[match[1]]} ",
        text,
    )
