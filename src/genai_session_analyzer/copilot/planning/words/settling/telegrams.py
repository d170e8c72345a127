"""Questions of key words alone: "err rate tier", "latency p95 model feb"."""

import re

from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_TELEGRAM = re.compile(r"[AHRo]*[QVvE][AQVvEoL]*(?:D?F)+[LD]*")


def settle_telegram(sentence: Sentence, has_grain: bool = False) -> None:
    """Read a bare field behind a bare number as what to group by, where no other word is there."""
    _name_latency(sentence, has_grain)
    if not _TELEGRAM.fullmatch(sentence.shape) or _names_values(sentence):
        return
    for at in reversed(sentence.left("F")):
        if sentence.shape[at - 1] == "D":
            sentence.replace(at - 1, "B", "by")
        else:
            sentence.insert_after(at - 1, "B", "by")


def _name_latency(sentence: Sentence, has_grain: bool) -> None:
    """`P99 by hour`: a percentile of nothing else is one of the latency."""
    if (has_grain or re.search("A.*[BL]", sentence.shape)) and not sentence.first("[QVvERSTMbHn?]"):
        at = sentence.shape.find("A")
        if at >= 0 and sentence.pieces[at].key in ("p90", "p95", "p99"):
            sentence.insert_after(at, "Q", "latency")


def _names_values(sentence: Sentence) -> bool:
    """`Cost domain portrait`: the field says whose value that is."""
    named = {sentence.pieces[at].key for at in sentence.left("F")}
    return any(named & set(sentence.pieces[at].fields) for at in sentence.left("L"))
