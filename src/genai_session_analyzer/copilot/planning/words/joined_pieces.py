"""Pieces that stand side by side as one noun: "user ratings", "model_error rate"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.words.doubted_meanings import doubt_meanings
from genai_session_analyzer.copilot.planning.words.lexicon import entries
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_EXTREMES = {"max": "descending", "maximum": "descending", "maximal": "descending",
             "peak": "descending", "min": "ascending", "minimum": "ascending",
             "minimal": "ascending"}  # fmt: skip
_DONE = ("download_rate", "thumbs_up", "thumbs_down", "retries")


def settle_joined(draft: Draft) -> None:
    """Read nouns side by side as the one thing they name."""
    sentence = draft.sentence
    _drop_whose(sentence)
    _settle_highest(draft)
    _drop_picture(sentence)
    _settle_status_rate(sentence)
    _drop_said_again(sentence)
    _settle_most_done(sentence)
    _settle_extremes(sentence)
    _settle_cost_per(sentence)
    doubt_meanings(draft)


def _drop_whose(sentence: Sentence) -> None:
    """`User ratings`, "customer sessions": whose they are goes without saying."""
    for match in reversed(list(re.finditer("(?<!B)(?:^|(?<=[^B]))(E)(?=[EV])", sentence.shape))):
        at = match.start(1)
        piece, after = sentence.pieces[at], sentence.pieces[at + 1]
        is_own = piece.key == "users" and after.key != "users" and after.is_plural
        if is_own and not piece.is_plural and piece.text not in ("people", "everyone"):
            sentence.drop(at)


def _settle_highest(draft: Draft) -> None:
    """`The highest user churn`: nobody ranks by the number of users there."""
    sentence = draft.sentence
    for match in reversed(list(re.finditer("[MbS](E)(?=Q)", sentence.shape))):
        piece, amount = sentence.pieces[match.start(1)], sentence.pieces[match.start(1) + 1]
        if piece.is_plural:
            continue
        if amount.key == "cost" and piece.key != "generations":
            draft.trouble = f"'{piece.text} {amount.text}': in total, or of each"
        sentence.drop(match.start(1))


def _drop_picture(sentence: Sentence) -> None:
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


def _settle_status_rate(sentence: Sentence) -> None:
    """`Model_error rate`: the status is named as the data has it; "timed-out share"."""
    rates = entries("lexicon")["quantities"]
    for match in reversed(list(re.finditer("(v)(R)", sentence.shape))):
        event, share = (sentence.pieces[match.start(part)] for part in (1, 2))
        name = _RATES.get(event.key, f"{event.key}_rate")
        if name in rates and " " not in share.text:
            sentence.replace(match.start(), "Q", name)
            sentence.drop(match.start() + 1)
    for match in reversed(list(re.finditer("(L)R", sentence.shape))):
        piece = sentence.pieces[match.start()]
        name = f"{piece.value}_rate"
        if piece.key == "status" and name in rates:
            sentence.replace(match.start(), "Q", name)
            sentence.drop(match.start() + 1)


_RATES = {"failure": "error_rate", "churned": "churn_rate", "thumbs_up": "thumbs_up_share"}
_STATUSES = ("timeout", "safety_violation", "rate_limited", "model_error")


def _drop_said_again(sentence: Sentence) -> None:
    """`Failed with a timeout`, "model error failures", "completed successfully"."""
    for match in reversed(list(re.finditer("(?<=[EWp])([opa]*v)[op!]*(?=V)", sentence.shape))):
        first, second = (sentence.pieces[at] for at in (match.end(1) - 1, match.end()))
        if first.key == "failure" and second.key in _STATUSES:
            for at in reversed(range(match.end(1) - 1, match.end())):
                sentence.drop(at)
    for match in reversed(list(re.finditer("([Vv])([Vv])", sentence.shape))):
        whole, again = (sentence.pieces[match.start(part)].key for part in (1, 2))
        is_wider = again == "failure" and whole in _STATUSES
        is_verdict = again == "feedback" and whole in ("thumbs_up", "thumbs_down")
        if whole == again or is_wider or is_verdict:
            sentence.drop(match.start(2))


def _settle_most_done(sentence: Sentence) -> None:
    """`Which model has the most downloaded images`: the most downloads."""
    for match in reversed(list(re.finditer("F[opa]*(S)([EQ])", sentence.shape))):
        ranks, rows = (sentence.pieces[match.start(part)] for part in (1, 2))
        name, _, direction = ranks.key.rpartition(" ")
        has_most = ranks.text.startswith(("most ", "least ")) and len(ranks.text.split()) == 2
        if name in _DONE and has_most and rows.is_plural and rows.key in ("images", "generations"):
            events = {"download_rate": "download", "retries": "retried"}
            sentence.replace(match.start(1), "M", direction)
            sentence.replace(match.start(2), "V", events.get(name, name))


def _settle_cost_per(sentence: Sentence) -> None:
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


def _settle_extremes(sentence: Sentence) -> None:
    """`Which region had the maximum average latency`, "the top error rate": the highest one."""
    for match in re.finditer("[WE][opI]*F[opa]*([AT])(?=A?H?o?[AQEV])", sentence.shape):
        at = match.start(1)
        piece, after = sentence.pieces[at], sentence.shape[at + 1]
        is_rate = sentence.pieces[at + 1].key.endswith(("_rate", "_share"))
        if piece.kind == "T":
            sentence.replace(at, "M", piece.key)
        elif piece.text in _EXTREMES and (after in "AHEV" or is_rate):
            sentence.replace(at, "M", _EXTREMES[piece.text])
