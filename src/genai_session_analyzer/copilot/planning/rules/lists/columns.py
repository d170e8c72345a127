"""Which columns a list of rows is to have: "id, model and latency of the slowest requests"."""

import re

from genai_session_analyzer.copilot.planning.binding.naming import KEYS, column_name
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import idea_of

_COLUMN = "(?:Ho?|A)?[FQk]"
_COLUMNS = f"{_COLUMN}(?:D+{_COLUMN})*"
_LATER = "(?:Ho?|A)?[FQkE]"
_BEHIND = f"{_LATER}(?:D+{_LATER})*"
_OWN_KEYS = {"generation_id": "generations", "session_id": "sessions", "user_id": "users",
             "prompt_id": "prompts", "prompt_text": "prompts"}  # fmt: skip


def read_columns(draft: Draft) -> None:
    """Find the columns a list is asked for with, before or behind what is listed."""
    sentence = draft.sentence
    is_row = draft.subject != "users" or (draft.rank is not None and draft.rank.by_time)
    if draft.rank and draft.subject and (is_row or _has_column(draft)):
        behind = sentence.first(rf"(D|p|Dp)({_BEHIND})[DJ_]*$")
        if behind and is_row and _takes(draft, behind, draft.subject, 2):
            _add_key(draft)
            return
        ahead = sentence.first(rf"^[ZW]?o*({_BEHIND})[op]+_")
        if ahead and _takes(draft, ahead, draft.subject):
            return
    if _read_values_list(draft):
        return
    leading = sentence.first(rf"(?:Z|^(?=k))o*({_BEHIND})[op]+[L_s]*(E)") or _keyed(draft)
    if leading:
        entity = sentence.pieces[leading.start(2)].key
        if _takes(draft, leading, entity):
            sentence.take(*sentence.left("Z"))
            return
    after = sentence.first(rf"Z[oILn]*(E).*?(D|p|Dp)({_BEHIND})[DJ_]*$")
    if (
        after
        and draft.rank is None
        and _takes(draft, after, sentence.pieces[after.start(1)].key, 3)
    ):
        _add_key(draft)
        sentence.take(after.start(1))


def _has_column(draft: Draft) -> bool:
    """Whether each user has the number that ranks: of all time, and of all that they did."""
    idea = draft.rank.idea if draft.rank else None
    has_number = idea is not None and column_name(idea, "users") is not None
    is_keyed = any(p.kind == "F" and p.key == "user_id" for p in draft.sentence.pieces)
    return has_number and is_keyed and draft.tagged.times.range is None


def _read_values_list(draft: Draft) -> bool:
    """`List the statuses of failed generations` asks for the values there are, not each row's."""
    sentence = draft.sentence
    match = sentence.first("^Zo*(F)[op]+W?[L_s]*([EV])")
    piece = sentence.pieces[match.start(1)] if match else None
    if match is None or piece is None or not piece.is_plural:
        return False
    if piece.key.endswith(("_id", "_at", "_date", "_text")):
        return False
    draft.groups.append(piece.key)
    if match[2] == "V":
        sentence.replace(match.start(2), "v", sentence.pieces[match.start(2)].key)
    else:
        sentence.take(match.start(2))
    sentence.take_span(0, match.end(1))
    return True


def _keyed(draft: Draft) -> re.Match[str] | None:
    """`Show the session id and the friction of every session`: the key says that rows are meant."""
    sentence = draft.sentence
    match = sentence.first(rf"^o*({_COLUMNS})[opB]+[L_s]*(E)")
    if match is None:
        return None
    keys = {sentence.pieces[at].key for at in range(*match.span(1)) if sentence.shape[at] == "F"}
    entity = sentence.pieces[match.start(2)].key
    is_own = entity in {_OWN_KEYS[key] for key in keys & _OWN_KEYS.keys()}
    return match if is_own and "D" in match[1] else None


def _takes(draft: Draft, match: re.Match[str], entity: str, group: int = 1) -> bool:
    """Read the matched columns, where rows of the entity have all of them."""
    sentence = draft.sentence
    places = [at for at in range(*match.span(group)) if sentence.shape[at] in "FQkE"]
    names = [_name(draft, at, entity) for at in places]
    ways = [sentence.pieces[at].key for at in range(*match.span(group))
            if sentence.shape[at] == "A"]  # fmt: skip
    if any(name is None for name in names) or set(ways) - {"total"}:
        return False
    draft.columns = [str(name) for name in names]
    for at in sentence.left("V"):
        sentence.replace(at, "v", sentence.pieces[at].key)  # "that resulted in a timeout"
    draft.rows_of = entity
    sentence.take_span(*match.span(group))
    return True


def _add_key(draft: Draft) -> None:
    """`Sessions with their user`: which session it is comes first."""
    key = KEYS[str(draft.rows_of)]
    if key not in draft.columns:
        draft.columns.insert(0, key)


def _name(draft: Draft, at: int, entity: str) -> str | None:
    piece = draft.sentence.pieces[at]
    if piece.kind == "k":
        return "prompt_id" if entity == "prompts" else KEYS[entity]
    if piece.kind == "F":
        return piece.key
    if piece.kind == "E" and at and draft.sentence.shape[:at].rstrip("o").endswith("H"):
        return column_name(idea_of(piece), entity)
    if piece.kind == "E":
        return KEYS[piece.key] if piece.key != entity and not piece.is_plural else None
    return column_name(idea_of(piece), entity)
