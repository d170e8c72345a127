"""What numbers are counted in: credits, seconds, minutes."""

import re
from collections.abc import Mapping

from genai_session_analyzer.copilot.plan import TimeUnit
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_TIME_UNITS: Mapping[str, TimeUnit] = {"ms": "ms", "s": "s", "min": "min", "h": "h"}


def drop_credit_of_bound(sentence: Sentence) -> None:
    """`A cost of at least 1 credit`: what it is counted in; "1.5 credits" are no model version."""
    for match in re.finditer("(L)c?(?=Q)", sentence.shape):
        piece, unit = sentence.pieces[match.start()], sentence.pieces[match.end()]
        if unit.text.startswith("credit") and piece.text.replace(".", "", 1).isdigit():
            sentence.put_number(match.start(1), float(piece.text))
    for match in reversed(list(re.finditer("(Q)[opAa]*C?[opa]*n(?:Dn)?(Q)", sentence.shape))):
        first, unit = (sentence.pieces[match.start(part)] for part in (1, 2))
        if first.key == "cost" and unit.text in ("credit", "credits"):
            sentence.drop(match.start(2))


def drop_credits_asked(sentence: Sentence) -> None:
    """`How many credits does a session cost` asks for the cost once."""
    match = sentence.first("HA?(Q)[opa]*[LVEFQv_opaDWA]*?(Q)")
    if not match:
        return
    first, last = (sentence.pieces[match.start(part)] for part in (1, 2))
    if first.key == "cost" and "credit" in first.text and last.key in ("cost", "mean_cost"):
        sentence.drop(match.start(1))
        sentence.drop(match.start())


def drop_unit_of_bound(sentence: Sentence) -> None:
    """`The average cost is above 1.5 credits`: credits are what cost is measured in."""
    for match in re.finditer("C(L)", sentence.shape):
        piece = sentence.pieces[match.start(1)]
        if piece.text.replace(".", "", 1).isdigit():
            sentence.put_number(match.start(1), float(piece.text))
    for match in reversed(list(re.finditer("(Q)[op]*Cn(Q)", sentence.shape))):
        amount, unit = (sentence.pieces[match.start(part)] for part in (1, 2))
        if amount.key == unit.key == "cost" and unit.text.startswith("credit"):
            sentence.drop(match.start(2))


def read_unit(draft: Draft) -> None:
    """`In seconds` says how to show a time; "5 seconds" is a bound."""
    sentence = draft.sentence
    asked = sentence.first("H(U)")
    if asked and sentence.pieces[asked.start(1)].key in _TIME_UNITS:
        draft.unit = _TIME_UNITS[sentence.pieces[asked.start(1)].key]
        sentence.replace(asked.start(), "Q", "how_long")  # "how many minutes does a session last"
        sentence.drop(asked.start(1))
    for match in reversed(list(re.finditer("(?<=Q)p(U)", sentence.shape))):
        if sentence.pieces[match.start(1)].key in ("pixels", "points", "credits"):
            for place in reversed(range(*match.span())):
                sentence.drop(place)  # "the width in pixels"
    for match in reversed(list(re.finditer("(?<!n)[Dp]?(?<!n)(U)(?!n)", sentence.shape))):
        at = match.start(1)
        if sentence.pieces[at].text in ("second", "minute", "hour"):
            continue
        if sentence.pieces[at].key == "h" and match[0] == "U" and at:
            continue  # "business hours"
        if sentence.pieces[at].key in _TIME_UNITS and (at == 0 or sentence.shape[at - 1] != "n"):
            draft.unit = _TIME_UNITS[sentence.pieces[at].key]
            for place in reversed(range(*match.span())):
                sentence.drop(place)
