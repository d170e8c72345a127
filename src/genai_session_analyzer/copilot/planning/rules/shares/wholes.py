"""What a share is of: "share of sessions", "anime among the requests of pro users"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.words.pieces import Piece

AMONG = ("among", "amongst", "out of", "of all", "within the")
_OF_WHOLE = ("in", "in the", "in all", "in our", "within", "within the", "on", "on the", "for")


def base_of(draft: Draft, match: re.Match[str]) -> Piece | None:
    """What the share is of, where it is named beside it."""
    sentence = draft.sentence
    base = sentence.pieces[match.start(3)] if match[3] else None
    if match[3] == "E" and _is_amount(draft, match.end()):
        base = sentence.pieces[match.end()]  # "share of pro users' spending"
        sentence.take(match.end())
    grouped = re.compile("_+(E)(?=[opa]*v)").match(sentence.shape, match.end())
    if base is None and grouped:
        base = sentence.pieces[grouped.start(1)]  # "fraction of each region's requests"
        sentence.take(grouped.start(1))
    return base


def whole_among(draft: Draft, after: int) -> Piece | None:
    """`Very long prompts among the requests`: the whole is what is named last."""
    sentence = draft.sentence
    direct = re.search("R[op]*(?:LD?)+(p)", sentence.shape)
    if direct and sentence.pieces[direct.start(1)].text in _OF_WHOLE:
        draft.among_at = direct.start(1)  # "share of anime in the requests of pro users"
    for at in range(after, len(sentence.pieces)):
        if sentence.shape[at] == "p" and sentence.pieces[at].text in AMONG:
            draft.among_at = min(draft.among_at, at)
    for match in re.finditer("(p)[opBI]*L?(E)", sentence.shape[after:]):
        if sentence.pieces[after + match.start(1)].text in AMONG:
            at = after + match.start(2)
            sentence.take(after + match.start(1), at)
            return sentence.pieces[at]
    return None


def _is_amount(draft: Draft, at: int) -> bool:
    piece = draft.sentence.pieces[at] if draft.sentence.shape[at : at + 1] == "Q" else None
    return piece is not None and not piece.key.endswith(("_rate", "_share"))
