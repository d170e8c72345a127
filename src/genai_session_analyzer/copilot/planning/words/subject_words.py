"""Who and what a question is about, where everyday words leave that open."""

import re

from genai_session_analyzer.copilot.planning.words.pieces import Sentence


def settle_subjects(sentence: Sentence) -> None:
    """Read pictures and people that stand for generations, and a "where" that asks nothing."""
    _settle_images(sentence)
    _settle_people(sentence)
    _settle_where(sentence)
    _settle_traffic(sentence)


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
    return bool(re.search("BI?F", sentence.shape))
