"""Two tables asked for at once: "cost by tier and cost by region"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft

_TWO = re.compile(r"[QVE][op]*B(F)[_opDLA]*D[opWz]*H?A?o?[QVE][op]*B(F)")


def check_two_tables(draft: Draft) -> None:
    """Refuse numbers of which each has a group of its own: one table cannot show both."""
    match = _TWO.search(draft.sentence.shape)
    if match is None or draft.is_follow_up:
        return
    first, second = (draft.sentence.pieces[match.start(n)].key for n in (1, 2))
    if first != second:
        draft.trouble = "which of two tables is meant: ask for one after the other"
