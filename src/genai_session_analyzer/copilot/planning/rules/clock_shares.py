"""Parts of the week and of the day as the part of a share: "what share fell on a weekend"."""

import re

from genai_session_analyzer.copilot.plan import PlanFilter
from genai_session_analyzer.copilot.planning.drafts import NO_PLACE, Draft

BELONGS = re.compile(
    r"\b(?:is|are|was|were|be|been|come|comes|came|coming|happen\w*|occur\w*|fall|falls|fell|go"
    r"|goes|went|belong\w*|originat\w*|stem\w*|made|caused|due|sits?|concern\w*|affect\w*|hit|hits"
    r"|t[ao]kes? place|took place|arriv\w*|start|starts|started|begin|begins|began)\b"
)
CLOCK_FIELDS = ("weekday", "hour_of_day")


def clock_is_part(draft: Draft) -> bool:
    """Return whether weekdays or hours are said before the groups: "weekend requests by tier"."""
    at, pieces = draft.tagged.times.clock_at, draft.sentence.pieces
    if at is None or draft.group_at >= len(pieces):
        return False
    return at < pieces[draft.group_at].start


def clock_belongs(draft: Draft) -> bool:
    """Return whether what is shared out is said to be then: "what share of it fell on Mondays"."""
    at = draft.tagged.times.clock_at
    if at is None or draft.share_at == NO_PLACE:
        return False
    pieces = draft.sentence.pieces
    later = [piece for piece in pieces if piece.start > at and piece.kind in "LvV"]
    return not later and happens_before(draft, pieces[draft.share_at].start, at)


def happens_before(draft: Draft, start: int, end: int) -> bool:
    """Return whether a verb of being or happening stands between two places of the text."""
    return BELONGS.search(draft.tagged.text, start, end) is not None


def parted_by_clock(
    filters: list[PlanFilter],
) -> tuple[tuple[PlanFilter, ...], list[PlanFilter]]:
    """Return the filters by weekday or hour, which make the part, and those of the whole."""
    part = tuple(each for each in filters if each.field.rpartition(".")[2] in CLOCK_FIELDS)
    return part, [each for each in filters if each not in part]
