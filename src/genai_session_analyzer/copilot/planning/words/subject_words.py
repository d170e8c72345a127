"""Who and what a question is about, where everyday words leave that open."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.words.pieces import Sentence


def settle_subjects(sentence: Sentence) -> None:
    """Read pictures and people that stand for generations, and a "where" that asks nothing."""
    _settle_images(sentence)
    _settle_people(sentence)
    _settle_where(sentence)
    _settle_traffic(sentence)


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
        if is_row and (by.key == "per" or re.search(r"\b(?:each|every)\b", by.text)):
            sentence.replace(match.start(1), "B", "per")
            sentence.insert_after(match.start(2), "v", event.key)
            sentence.replace(match.start(2), "E", "generations")


def _settle_images(sentence: Sentence) -> None:
    """`Requests for fantasy pictures`, "wait for a picture": generations, not their images."""
    for match in re.finditer("[EQV].*?[opO_]L*(Q)", sentence.shape):
        at = match.start(1)
        if sentence.pieces[at].key == "images":
            sentence.replace(at, "E", "generations")


def _settle_people(sentence: Sentence) -> None:
    """`Share of pictures people liked` is of pictures; "sessions, average length" of length."""
    for match in reversed(list(re.finditer("R[op]*L*[EQ](E)(?=[va])", sentence.shape))):
        if sentence.pieces[match.start(1)].key == "users":
            sentence.drop(match.start(1))
    topic = re.match("(E)DA[EQ]", sentence.shape)
    if topic and sentence.pieces[1].text == ",":
        sentence.drop(1)
        sentence.drop(0)


def _settle_where(sentence: Sentence) -> None:
    """`Domains where more than 5 % fail` is a relative clause; "where, by region" a group."""
    for at in reversed(range(len(sentence.pieces))):
        if sentence.shape[at] == "^" and is_clear_where(sentence, at):
            if at:
                sentence.replace(at, "p", "with")
            else:
                _ask_which(sentence)


def _ask_which(sentence: Sentence) -> None:
    """`Where do people struggle most, by region` is: which region; not about each of them."""
    group = re.search("BI?(F)", sentence.shape)
    for at in reversed(sentence.left("E")):
        if sentence.pieces[at].key == "users" and group and at < group.start():
            sentence.drop(at)
    group = re.search("BI?(F)", sentence.shape)
    if group:
        key = sentence.pieces[group.start(1)].key
        sentence.replace(0, "W", "which")
        sentence.insert_after(0, "F", key, is_plural=False)


def _settle_traffic(sentence: Sentence) -> None:
    """`The most traffic` counts generations; "volume of sessions" does not."""
    for match in re.finditer("(H)(?![oIA]*[EVQFL])", sentence.shape):
        if sentence.pieces[match.start()].text in ("traffic", "volume", "load", "throughput"):
            sentence.replace(match.start(), "E", "generations")


def is_clear_where(sentence: Sentence, at: int) -> bool:
    """Return whether a "where" is no question for a place that was not named."""
    if sentence.pieces[at].key != "where":
        return False
    if at and sentence.shape[at - 1] in "EFVn":
        return True
    if at and re.match("[opa]*[FQ][opa]*X?[opa]*[LnCceh]", sentence.shape[at + 1 :]):
        return True  # "images where the device is tablet"
    return bool(re.search("BI?F", sentence.shape))
