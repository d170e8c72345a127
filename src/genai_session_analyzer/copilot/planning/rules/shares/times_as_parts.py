"""Times as the part of a share: "what share fell on a weekend", "was made in February"."""

import re

from genai_session_analyzer.copilot.planning.drafts import NO_PLACE, Draft

_HAPPENED = re.compile(
    r"\b(?:(?:is|are|was|were|been|got) (?:\w+(?:ed|en)|made|run|spent|sent|begun|from)"
    r"|(?:happen|occur|start|arriv|dat)\w*(?: from)?|came|comes?|comes? from|came from"
    r"|f[ae]lls?(?: into)?|fell into|took place|takes? place|began|is|are|was|were)\s+"
    r"(?:(?:back|only|alone|just) )?$"
)
BELONGS = re.compile(
    r"\b(?:is|are|was|were|be|been|come|comes|came|coming|happen\w*|occur\w*|fall|falls|fell|go"
    r"|goes|went|belong\w*|originat\w*|stem\w*|made|caused|due|sits?|concern\w*|affect\w*|hit|hits"
    r"|t[ao]kes? place|took place|arriv\w*|start|starts|started|begin|begins|began)\b"
)


def happens_then(draft: Draft) -> bool:
    """Return whether a verb of happening stands right before the range of time."""
    times = draft.tagged.times
    if times.range is None or times.comparison or times.other or times.grain or draft.is_follow_up:
        return False
    at = draft.tagged.text.find(times.range.said)
    is_said = at >= 0 and times.range.said != ""
    return is_said and _HAPPENED.search(draft.tagged.text[:at]) is not None


def take_time_part(draft: Draft) -> None:
    """Read the range of time as the part of a share, where it is said to have happened then."""
    if happens_then(draft):
        draft.time_part = draft.tagged.times.range
        draft.forget_range()


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


def happens_before(draft: Draft, start: int, end: int, alone: str = "") -> bool:
    """Return whether a verb of being or happening stands between two places of the text.

    Args:
        draft: The question.
        start: The first place.
        end: The other.
        alone: A word that says so too where it is all that stands between them.
    """
    is_alone = draft.tagged.text[start:end].strip(" ,").removesuffix(" the") == alone != ""
    return is_alone or BELONGS.search(draft.tagged.text, start, end) is not None
