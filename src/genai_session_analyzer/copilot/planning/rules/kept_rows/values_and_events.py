"""Rows to keep: by values of the data ("pro users on mobile"), by what happened to them."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft, Keep
from genai_session_analyzer.copilot.planning.rules.kept_rows.what_users_did import keep_each
from genai_session_analyzer.copilot.planning.words.pieces import Piece, Sentence

_NEEDS = {
    "friction_band": ("Q", ("friction",), "F", ("friction_band",)),
    "prompt_length_category": ("E", ("prompts",), "F", ("prompt_length_category",)),
    "setting": ("F", ("setting",), "", ()),
    "lighting": ("F", ("lighting",), "", ()),
}
"""Fields whose values are everyday words: the piece that has to stand beside them."""

ORIGINS = ("user_origin", "time_origin", "telemetry_origin", "profile_origin")
OTHERS = ("unknown", "other")


def read_values(draft: Draft) -> None:
    """Turn values into conditions; several of one field are alternatives."""
    sentence = draft.sentence
    for at in sentence.left("L"):
        if sentence.shape[at] != "L":
            continue
        field = _field_of(draft, at)
        if field is None:
            continue
        places = [at, *_alternatives(draft, at, field)]
        denied = re.search("X[opa]*(?:F[opa]*)?$", sentence.shape[:at])
        negated = denied is not None
        values = tuple(sentence.pieces[place].value for place in places)
        keep = Keep(field=field, values=values, position=at,
                    is_listed=_is_listed(draft, places),
                    operator="not_in" if negated else "in")  # fmt: skip
        if not keep_each(draft, keep):
            draft.keeps.append(keep)
        sentence.take_span(places[0], places[-1] + 1)
        if denied:
            sentence.take_span(denied.start(), at)
        if at > 0 and sentence.shape[at - 1] == "B":
            sentence.take(at - 1)  # "made by pro users"
        _take_neighbours(draft, at, places[-1], field)


def _is_listed(draft: Draft, places: list[int]) -> bool:
    """Whether several values are named one beside the other, not as alternatives."""
    between = draft.sentence.pieces[places[0] : places[-1]]
    joins = [piece.text for piece in between if piece.kind == "D"]
    return "or" not in joins and any(text in ("and", "&", "as well as") for text in joins)


def _alternatives(draft: Draft, at: int, field: str) -> list[int]:
    """Places of further values of the same field: "pro, free or enterprise"."""
    sentence, last = draft.sentence, at
    found: list[int] = []
    while True:
        rest = sentence.shape[last + 1 : last + 4]
        gaps = ((2, "D"), (3, "Dp"), (3, "DD"), (3, "DF"))
        step = next((n for n, gap in gaps if rest.startswith(gap + "L")), 0)
        if not step or field not in sentence.pieces[last + step].fields:
            return found
        last += step
        found.append(last)


def _field_of(draft: Draft, at: int) -> str | None:
    """The field a value is of: the one named beside it, else the first that may stand alone."""
    piece = draft.sentence.pieces[at]
    if piece.fields == ("friction_band",) and "friction" in piece.text:
        return "friction_band"
    for name in piece.fields:
        if _is_named(draft, at, name):
            return name
    if piece.value in OTHERS:
        return None
    alone = [name for name in piece.fields if name not in _NEEDS and name not in ORIGINS]
    if alone:
        return alone[0] if len(alone) == 1 else None
    return next((name for name in piece.fields if _has_need(draft, at, name)), None)


def _neighbours(draft: Draft, at: int) -> list[Piece]:
    pieces = draft.sentence.pieces
    return [pieces[n] for n in range(max(0, at - 2), min(len(pieces), at + 3)) if n != at]


def _is_named(draft: Draft, at: int, name: str) -> bool:
    return any(each.kind == "F" and each.key == name for each in _neighbours(draft, at))


def _has_need(draft: Draft, at: int, name: str) -> bool:
    if name in ORIGINS:
        return False
    after = draft.sentence.pieces[at + 1 : at + 2]
    if name == "friction_band" and any(p.kind == "F" and p.key != name for p in after):
        return False
    piece = draft.sentence.pieces[at]
    if name in ("setting", "lighting") and " " in piece.value + piece.text:
        return True
    at = [at, *_alternatives(draft, at, name)][-1]  # "long and very long prompts"
    kind, keys, other, others = _NEEDS[name]
    return any(
        (each.kind == kind and each.key in keys) or (each.kind == other and each.key in others)
        for each in _neighbours(draft, at)
    )


def _take_neighbours(draft: Draft, first: int, last: int, field: str) -> None:
    """The field's own name beside its value says nothing more: "region europe"."""
    sentence = draft.sentence
    for at in (first - 2, first - 1, last + 1, last + 2):
        if 0 <= at < len(sentence.pieces) and sentence.shape[at] == "F":
            near = at in (first - 1, last + 1) or sentence.shape[(at + first) // 2] in "opC_"
            if sentence.pieces[at].key == field and near:
                sentence.take(at)


def _is_joining(sentence: Sentence, at: int) -> bool:
    """`Fell into the high friction band` does not group."""
    is_each = re.search(r"\b(?:each|every|per)\b", sentence.pieces[at].text)
    return sentence.shape[at] == "B" and not is_each


def read_events(draft: Draft) -> None:
    """Turn events that are not what is counted into conditions: "cost of failed generations"."""
    sentence = draft.sentence
    for at in sentence.left("v"):
        negated = at > 0 and sentence.shape[at - 1] == "X"
        draft.keeps.append(Keep(event=sentence.pieces[at].key, position=at, is_negated=negated))
        sentence.take(at)
        if negated or (at > 0 and _is_joining(sentence, at - 1)):
            sentence.take(at - 1)


def keep_prompt_texts(draft: Draft) -> None:
    """Keep the prompts with the texts that were found before the question was cut into pieces."""
    draft.keeps += [Keep(field="prompt_text", operator=each.operator, values=each.texts)
                    for each in draft.tagged.contained]  # fmt: skip
