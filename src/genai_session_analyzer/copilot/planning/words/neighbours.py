"""Words that mean something else beside certain others, put right before the rules read them."""

import re
from collections.abc import Mapping

from genai_session_analyzer.copilot.plan import TimeUnit
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.rules.subject_spending import settle_spending
from genai_session_analyzer.copilot.planning.rules.text_units import settle_text_units
from genai_session_analyzer.copilot.planning.words.joined_pieces import settle_joined
from genai_session_analyzer.copilot.planning.words.leftover_words import settle_leftovers
from genai_session_analyzer.copilot.planning.words.length_words import (
    settle_extremes,
    settle_lengths,
    settle_longest_of,
)
from genai_session_analyzer.copilot.planning.words.listed_numbers import settle_listed_numbers
from genai_session_analyzer.copilot.planning.words.pieces import Sentence
from genai_session_analyzer.copilot.planning.words.row_words import (
    doubt_difference,
    settle_measured_entity,
    settle_measured_rows,
    settle_named_rows,
)
from genai_session_analyzer.copilot.planning.words.subject_words import settle_each, settle_subjects

TIME_UNITS: Mapping[str, TimeUnit] = {"ms": "ms", "s": "s", "min": "min", "h": "h"}
_VAGUER = ("typical", "typically", "usual", "worst case")


def settle_neighbours(draft: Draft) -> None:
    """Read units that are asked for, said twice what is said once, and numbers that are words."""
    sentence = draft.sentence
    settle_joined(draft)
    settle_leftovers(draft)
    settle_text_units(draft)
    settle_spending(draft)
    _drop_asides(sentence)
    _drop_repeated(sentence)
    _drop_bound_unit(sentence)
    _settle_place(sentence)
    _read_ordinal(draft)
    _read_unit(draft)
    settle_named_rows(draft)
    _settle_named_status(sentence)
    settle_measured_rows(sentence)
    doubt_difference(draft)
    settle_longest_of(sentence)
    _settle_one(sentence)
    settle_lengths(sentence)
    settle_subjects(sentence)
    settle_each(draft)
    settle_listed_numbers(sentence)
    settle_extremes(draft)
    settle_measured_entity(draft)


def _drop_asides(sentence: Sentence) -> None:
    """`Churned, i.e. never came back`: an aside goes only where it says the same once more."""
    for match in reversed(list(re.finditer(r"[EQFLVv]D*[?p][Do]*A?(?=[EQFLVv])", sentence.shape))):
        first, second = sentence.pieces[match.start()], sentence.pieces[match.end()]
        between = sentence.between(match.start() + 1, match.end())
        same = (first.key, first.value) == (second.key, second.value)
        if same and any(piece.text in ("i.e", "that is") for piece in between):
            shift = 0 if second.kind == "V" else 1  # "throttled, i.e. rate limited requests"
            for at in reversed(range(match.start() + shift, match.end() + shift)):
                sentence.drop(at)


def _drop_repeated(sentence: Sentence) -> None:
    """`Topic (domain)`, "typical (median) wait", "how quick? p95 response time"."""
    for kind in "FQLV":
        for match in reversed(list(re.finditer(f"{kind}D?(?={kind})", sentence.shape))):
            first, second = sentence.pieces[match.start()], sentence.pieces[match.end()]
            same = first.key == second.key and first.value == second.value
            if same and (kind != "L" or first.fields == second.fields):
                for at in reversed(range(match.start() + 1, match.end() + 1)):
                    sentence.drop(at)
    for match in reversed(list(re.finditer("AD?(?=A)", sentence.shape))):
        if sentence.pieces[match.start()].text in _VAGUER:
            for at in reversed(range(*match.span())):
                sentence.drop(at)
    exact = sentence.first("(Q)D?A(Q)")
    if exact and sentence.pieces[exact.start(1)].key == sentence.pieces[exact.start(2)].key:
        for at in reversed(range(exact.start(1), exact.start(2) - 1)):
            sentence.drop(at)


_ORDINALS = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5,
             "5th": 5, "runner up": 2, "sixth": 6, "6th": 6, "tenth": 10, "10th": 10}  # fmt: skip


def _read_ordinal(draft: Draft) -> None:
    """`The second slowest model`, "third highest cost": one row, behind those before it."""
    sentence = draft.sentence
    for match in re.finditer("[U?n](?=[SMbA])", sentence.shape):
        text = sentence.pieces[match.start()].text
        if text in _ORDINALS:
            draft.skip = _ORDINALS[text] - 1
            sentence.drop(match.start())
            return


def _drop_bound_unit(sentence: Sentence) -> None:
    """`The average cost is above 1.5 credits`: credits are what cost is measured in."""
    for match in re.finditer("C(L)", sentence.shape):
        piece = sentence.pieces[match.start(1)]
        if piece.text.replace(".", "", 1).isdigit():
            sentence.put_number(match.start(1), float(piece.text))
    for match in reversed(list(re.finditer("(Q)[op]*Cn(Q)", sentence.shape))):
        amount, unit = (sentence.pieces[match.start(part)] for part in (1, 2))
        if amount.key == unit.key == "cost" and unit.text.startswith("credit"):
            sentence.drop(match.start(2))


def _settle_place(sentence: Sentence) -> None:
    """`Which model is second in terms of cost`, "comes third by errors": the second highest."""
    for match in re.finditer(r"([U?n])[opa]*([YBp])(?=H?A?[QVE]|b?Q)", sentence.shape):
        text = sentence.pieces[match.start(1)].text
        places = re.search("[WE^][opI]*[FE][opa]*$", sentence.shape[: match.start(1)])
        if text in _ORDINALS and places and not sentence.first("[MSTb]"):
            sentence.replace(match.start(2), "M", "descending")
            for at in reversed(range(match.start(1) + 1, match.start(2))):
                sentence.drop(at)
            return


def _read_unit(draft: Draft) -> None:
    """`In seconds` says how to show a time; "5 seconds" is a bound."""
    sentence = draft.sentence
    asked = sentence.first("H(U)")
    if asked and sentence.pieces[asked.start(1)].key in TIME_UNITS:
        draft.unit = TIME_UNITS[sentence.pieces[asked.start(1)].key]
        sentence.replace(asked.start(), "Q", "how_long")  # "how many minutes does a session last"
        sentence.drop(asked.start(1))
    for match in reversed(list(re.finditer("(?<!n)[Dp]?(?<!n)(U)(?!n)", sentence.shape))):
        at = match.start(1)
        if sentence.pieces[at].text in ("second", "minute", "hour"):
            continue
        if sentence.pieces[at].key == "h" and match[0] == "U" and at:
            continue  # "business hours"
        if sentence.pieces[at].key in TIME_UNITS and (at == 0 or sentence.shape[at - 1] != "n"):
            draft.unit = TIME_UNITS[sentence.pieces[at].key]
            for place in reversed(range(*match.span())):
                sentence.drop(place)


def _settle_named_status(sentence: Sentence) -> None:
    """`Status is timeout`: the field's name adds nothing to the event."""
    for match in reversed(list(re.finditer("F[op]?(?=[Vv])", sentence.shape))):
        if sentence.pieces[match.start()].key == "status" and sentence.pieces[match.end()].key in (
            "timeout", "safety_violation", "rate_limited", "model_error", "success"
        ):  # fmt: skip
            sentence.replace(match.end(), "v", sentence.pieces[match.end()].key)
            sentence.drop(match.start())


def _settle_one(sentence: Sentence) -> None:
    """`One user` is any user; "just one session" is exactly one."""
    for match in reversed(list(re.finditer("(n)(?=[EVv])", sentence.shape))):
        at = match.start()
        before = sentence.shape[at - 1] if at else ""
        piece = sentence.pieces[at]
        if before == "O" and sentence.pieces[at - 1].text in ("only", "just"):
            sentence.replace(at - 1, "C", "in")
        elif piece.text == "one" and before not in tuple("CTMSXI"):
            sentence.drop(at)
