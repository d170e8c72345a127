"""One for each, or one for all: "number of sessions per user"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.words.pieces import Sentence


def settle_each(draft: Draft) -> None:
    """`Number of sessions per user` is one for each; "sessions per user" and an average is not."""
    sentence = draft.sentence
    for match in re.finditer("B(L(?:D?L)*)(E)", sentence.shape):
        by = sentence.pieces[match.start()]
        if by.key == "per" or re.search(r"\b(?:each|every)\b", by.text):
            sentence.move(match.start(2), match.start(1))  # "per pro user" is per user
    _settle_per_event(sentence)
    counted = sentence.first("^[ZWopa]*H[oI]*[EV](B)(?=E)")
    summed = sentence.first("^[ZWopa]*A[oIH]*[QEV](B)(?=E)")
    found = counted if counted and not sentence.has("A") else summed
    if not found or sentence.first("[TMSRGKY]|BI*F") or draft.tagged.times.grain:
        return
    totals = all(piece.key == "total" for piece in sentence.pieces if piece.kind == "A")
    if sentence.pieces[found.start(1)].key == "per" and totals:
        sentence.replace(found.start(1), "B", "by")


def _settle_per_event(sentence: Sentence) -> None:
    """`Cost per failed generation` is the mean of those, not one number over another."""
    for match in re.finditer("Q[opa]*(B)(V)", sentence.shape):
        by, event = (sentence.pieces[match.start(part)] for part in (1, 2))
        is_row = re.search(r"\b(?:generation|request|job|run|render)s?$", event.text)
        how = re.search("(A)o*$", sentence.shape[: match.start()])
        is_total = how is not None and sentence.pieces[how.start(1)].key == "total"
        if is_total and event.key == "success":
            continue  # "total cost per successful generation" counts what failed too
        if is_row and (by.key == "per" or re.search(r"\b(?:each|every)\b", by.text)):
            sentence.replace(match.start(1), "B", "per")
            sentence.insert_after(match.start(2), "v", event.key)
            sentence.replace(match.start(2), "E", "generations")
