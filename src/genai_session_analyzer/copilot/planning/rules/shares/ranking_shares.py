"""Ranks by a share: "which tier has the highest percentage of failed requests"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft, Rank
from genai_session_analyzer.copilot.planning.rules.ranks.rank_subjects import (
    limit_of,
    number_before,
    take_subject,
    term_before,
)

_HIGHEST = "(?P<most>M)[op]*(?=[vV]?R)"
_TOP = "(?P<top>[Tb]?)(?P<n>n?)(?P<subject>[EF])[opa]*(?P<by>[BY])(?=[vV]?R)"
_UNCLEAR = ("largest share of", "biggest share of")
_RATES = ("rate", "percentage", "share", "ratio", "probability", "frequency", "likelihood")


def settle_ranked_shares(draft: Draft) -> None:
    """Read "largest share of" as "largest" and "share", a "retry rate" as a rate of retrying."""
    sentence = draft.sentence
    for at in reversed(sentence.left("M")):
        text = sentence.pieces[at].text
        if text.endswith("share of"):
            sentence.insert_after(at, "R", "share", is_plural=False)
        if text in _UNCLEAR and sentence.shape[at + 2 : at + 3] == "L":
            draft.trouble = f"a share of what: '{text}' of each, or of all"
    for match in reversed(list(sentence.find("Q(?=R)"))):
        rate = sentence.pieces[match.end()].text
        if sentence.pieces[match.start()].key == "retries" and rate in _RATES:
            sentence.replace(match.start(), "v", "retried")


def _of_periods(draft: Draft, at: int) -> int | None:
    """`The 5 days with the highest share of failures`."""
    before = re.search("(n)[pa]*$", draft.sentence.shape[:at])
    if before is None or draft.tagged.times.grain is None:
        return None
    draft.sentence.take(before.start(1))
    return int(draft.sentence.pieces[before.start(1)].number)


def read_ranked_share(draft: Draft) -> None:
    """Find that a share ranks; what it is of is read with the other shares."""
    sentence = draft.sentence
    found = sentence.first(_HIGHEST)
    if found:
        most = sentence.pieces[found.start("most")]
        subject = term_before(draft, found.start())
        number = number_before(draft, subject) or _of_periods(draft, found.start())
        descending = most.key == "descending"
    else:
        found = sentence.first(_TOP)
        if not found or not (found["top"] or found["by"] == "Y"):
            return
        subject = found.start("subject")
        number = int(sentence.pieces[found.start("n")].number) if found["n"] else None
        is_bottom = found["top"] and sentence.pieces[found.start("top")].key == "ascending"
        descending = not is_bottom
        if found["top"] == "b":
            draft.trouble = f"which share is {sentence.pieces[found.start('top')].text}"
    if subject is None and draft.tagged.times.grain is None:
        return
    sentence.take(*(at for at in range(*found.span()) if at != subject))
    draft.ranks_share = True
    draft.rank = Rank(idea=None, descending=descending, limit=number or limit_of(draft, subject))
    take_subject(draft, subject)
