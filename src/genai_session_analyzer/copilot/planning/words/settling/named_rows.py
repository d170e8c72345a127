"""Which rows a question lists or measures, where they are named by what happened to them."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_ROWS = ("generation", "request", "job", "run", "session", "prompt", "user", "visit", "render")


def settle_named_rows(draft: Draft) -> None:
    """`List the failed requests`, "latest 5 timeouts": rows, not how many failed."""
    sentence = draft.sentence
    for match in re.finditer("(?:Z[oIpLn]*|n?Sn?)(V)", sentence.shape):
        at = match.start(1)
        piece = sentence.pieces[at]
        if any(word in piece.text for word in _ROWS) or _is_of_rows(draft, match):
            entity = next(
                (e for e in ("session", "prompt", "user") if e in piece.text), "generation"
            )
            sentence.insert_after(at, "v", piece.key)
            sentence.replace(at, "E", f"{entity}s")


def settle_measured_rows(sentence: Sentence) -> None:
    """`Complexity of nsfw prompts` is measured over prompts, "sessions with churn" kept by it."""
    for match in re.finditer("Q[op]+L*(V)", sentence.shape):
        piece = sentence.pieces[match.start(1)]
        last = piece.text.rpartition(" ")[2].rstrip("s")
        if last == "prompt":
            sentence.insert_after(match.start(1), "v", piece.key)
            sentence.replace(match.start(1), "E", "prompts")
    for match in re.finditer("E[^EQV]*[pX][opa]*(Q)(?!o)", sentence.shape):
        if sentence.pieces[match.start(1)].text == "churn":
            sentence.replace(match.start(1), "v", "churned")


def settle_measured_entity(draft: Draft) -> None:
    """`Cost of a request` is of generations, "complexity of fantasy prompts" of prompts."""
    match = draft.sentence.first("Q[op]+L*E")
    if not match:
        return
    entity = draft.sentence.pieces[match.end() - 1]
    is_one = entity.key == "generations" and not entity.is_plural
    draft.of_entity = "generations" if is_one else None
    if entity.key == "prompts" and _is_of_prompts_alone(draft):
        draft.of_entity = "prompts"


_OF_PROMPTS = ("domain", "art_style", "mood", "setting", "lighting", "subject",
               "prompt_length_category", "cluster_title")  # fmt: skip


def _is_of_prompts_alone(draft: Draft) -> bool:
    """`Complexity of fantasy prompts` counts each prompt once, if nothing is said of requests."""
    times, pieces = draft.tagged.times, draft.sentence.pieces
    if times.range or times.grain or times.comparison or draft.sentence.first("[EVSMTR].*E"):
        return False
    events = {piece.key for piece in pieces if piece.kind in "vVa"}
    fields = {name for piece in pieces if piece.kind == "L" for name in piece.fields}
    fields |= {piece.key for piece in pieces if piece.kind == "F"}
    return events <= {"nsfw", "reused", "shared_prompt"} and fields <= set(_OF_PROMPTS)


_HAPPENED = ("failure", "timeout", "safety_violation", "rate_limited", "model_error", "download",
             "thumbs_up", "thumbs_down")  # fmt: skip


def _is_of_rows(draft: Draft, match: re.Match[str]) -> bool:
    """`List all timeouts`, "the last 10 failures": those generations, where nothing groups them."""
    sentence = draft.sentence
    event, first = sentence.pieces[match.start(1)], sentence.pieces[match.start()]
    ranks = [p for p in sentence.between(*match.span()) if p.kind == "S"]
    if event.key not in _HAPPENED or draft.tagged.times.grain or sentence.first("[BHWMTwRGQ]"):
        return False
    if ranks and ranks[0].key not in ("newest", "oldest"):
        return False
    return event.is_plural or (first.kind != "Z" and event.key != "failure")
