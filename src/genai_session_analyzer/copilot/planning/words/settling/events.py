"""Statuses and other events as values, rates or counts."""

import re

from genai_session_analyzer.copilot.planning.words.lexicon import entries
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_RATES = {"failure": "error_rate", "churned": "churn_rate", "thumbs_up": "thumbs_up_share"}
_NEW_TOGETHER = {"retries cost": ("retries", "cost"), "retry cost": ("retries", "cost")}


def settle_alternatives(sentence: Sentence) -> None:
    """`Timed out or were rate limited`: one of several statuses, as no row has two."""
    for match in re.finditer("[vV](?:[opa]*D+[opa]*[vV])+", sentence.shape):
        places = [at for at in range(*match.span()) if sentence.shape[at] in "vV"]
        bands = [sentence.pieces[at].key.partition("_friction") for at in places]
        joins = [sentence.pieces[at].text for at in range(*match.span())
                 if sentence.shape[at] == "D"]  # fmt: skip
        statuses = [_status(sentence.pieces[at].key) for at in places]
        is_kept = "v" in match[0] or re.search("F[op]*$", sentence.shape[: match.start()])
        if joins[-1] == "or" and all(statuses) and is_kept:
            for at, status in zip(places, statuses, strict=True):
                sentence.put_value(at, "status", str(status))
        elif joins[-1] == "or" and all(band and friction for band, friction, _ in bands):
            for at, (band, _, _) in zip(places, bands, strict=True):
                sentence.put_value(at, "friction_band", band)


def _status(event: str) -> str | None:
    """The one status that an event is; None where it is none or several."""
    events = entries("lexicon")["events"]
    spec = events[event]["filter"].get("generations", {}) if event in events else {}
    values: list[str] = spec.get("values", [])
    return values[0] if spec.get("field") == "status" and len(values) == 1 else None


def settle_status_rate(sentence: Sentence) -> None:
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


def count_events(sentence: Sentence) -> None:
    """`Success and timeout counts per model`: how many there were, not a column of sessions."""
    for match in re.finditer("(?<![BI])F", sentence.shape):
        event, _, rest = sentence.pieces[match.start()].key.rpartition("_")
        if rest == "count" and event in entries("lexicon")["events"]:
            sentence.replace(match.start(), "V", event)
        elif event == "total" and rest in ("generations", "sessions"):
            sentence.replace(match.start(), "E", rest)


def part_retries_cost(sentence: Sentence) -> None:
    """`Three or more retries cost`: a bound on retries, and the cost."""
    for match in reversed(list(re.finditer("(?<=[nc])Q", sentence.shape))):
        words = _NEW_TOGETHER.get(sentence.pieces[match.start()].text)
        if words:
            sentence.replace(match.start(), "Q", words[0])
            sentence.insert_after(match.start(), "Q", words[1])
