"""Which columns a list of rows is to have: "id, model and latency of the slowest requests"."""

import re

from genai_session_analyzer.copilot.planning.binding.naming import KEYS, column_name
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.rules.ideas import idea_of

_COLUMNS = "[FQk](?:D+[FQk])*"
_BEHIND = "[FQkE](?:D+[FQkE])*"


def read_columns(draft: Draft) -> None:
    """Find the columns a list is asked for with, before or behind what is listed."""
    sentence = draft.sentence
    if draft.rank and draft.subject and draft.subject != "users":
        behind = sentence.first(rf"(D|p|Dp)({_BEHIND})_*$")
        if behind and _takes(draft, behind, draft.subject, 2):
            _add_key(draft)
            return
        ahead = sentence.first(rf"^[ZW]?({_COLUMNS})o_")
        if ahead and _takes(draft, ahead, draft.subject):
            return
    leading = sentence.first(rf"(?:Z|^(?=k))[oI]*({_COLUMNS})[op]+[L_s]*(E)")
    if leading:
        entity = sentence.pieces[leading.start(2)].key
        if _takes(draft, leading, entity):
            sentence.take(*sentence.left("Z"))
            return
    after = sentence.first(rf"Z[oILn]*(E).*?(D|p|Dp)({_BEHIND})_*$")
    if (
        after
        and draft.rank is None
        and _takes(draft, after, sentence.pieces[after.start(1)].key, 3)
    ):
        _add_key(draft)
        sentence.take(after.start(1))


def _takes(draft: Draft, match: re.Match[str], entity: str, group: int = 1) -> bool:
    """Read the matched columns, where rows of the entity have all of them."""
    sentence = draft.sentence
    places = [at for at in range(*match.span(group)) if sentence.shape[at] in "FQkE"]
    names = [_name(draft, at, entity) for at in places]
    if any(name is None for name in names):
        return False
    draft.columns = [str(name) for name in names]
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
    if piece.kind == "E":
        return KEYS[piece.key] if piece.key != entity and not piece.is_plural else None
    return column_name(idea_of(piece), entity)
