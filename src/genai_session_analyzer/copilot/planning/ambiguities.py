"""Words that can be read in several ways: "best", "top users", "the cheapest model"."""

from dataclasses import replace

from genai_session_analyzer.copilot.planning.drafts import ENTITIES
from genai_session_analyzer.copilot.planning.words.lexicon import entries
from genai_session_analyzer.copilot.planning.words.pieces import Piece, Sentence
from genai_session_analyzer.copilot.planning.words.tagging import Tagged

_JUDGED = ("success_rate", "latency", "friction")
_DEAR = ("cheapest", "expensive", "costliest", "priciest", "dearest", "costly", "affordable")


def readings(tagged: Tagged) -> tuple[Tagged, ...]:
    """Return the question once for each meaning of its ambiguous word; none where it has one."""
    sentence = tagged.sentence
    dear = sentence.first("S(?=F)|F[opa]*S(?!E)")
    if dear and not sentence.first("[QV]"):
        return _dear(tagged)
    if sentence.first("[QVS]"):
        return _per_success(tagged)
    judged = sentence.first("b") or sentence.first("M(?=~)")
    unclear = sentence.first("~")
    if judged:
        return _judged(tagged, judged.start(), unclear.start() if unclear else None)
    if unclear and not sentence.first("[RK]"):
        piece = sentence.pieces[unclear.start()]
        keys = entries("scope")["ambiguous"][piece.key]["readings"]
        return tuple(_replaced(tagged, unclear.start(), _as_measure(piece, key)) for key in keys)
    if sentence.first("T") and not sentence.first("[vHMR]|[BY]E") and sentence.has("E", "users"):
        return _top_users(tagged)
    return ()


def _dear(tagged: Tagged) -> tuple[Tagged, ...]:
    """`The cheapest model` in total, or for each generation."""
    at = tagged.sentence.left("S")[0]
    piece = tagged.sentence.pieces[at]
    if not any(word in piece.text for word in _DEAR):
        return ()
    direction = piece.key.rsplit(" ", 1)[1]
    return tuple(
        _replaced(tagged, at, replace(piece, key=f"{key} {direction}", text="ranked"))
        for key in ("cost", "mean_cost")
    )


def _per_success(tagged: Tagged) -> tuple[Tagged, ...]:
    """`Cost per successful generation`: of what those cost, or of all cost, failures included."""
    match = tagged.sentence.first("Q[opa]*(B)(V)")
    if match is None or tagged.sentence.has("A"):
        return ()
    cost, by, event = (
        tagged.sentence.pieces[at] for at in (match.start(), *map(match.start, (1, 2)))
    )
    names_rows = event.text not in ("success", "successes")
    if (cost.key, by.key, event.key) != ("cost", "per", "success") or not names_rows:
        return ()
    return tagged, _replaced(tagged, match.start(2), replace(event, text="success"))


def _judged(tagged: Tagged, at: int, unclear: int | None) -> tuple[Tagged, ...]:
    """`Best` or "most efficient" by each of the numbers it can mean, in the good direction."""
    pieces = tagged.sentence.pieces
    piece = pieces[at]
    keys: tuple[str, ...] = _JUDGED
    is_best, is_amount = piece.key in ("best", "descending"), False
    if unclear is not None:
        entry = entries("scope")["ambiguous"][pieces[unclear].key]
        keys = tuple(entry["readings"])
        is_best = is_best != (entry.get("is_bad") == "true")
        is_amount = entry.get("is_amount") == "true"
    found = []
    for key in keys:
        more = is_amount or key in entries("polarity")["more_is_better"]
        direction = "descending" if more == is_best else "ascending"
        ranks = replace(piece, kind="S", key=f"{key} {direction}")
        is_compared = tagged.times.comparison is not None
        changed = _replaced(tagged, at, _as_measure(piece, key) if is_compared else ranks)
        found.append(changed if unclear is None else _without(changed, unclear))
    return tuple(found)


def _without(tagged: Tagged, at: int) -> Tagged:
    pieces = tagged.sentence.pieces
    return replace(tagged, sentence=Sentence((*pieces[:at], *pieces[at + 1 :])))


def _top_users(tagged: Tagged) -> tuple[Tagged, ...]:
    """`Top users` by what: generations or cost."""
    sentence = tagged.sentence
    found = []
    for key in ("generations", "cost"):
        by = Piece(kind="Y", key="by", text="by", start=0)
        what = _as_measure(by, key)
        found.append(replace(tagged, sentence=Sentence((*sentence.pieces, by, what))))
    return tuple(found)


def _as_measure(piece: Piece, key: str) -> Piece:
    return replace(piece, kind="E" if key in ENTITIES else "Q", key=key)


def _replaced(tagged: Tagged, at: int, piece: Piece) -> Tagged:
    pieces = tagged.sentence.pieces
    return replace(tagged, sentence=Sentence((*pieces[:at], piece, *pieces[at + 1 :])))
