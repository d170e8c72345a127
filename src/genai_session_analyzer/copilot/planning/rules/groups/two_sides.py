"""What happened against what did not: "downloaded vs not downloaded", "with and without nsfw"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft, Keep
from genai_session_analyzer.copilot.planning.words.lexicon import entries

_BOTH = re.compile(
    r"\b(?:with (?:and|or|vs\.?|versus|compared (?:to|with)) without"
    r"|without (?:and|or|vs\.?|versus) with)\b"
)
_UNNAMED = re.compile(r"\b(?:newer|older)\b")
_SIDES = (
    "([vV])[opaE]*[GD]+[opaE]*X[opa]*([vVQ])",
    "X[opa]*([vVQ])[opaE]*[GD]+[opaE]*([vV])",
)
_EVENTS_OF = {"retries": "retried"}


def read_two_sided(draft: Draft) -> None:
    """Tell rows apart by whether something happened to them, where both sides are named."""
    sentence = draft.sentence
    match = next(filter(None, map(sentence.first, _SIDES)), None)
    if match and _read_sides(draft, match):
        return
    if sentence.has("G") and sentence.first("[QR]"):
        _read_outcomes(draft)
        _read_two_events(draft)
    unnamed = _UNNAMED.search(draft.tagged.text)
    if unnamed:
        draft.trouble = f"which are the {unnamed[0]} ones"
    if _BOTH.search(draft.tagged.text):
        draft.trouble = "which of both are meant: those with it or those without"


def _read_sides(draft: Draft, match: re.Match[str]) -> bool:
    """Group by whether it happened, or measure both sides where no field says that."""
    sentence = draft.sentence
    pieces = (sentence.pieces[match.start(part)] for part in (1, 2))
    keys = {_EVENTS_OF.get(piece.key, piece.key) for piece in pieces}
    key = keys.pop() if len(keys) == 1 else None
    if key is None or key not in entries("lexicon")["events"]:
        return False
    field = _flag(draft, key)
    if field:
        draft.groups.append(field)
    else:
        happened, not_happened = Keep(event=key), Keep(event=key, is_negated=True)
        is_first = sentence.shape[match.start()] != "X"
        draft.sides = (happened, not_happened) if is_first else (not_happened, happened)
        draft.of_entity = draft.of_entity or _coarser(draft)
    _leave_rows(draft, match.start(), match.end() - 1)
    return True


def _read_outcomes(draft: Draft) -> None:
    """`Compare successful with failed requests`: the rows of known status, told apart by it."""
    sentence = draft.sentence
    named = sentence.first("(Q)[GDop]+V")
    if named and sentence.pieces[named.start()].key == "failure_cost":
        sentence.replace(named.start(), "Q", "cost")  # "cost of failures against successes"
        sentence.insert_after(named.start(), "V", "failure")
    match = sentence.first("([vV])[opaE]*[GD]+[opaE]*([vV])")
    if not match:
        return
    keys = {sentence.pieces[match.start(part)].key for part in (1, 2)}
    if keys != {"success", "failure"}:
        return
    draft.groups.append("is_success")
    draft.keeps.append(Keep(field="is_success", operator="is_known", position=match.start()))
    _leave_rows(draft, match.start(), match.end() - 1)


def _read_two_events(draft: Draft) -> None:
    """`Latency of thumbs up vs thumbs down`: a number of the rows of each event."""
    sentence = draft.sentence
    match = sentence.first("Q[^HVvR]*([vV])[opaE]*G[opaE]*([vV])")
    if not match or draft.sides:
        return
    keys = [sentence.pieces[match.start(part)].key for part in (1, 2)]
    events = entries("lexicon")["events"]
    if keys[0] == keys[1] or not all(key in events for key in keys):
        return
    draft.sides = tuple(Keep(event=key) for key in keys)
    _leave_rows(draft, match.start(1), match.end() - 1)


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


def _flag(draft: Draft, event: str) -> str | None:
    """The yes-or-no field of an event; None where it is told from other values.

    Of sessions and users, which have several generations, a generation's flag tells nothing apart.
    """
    specs = entries("lexicon")["events"][event]["filter"]
    coarser = _coarser(draft)
    if coarser and coarser not in specs:
        return None
    flags = (spec["field"] for spec in specs.values() if spec.get("values") == ["true"])
    return next(flags, None)


def _coarser(draft: Draft) -> str | None:
    """Sessions or users, where the rows are said to be those."""
    return next((name for name in ("sessions", "users") if draft.sentence.has("E", name)), None)


def _leave_rows(draft: Draft, at: int, last: int) -> None:
    """`Not downloaded images`: of the pieces up to the last event only its rows are left."""
    for place in reversed(range(at, last)):
        draft.sentence.drop(place)
    piece = draft.sentence.pieces[at]
    named = next((word for word in ("session", "prompt", "user") if word in piece.text), None)
    if piece.kind == "V" and named:
        draft.sentence.replace(at, "E", f"{named}s")
    else:
        draft.sentence.drop(at)
