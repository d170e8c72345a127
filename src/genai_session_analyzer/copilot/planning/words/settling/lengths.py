"""Words of length, which of sessions is a duration, of requests a wait and of prompts a size."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_LENGTHS = {"sessions": "duration", "prompts": "prompt_length"}


def settle_longest_of(sentence: Sentence) -> None:
    """`Device with the longest sessions` ranks devices by how long sessions are."""
    for match in re.finditer("F[po]*(A)A?(E)", sentence.shape):
        ranks, entity = sentence.pieces[match.start(1)], sentence.pieces[match.start(2)]
        is_one = not entity.is_plural and match.end() - match.start(1) == 2
        if ranks.text in ("longest", "shortest") and entity.key in _LENGTHS and not is_one:
            direction = "descending" if ranks.key == "max" else "ascending"
            sentence.replace(match.start(1), "M", direction)
            sentence.replace(match.start(2), "Q", _LENGTHS[entity.key])


def settle_lengths(sentence: Sentence) -> None:
    """`Duration of a job` is its latency; "longest wait" the highest."""
    of_jobs = sentence.has("E", "generations") and not sentence.has("E", "sessions")
    for at, piece in enumerate(sentence.pieces):
        if piece.kind == "Q" and piece.text in ("duration", "durations") and of_jobs:
            sentence.replace(at, "Q", "latency")
        elif piece.kind == "Q" and piece.key == "length":
            if sentence.has("E", "sessions"):
                sentence.replace(at, "Q", "duration")
            elif sentence.has("E", "prompts"):
                sentence.replace(at, "Q", "prompt_length")
    for match in re.finditer("(?:F[po]*|E[po]+)(A)A?Q", sentence.shape):
        piece = sentence.pieces[match.start(1)]
        if piece.text in ("longest", "shortest"):
            direction = "descending" if piece.key == "max" else "ascending"
            sentence.replace(match.start(1), "M", direction)


def settle_length_of_longest(draft: Draft) -> None:
    """`Length of the longest session`, "cost of the dearest request": the highest one."""
    sentence = draft.sentence
    match = sentence.first("(Q)[op]([SA])(E)")
    if not match:
        return
    amount, ranks = sentence.pieces[match.start(1)], sentence.pieces[match.start(2)]
    entity = sentence.pieces[match.start(3)]
    lengths = {"sessions": "duration", "generations": "latency", "prompts": "prompt_length"}
    key, _, direction = ranks.key.rpartition(" ")
    if ranks.kind == "A":
        if ranks.text not in ("longest", "shortest"):
            return
        key = lengths.get(entity.key, "")
        direction = "descending" if ranks.key == "max" else "ascending"
    same = amount.key == key or (amount.key == "length" and key in lengths.values())
    if entity.is_plural or not same:
        return
    how = "max" if direction == "descending" else "min"
    draft.ask(Idea(kind="quantity", key=key, how=how), match.start(1))
    sentence.take_span(*match.span())


def settle_longest(draft: Draft) -> None:
    """`Longest sessions` ranks them; "most active users" of a day are not a rank of users."""
    sentence = draft.sentence
    lengths = {"sessions": "duration", "prompts": "prompt_length"}
    for match in sentence.find("A([E])"):
        piece, key = sentence.pieces[match.start()], sentence.pieces[match.start(1)].key
        if piece.text in ("longest", "shortest") and key in lengths:
            direction = "descending" if piece.key == "max" else "ascending"
            sentence.replace(match.start(), "S", f"{lengths[key]} {direction}")
    for match in sentence.find("S(?=E)"):
        several = sentence.pieces[match.end()].is_plural
        is_active = sentence.pieces[match.start()].text == "most active"
        if is_active and several and draft.tagged.times.grain:
            sentence.replace(match.start(), "M", "descending")
            draft.is_active = True


def settle_longest_in_unit(draft: Draft) -> None:
    """`The longest session in hours` is a number of hours."""
    sentence = draft.sentence
    match = sentence.first("(S)(L*)(E)")
    if draft.unit is None or not match or sentence.first("[ZTQMB]"):
        return
    name, _, direction = sentence.pieces[match.start(1)].key.rpartition(" ")
    if name in ("duration", "latency") and not sentence.pieces[match.start(3)].is_plural:
        sentence.replace(match.start(1), "A", "max" if direction == "descending" else "min")
        sentence.insert_after(match.start(1), "Q", name)


def drop_last(sentence: Sentence) -> None:
    """`How long do sessions last` is no last session."""
    for match in sentence.find("S(?![nESFVvLQa])"):
        if sentence.pieces[match.start()].text == "last":
            sentence.drop(match.start())


def settle_how_long(sentence: Sentence, of_sessions: bool) -> None:
    """`How long` of sessions is a duration, of prompts a size, of requests a wait."""
    for at, piece in enumerate(sentence.pieces):
        if piece.kind == "Q" and piece.key == "how_long":
            of_prompts = sentence.has("E", "prompts") and not of_sessions
            other = "prompt_length" if of_prompts else "latency"
            sentence.replace(at, "Q", "duration" if of_sessions else other)
