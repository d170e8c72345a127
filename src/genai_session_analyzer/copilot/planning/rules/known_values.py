"""Rows whose value is recorded or not: "lack a latency", "no known status", "without a sampler"."""

import re

from genai_session_analyzer.copilot.plan import Operator
from genai_session_analyzer.copilot.planning.binding.naming import column_name
from genai_session_analyzer.copilot.planning.drafts import Draft, Keep
from genai_session_analyzer.copilot.planning.rules.ideas import idea_of
from genai_session_analyzer.copilot.planning.rules.known_lists import spread_known
from genai_session_analyzer.copilot.planning.words.pieces import Piece

_NEVER_ZERO = ("latency", "steps", "guidance", "width", "height", "tokens", "friction",
               "image_nsfw", "prompt_nsfw", "complexity")  # fmt: skip
"""Amounts of which "no" cannot mean 0."""
_EVENTS = {"feedback": "feedback", "download": "is_downloaded"}
_LABELS = ("domain", "art_style", "setting", "lighting", "subject")
_ALWAYS_THERE = ("user_tier", "region", "device_type", "user_id")
_SAID = (
    "X?(e)[opa]*([FQV])|([FQV])[op]*X?(e)(?![opa]*[FQ])|(X)o?([FQ])(?![opD]*[CcnU])"
)  # fmt: skip


def read_known(draft: Draft) -> None:
    """Keep the rows in which a field or an amount is known, or in which it is not."""
    sentence = draft.sentence
    spread_known(sentence)
    for match in sentence.find(_SAID):
        named, said = next((n, m) for n, m in ((2, 1), (3, 4), (6, 5)) if match[n])
        piece, operator = (sentence.pieces[match.start(n)] for n in (named, said))
        if operator.kind == "X" and not _is_absent(piece, operator):
            continue
        field = _field(piece)
        if field is None:
            continue
        is_known = (operator.key == "known") != (operator.kind == "e" and "X" in match[0])
        if field in _LABELS:
            _keep_label(draft, field, is_known, match)
        else:
            known: Operator = "is_known" if is_known else "is_unknown"
            draft.keeps.append(Keep(field=field, operator=known, position=match.start()))
        sentence.take_span(match.start(), match.end())


def _keep_label(draft: Draft, field: str, is_known: bool, match: re.Match[str]) -> None:
    """`Unknown` is a value of these labels; "without a style" may be that, or no label at all."""
    words = [piece.text for piece in draft.sentence.between(*match.span()) if piece.kind == "e"]
    if not any(text in ("unknown", "known", "not known", "not unknown") for text in words):
        draft.trouble = f"whether the {field.replace('_', ' ')} is 'unknown', or not labelled"
    operator: Operator = "not_in" if is_known else "in"
    draft.keeps.append(
        Keep(field=field, values=("unknown",), operator=operator, position=match.start())
    )


def _is_absent(piece: Piece, negation: Piece) -> bool:
    """Whether "without" it says that it was not recorded."""
    if not re.search(r"\b(?:no|without)\b", negation.text):
        return False
    if piece.kind == "Q":
        return piece.key in _NEVER_ZERO
    return piece.key not in _ALWAYS_THERE and not piece.is_plural


def _field(piece: Piece) -> str | None:
    if piece.kind == "F":
        return piece.key
    if piece.kind == "V":
        return _EVENTS.get(piece.key)
    return column_name(idea_of(piece), "generations") or column_name(idea_of(piece), "sessions")
