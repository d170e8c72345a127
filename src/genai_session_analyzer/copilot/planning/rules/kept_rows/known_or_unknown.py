"""Rows whose value is recorded or not: "lack a latency", "no known status", "without a sampler"."""

import re

from genai_session_analyzer.copilot.plan import Operator
from genai_session_analyzer.copilot.planning.binding.naming import column_name
from genai_session_analyzer.copilot.planning.drafts import Draft, Keep
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import idea_of
from genai_session_analyzer.copilot.planning.words.pieces import Piece, Sentence

_NEVER_ZERO = ("latency", "steps", "guidance", "width", "height", "tokens", "friction",
               "image_nsfw", "prompt_nsfw", "complexity")  # fmt: skip
"""Amounts of which "no" cannot mean 0."""

_EVENTS = {"feedback": "feedback", "download": "is_downloaded"}
_LABELS = ("domain", "art_style", "setting", "lighting", "subject")
_ALWAYS_THERE = ("user_tier", "region", "device_type", "user_id")
_SAID = (
    "X?(e)[opa]*([FQV])|([FQV])[op]*X?(e)(?![opa]*[FQ])|(X)o?([FQ])(?![opD]*[CcnU])"
)  # fmt: skip
_AHEAD = re.compile("(X?)[opE]*(e)[opa]*F(D+)(?=(?:e[opa]*)?F(?![opC]*[LnC]))")
_BEHIND = re.compile("(?:(?<![FDe])(?=F)|(?<=[Wp_])(?=Q))([FQ])D(?=[FQ][op]*(X?)(e)(?![opa]*[FQ]))")
_ALONE = re.compile("(?:(?<!F)(?<!F[op])|(?<=BF))X[op]*(e)(?![opa]*[FQVv])")
_JOINS = ("and", "or", "nor", "&", "and also")


def read_known(draft: Draft) -> None:
    """Keep the rows in which a field or an amount is known, or in which it is not."""
    sentence = draft.sentence
    spread_known(sentence)
    for match in sentence.find(_SAID):
        named, said = next((n, m) for n, m in ((2, 1), (3, 4), (6, 5)) if match[n])
        piece, operator = (sentence.pieces[match.start(n)] for n in (named, said))
        if operator.kind == "X" and not _is_absent(piece, operator):
            continue
        field = _field(piece, sentence)
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


def _field(piece: Piece, sentence: Sentence) -> str | None:
    """Its column of what is counted first: a session has a cost, as its generations have."""
    if piece.kind == "F":
        return piece.key
    if piece.kind == "V":
        return _EVENTS.get(piece.key)
    counted = [each.key for each in sentence.pieces if each.kind == "E"][:1]
    columns = (column_name(idea_of(piece), of) for of in (*counted, "generations", "sessions"))
    return next((name for name in columns if name), None)


def spread_known(sentence: Sentence) -> None:
    """Say "unknown" once more for each field of a list; "not a or b" is neither of them."""
    at = 0
    while match := _AHEAD.search(sentence.shape, at):
        at = match.end()
        if sentence.pieces[match.end(3) - 1].text not in _JOINS:
            continue  # "excluding unknown domains, styles by cost"
        said = sentence.pieces[match.start(2)].text
        is_said = sentence.shape[match.end(3)] == "e"
        if match[1]:
            sentence.replace(match.start(3), "X", "not")
            for place in reversed(range(match.start(3) + 1, match.end(3))):
                sentence.drop(place)
            if not is_said:
                _insert(sentence, match.start(3), said)
        elif not is_said:
            _insert(sentence, match.end(3) - 1, said)
    for match in reversed(list(_BEHIND.finditer(sentence.shape))):
        _insert(sentence, match.start(1), sentence.pieces[match.start(3)].text)
        if match[2]:
            sentence.insert_after(match.start(1), "X", "not")
    _name_alone(sentence)


def _insert(sentence: Sentence, after: int, said: str) -> None:
    key = "known" if said in ("known", "recorded") else "unknown"
    sentence.insert_after(after, "e", key)


def _name_alone(sentence: Sentence) -> None:
    """`Styles by cost, excluding unknown`: the one field that is named."""
    match = _ALONE.search(sentence.shape)
    names = {piece.key for piece in sentence.pieces if piece.kind == "F"}
    if match and len(names) == 1:
        sentence.insert_after(match.start(1), "F", names.pop())
