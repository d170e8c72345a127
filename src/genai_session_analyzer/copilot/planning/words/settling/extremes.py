"""Most, highest, longest: which of them rank rows and which are numbers."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.words.lexicon import entries
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_DONE = ("download_rate", "thumbs_up", "thumbs_down", "retries")
_EXTREMES = {"max": "descending", "maximum": "descending", "maximal": "descending",
             "peak": "descending", "min": "ascending", "minimum": "ascending",
             "minimal": "ascending"}  # fmt: skip


def settle_most_that(sentence: Sentence) -> None:
    """`On which day did the most generations fail`: the most failures."""
    for match in reversed(list(re.finditer("M[oI]?(E)[opa]*([vV])$", sentence.shape))):
        entity, event = (sentence.pieces[match.start(part)] for part in (1, 2))
        if entity.key == "generations" and "count" in entries("lexicon")["events"][event.key]:
            sentence.replace(match.start(1), "V", event.key)
            sentence.drop(match.start(2))


def settle_highest(draft: Draft) -> None:
    """`The highest user churn`: nobody ranks by the number of users there."""
    sentence = draft.sentence
    for match in reversed(list(re.finditer("[MbS](E)(?=Q)", sentence.shape))):
        piece, amount = sentence.pieces[match.start(1)], sentence.pieces[match.start(1) + 1]
        if piece.is_plural:
            continue
        if amount.key == "cost" and piece.key != "generations":
            draft.trouble = f"'{piece.text} {amount.text}': in total, or of each"
        sentence.drop(match.start(1))


def settle_most_done(sentence: Sentence) -> None:
    """`Which model has the most downloaded images`: the most downloads."""
    for match in reversed(list(re.finditer("F[opa]*(S)([EQ])", sentence.shape))):
        ranks, rows = (sentence.pieces[match.start(part)] for part in (1, 2))
        name, _, direction = ranks.key.rpartition(" ")
        has_most = ranks.text.startswith(("most ", "least ")) and len(ranks.text.split()) == 2
        if name in _DONE and has_most and rows.is_plural and rows.key in ("images", "generations"):
            events = {"download_rate": "download", "retries": "retried"}
            sentence.replace(match.start(1), "M", direction)
            sentence.replace(match.start(2), "V", events.get(name, name))


def settle_extremes(sentence: Sentence) -> None:
    """`Which region had the maximum average latency`, "the top error rate": the highest one."""
    for match in re.finditer("[WE][opI]*F[opa]*([AT])(?=A?H?o?[AQEV])", sentence.shape):
        at = match.start(1)
        piece, after = sentence.pieces[at], sentence.shape[at + 1]
        is_rate = sentence.pieces[at + 1].key.endswith(("_rate", "_share"))
        if piece.kind == "T":
            sentence.replace(at, "M", piece.key)
        elif piece.text in _EXTREMES and (after in "AHEV" or is_rate):
            sentence.replace(at, "M", _EXTREMES[piece.text])


def settle_cost_per(sentence: Sentence) -> None:
    """`Most expensive model per generation`: by what one of them costs."""
    match = sentence.first("(S)F?[opa]*(B)(E)(?![EQV])")
    if not match or sentence.first("[QV]"):
        return
    ranks, by, rows = (sentence.pieces[match.start(part)] for part in (1, 2, 3))
    name, _, direction = ranks.key.rpartition(" ")
    if name in ("cost", "mean_cost") and by.key == "per" and rows.key == "generations":
        sentence.replace(match.start(1), "S", f"mean_cost {direction}")
        sentence.drop(match.start(3))
        sentence.drop(match.start(2))


def drop_judgement(sentence: Sentence) -> None:
    """`Worst performing by error rate`: the rate says by what."""
    judged = sentence.first("[bM](~)")
    if judged and sentence.first("[QVS]"):
        sentence.drop(judged.start(1))
