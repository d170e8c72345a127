"""Several fields that are unknown, or known: "leaving out unknown styles and domains"."""

import re

from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_AHEAD = re.compile("(X?)[opE]*(e)[opa]*F(D+)(?=(?:e[opa]*)?F(?![opC]*[LnC]))")
_BEHIND = re.compile("(?:(?<![FDe])(?=F)|(?<=[Wp_])(?=Q))([FQ])D(?=[FQ][op]*(X?)(e)(?![opa]*[FQ]))")
_ALONE = re.compile("(?<!F)(?<!F[op])X[op]*(e)(?![opa]*[FQVv])")
_JOINS = ("and", "or", "nor", "&", "and also")


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
