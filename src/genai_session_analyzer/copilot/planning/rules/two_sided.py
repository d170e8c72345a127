"""What happened against what did not: "downloaded vs not downloaded", "with and without nsfw"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft, Keep
from genai_session_analyzer.copilot.planning.words.lexicon import entries

_BOTH = re.compile(
    r"\b(?:with (?:and|or|vs\.?|versus|compared (?:to|with)) without"
    r"|without (?:and|or|vs\.?|versus) with)\b"
)
_UNNAMED = re.compile(r"\b(?:newer|older)\b")
_SIDES = "([vV])[opaE]*[GD]+[opaE]*X[opa]*([vV])"


def read_two_sided(draft: Draft) -> None:
    """Tell rows apart by whether something happened to them, where both sides are named."""
    sentence = draft.sentence
    match = sentence.first(_SIDES)
    if match:
        keys = {sentence.pieces[match.start(part)].key for part in (1, 2)}
        field = _flag(keys.pop()) if len(keys) == 1 else None
        if field:
            draft.groups.append(field)
            for at in reversed(range(match.start(), match.end() - 1)):
                sentence.drop(at)
            _as_rows(draft, match.start())
            return
    if sentence.has("G") and sentence.first("[QR]"):
        _read_outcomes(draft)
    unnamed = _UNNAMED.search(draft.tagged.text)
    if unnamed:
        draft.trouble = f"which are the {unnamed[0]} ones"
    if _BOTH.search(draft.tagged.text):
        draft.trouble = "which of both are meant: those with it or those without"


def _read_outcomes(draft: Draft) -> None:
    """`Compare successful with failed requests`: the rows of known status, told apart by it."""
    sentence = draft.sentence
    match = sentence.first("([vV])[opaE]*[GD]+[opaE]*([vV])")
    if not match:
        return
    keys = {sentence.pieces[match.start(part)].key for part in (1, 2)}
    if keys != {"success", "failure"}:
        return
    draft.groups.append("is_success")
    draft.keeps.append(Keep(field="is_success", operator="is_known", position=match.start()))
    for at in reversed(range(match.start(), match.end() - 1)):
        sentence.drop(at)
    _as_rows(draft, match.start())


def read_whole_first(draft: Draft) -> None:
    """`Of all errors, how many were timeouts`: the first names the rows, the second the number."""
    sentence = draft.sentence
    match = re.match("[op]+(V)D?H[opa]*([Vv])", sentence.shape)
    if match:
        key = sentence.pieces[match.start(1)].key
        draft.keeps.append(Keep(event=key, position=match.start(1)))
        sentence.replace(match.start(2), "V", sentence.pieces[match.start(2)].key)
        for at in reversed(range(match.end(1) + (sentence.shape[match.end(1)] == "D"))):
            sentence.drop(at)


def _flag(event: str) -> str | None:
    """The yes-or-no field of an event; None where it is told from other values."""
    specs = entries("lexicon")["events"][event]["filter"].values()
    return next((spec["field"] for spec in specs if spec.get("values") == ["true"]), None)


def _as_rows(draft: Draft, at: int) -> None:
    """`Not downloaded images`: of the event only the rows are left."""
    piece = draft.sentence.pieces[at]
    named = next((word for word in ("session", "prompt", "user") if word in piece.text), None)
    if piece.kind == "V" and named:
        draft.sentence.replace(at, "E", f"{named}s")
    else:
        draft.sentence.drop(at)
