"""Pictures and traffic that stand for generations."""

import re

from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_PICTURES = ("domain", "art_style", "subject")


def drop_picture(sentence: Sentence) -> None:
    """`Number of image requests`: requests; "number of fantasy pictures": pictures."""
    for match in reversed(list(re.finditer("Ho?(?=L+(Q))", sentence.shape))):
        if sentence.pieces[match.start(1)].key == "images":
            sentence.drop(match.start())
    for match in reversed(list(re.finditer("(Q)(?=[EV])", sentence.shape))):
        piece, after = sentence.pieces[match.start()], sentence.pieces[match.start() + 1]
        is_one = piece.key == "images" and not piece.is_plural
        is_one = is_one or piece.text.startswith("number of image")
        if not is_one or after.key not in ("generations", "download", "thumbs_up", "thumbs_down"):
            continue
        if piece.text.startswith("number of"):
            sentence.replace(match.start(), "H", "count")
        else:
            sentence.drop(match.start())


def settle_awaited_picture(sentence: Sentence) -> None:
    """`How long does a picture take` is about the generation."""
    for match in re.finditer("(Q)[op]*L*(Q)", sentence.shape):
        first, last = (sentence.pieces[match.start(part)] for part in (1, 2))
        if first.key in ("how_long", "latency") and last.key == "images":
            sentence.replace(match.start(2), "E", "generations")


def name_pictures(sentence: Sentence) -> None:
    """`How many portraits did pro users make`: the value stands for the generations."""
    for match in reversed(list(re.finditer("(?<=[HM])L(?:DL)*(?=$|[aovBpG])", sentence.shape))):
        pieces = sentence.between(*match.span())
        pictures = all(set(p.fields) & set(_PICTURES) for p in pieces if p.kind == "L")
        if pictures and not sentence.first("[HM]L(?:DL)*[op]*[EQ]"):
            sentence.insert_after(match.end() - 1, "E", "generations")


def settle_images(sentence: Sentence) -> None:
    """`Requests for fantasy pictures`, "wait for a picture": generations, not their images."""
    for match in re.finditer("[EQV].*?[opO_]L*(Q)", sentence.shape):
        at = match.start(1)
        if sentence.pieces[at].key == "images":
            sentence.replace(at, "E", "generations")


def settle_traffic(sentence: Sentence) -> None:
    """`The most traffic` counts generations; "volume of sessions" does not."""
    for match in re.finditer("(H)(?![oIA]*[EVQFL])", sentence.shape):
        if sentence.pieces[match.start()].text in ("traffic", "volume", "load", "throughput"):
            sentence.replace(match.start(), "E", "generations")


def settle_generated_images(sentence: Sentence) -> None:
    """`Users generated fantasy images`: generations, not their pictures."""
    if sentence.first("E.*aL+Q") and any(p.key == "images" for p in sentence.pieces):
        images = next(at for at, p in enumerate(sentence.pieces) if p.key == "images")
        sentence.replace(images, "E", "generations")


def settle_failed_images(sentence: Sentence) -> None:
    """`Images that failed` are generations."""
    for at, piece in enumerate(sentence.pieces):
        if piece.kind == "Q" and piece.key == "images" and sentence.first("v"):
            sentence.replace(at, "E", "generations")
