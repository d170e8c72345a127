"""Several numbers that are asked for at once: "users and sessions by device"."""

import re
from itertools import pairwise

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import idea_of


def read_joined_entities(draft: Draft) -> None:
    """`Users and sessions by device` counts both."""
    sentence = draft.sentence
    joined = _joined(draft)
    while joined is not None:
        draft.ask(idea_of(sentence.pieces[joined]), joined)
        sentence.take(joined)
        joined = _joined(draft)
    in_order = sorted(zip(draft.places, draft.ideas, strict=False), key=lambda pair: pair[0])
    if len(in_order) == len(draft.ideas):
        draft.places, draft.ideas = [at for at, _ in in_order], [idea for _, idea in in_order]


def _joined(draft: Draft) -> int | None:
    """The place of an entity that "and", a comma or "versus" joins to a number asked for."""
    kinds = "".join(piece.kind for piece in draft.sentence.pieces)
    for at in draft.sentence.left("E"):
        before = re.search("([^DGHo])[Ho]*[DG]+[Ho]*$", kinds[:at])
        after = re.match("[Ho]*[DG]+[AHo]*([^DGAHo])", kinds[at + 1 :])
        if before and before.start(1) in draft.places:
            return at
        if after and at + 1 + after.start(1) in draft.places:
            return at
    return None


def check_joined(draft: Draft) -> None:
    """Two numbers that are not joined by "and" are one that was not understood."""
    places = sorted(draft.places)
    for first, second in pairwise(places):
        between = draft.sentence.pieces[first + 1 : second]
        if not any(piece.kind in "DG" for piece in between) and first != second:
            words = (draft.sentence.pieces[first].text, draft.sentence.pieces[second].text)
            draft.trouble = f"how '{words[0]}' and '{words[1]}' belong together"
