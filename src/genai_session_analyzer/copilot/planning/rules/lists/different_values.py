"""Different values: which there are, and bounds on how many: "more than one model"."""

import re

from genai_session_analyzer.copilot.plan import Operator
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.words.pieces import Piece
from genai_session_analyzer.copilot.planning.words.settling.numbers_as_fields import FIELDS

_OPERATORS: dict[str, Operator] = {
    "above": "above", "at_least": "at_least", "below": "below", "at_most": "at_most", "in": "in",
}  # fmt: skip


_OF_SESSIONS = ("friction_band", "churned_after")
_OF_USERS = ("user_tier", "region", "device_type")


def read_value_list(draft: Draft) -> None:
    """`Different moods in anime prompts`, "which cfg scales do people use": the values."""
    sentence = draft.sentence
    match = sentence.first(
        "^[opa]*(?:[ZW][opa]*I?[opa]*([Q])|[ZW]?[opa]*I[opa]*([FQ])|[ZW][opa]*(F)(?=[opaBELv]*$))"
    )
    if not match or draft.is_follow_up or draft.tagged.times.grain:
        return
    at = match.end() - 1
    piece, rest = sentence.pieces[at], sentence.shape[at + 1 :]
    field = FIELDS.get(piece.key) if piece.kind == "Q" else piece.key
    if match[3] and not _are_values(piece):
        return
    is_list = match[2] or match[3] or piece.is_plural
    if field is None or not is_list or re.search("[AHMSTQVRGKYw]|B[^LE]", rest):
        return
    draft.groups.append(field)
    sentence.take_span(0, at + 1)
    draft.of_entity = "sessions" if field in _OF_SESSIONS else draft.of_entity
    for entity in re.finditer("B?[opa]*L*(E)", rest):
        whom = sentence.pieces[at + 1 + entity.start(1)].key
        is_own = whom == "users" and field in _OF_USERS
        draft.of_entity = "generations" if sentence.has("a") and not is_own else whom
        sentence.take(*(at + 1 + n for n in range(*entity.span()) if rest[n] != "L"))


def _are_values(piece: Piece) -> bool:
    """`Which moods`, "what kinds of device", "samplers used": several, but no ids or times."""
    several = piece.is_plural or re.search(r"^(?:kind|type|sort)s of|s used$", piece.text)
    is_kind_of_failure = re.search(r"\b(?:fail|error)", piece.text) is not None
    is_value = not piece.key.endswith(("_id", "_at", "_date", "_text"))
    return bool(several) and is_value and not is_kind_of_failure
